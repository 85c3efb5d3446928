import type { EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import type { CertificateSnapshot } from '../environment/aws/snapshots.ts';
import { aliasAddress } from '../environment/in-process/world.ts';
import type { Step } from './scenario.ts';
import type { Stage } from './stage.ts';

/** The words that the stories of certificates that CloudFront issues share. The tier is `basic`, the tenant `acme/shop`. */

export const [shop, www, blog] = ['shop.acme.example', 'www.acme.example', 'blog.acme.example'];

/** The tier, with certificates that CloudFront issues. */
export const cloudFrontTier = (stage: Stage, spec: Partial<EdgeTierSpec> = {}): void => stage.tier('basic', { certificate: { issuer: 'CloudFront' }, ...spec });

/** Where the tier's customers are to point their DNS. */
export const endpointOf = (stage: Stage): string => stage.world.simulator.inspect.connectionGroups().find(({ id }) => id === stage.groups.shared)?.endpoint ?? '';

/** Customers point these names here. */
export const pointHere = (stage: Stage, ...names: readonly string[]): void => names.forEach((name) => stage.world.zones.set(name, 'CNAME', [endpointOf(stage)]));

/** The name is a zone of its own, so that it cannot have a CNAME. */
export const isZone = (stage: Stage, name: string): void => stage.world.zones.set(name, 'NS', ['ns.registrar.example']);

/** The customer has the zone's own name lead here, by an alias of its provider's. */
export const aliasHere = (stage: Stage, name: string): void => {
  stage.world.zones.set(endpointOf(stage), 'A', [aliasAddress]);
  stage.world.zones.set(name, 'A', [aliasAddress]);
};

/** The owners of these names let CloudFront's proof be fetched from them. */
export const serveTokens = (stage: Stage, ...names: readonly string[]): void => names.forEach((name) => stage.operator.serveToken(name, true));

export const certificates = (stage: Stage): readonly CertificateSnapshot[] => stage.world.simulator.inspect.certificates();

/** The status of each certificate that is there, with its names, joined. */
export const certificatesThere = (stage: Stage): string => certificates(stage).map(({ status, names }) => `${status} ${names.toSorted().join(' ')}`).join(', ');

/** Whether all these names are served with one certificate that this issuer was asked for. */
export const areServedBy = (stage: Stage, issuer: 'ACM' | 'CloudFront', names: readonly string[]): boolean =>
  names.every((name) => {
    const answer = stage.world.simulator.serves(name);
    const one = certificates(stage).find(({ arn }) => answer.served && arn === answer.certificateArn);
    return one !== undefined && (one.managedBy === 'CLOUDFRONT') === (issuer === 'CloudFront');
  });

/** Whether the status tells of a redirect for exactly these names. */
export const redirectsAre = (stage: Stage, names: readonly string[], key = 'acme/shop'): boolean =>
  (stage.world.tenant(key)?.status?.httpRedirects ?? []).map(({ domain }) => domain).join(' ') === names.join(' ');

/** Whether the status tells of validation records of ACM's. */
export const asksForRecords = (stage: Stage, key = 'acme/shop'): boolean =>
  (stage.world.tenant(key)?.status?.dnsRecords ?? []).some(({ purpose, type }) => purpose === 'CertificateValidation' && type === 'CNAME');

/** From the manifest to a tenant that is served with a certificate of CloudFront's, its DNS leading here from the start. */
export const servedByCloudFront = (stage: Stage, spec: Partial<TenantDomainSpec> = {}): readonly Step[] => [
  { name: 'the customer points DNS here', act: () => pointHere(stage, ...(spec.domains ?? [shop])), until: () => true },
  { name: 'the tenant is applied', act: () => stage.tenant(spec), until: () => stage.isReady() && areServedBy(stage, 'CloudFront', spec.domains ?? [shop]) },
];

/** The process is killed, and another one starts. */
export const restart = (stage: Stage): void => {
  stage.world.kill();
  stage.start();
};
