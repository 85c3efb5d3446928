import { tagsFor } from '../../../reconcilers/aws/mark.ts';
import { createSeats } from '../../../reconcilers/seats.ts';
import { createAbsences } from '../../../reconcilers/tenant-domain/certificate/absences.ts';
import { createAskings } from '../../../reconcilers/tenant-domain/certificate/asked.ts';
import { createQuota } from '../../../reconcilers/tenant-domain/certificate/quota.ts';
import type { Knobs } from '../../environment/aws/knobs.ts';
import { createStage, type Stage } from '../stage.ts';
import { owner, shop, tenantName } from './builders.ts';

/** An account with a blueprint, its default group and a wildcard certificate for example.com that belongs to somebody else. */
export const setUp = (knobs: Partial<Knobs> = {}) => {
  const stage = createStage(knobs);
  const { operator } = stage.simulator;
  const { id: distributionId } = operator.createDistribution({ parameters: [{ Name: 'path', Definition: { StringSchema: { Required: false } } }] });
  const group = operator.defaultConnectionGroup();
  const { arn: wildcardArn } = operator.importCertificate({ names: ['*.example.com'] });
  return { ...stage, seats: createSeats(stage.now), absences: createAbsences(stage.now), askings: createAskings(stage.now), quota: createQuota(stage.now, 5_000), distributionId, group, wildcardArn };
};

export type Account = ReturnType<typeof setUp>;

const tagsOf = (who: Pick<typeof owner, 'installation' | 'namespace' | 'name'>) => tagsFor({ ...owner, ...who });

/** Puts the tenant there as an earlier process, or somebody else, made it: deployed and active. */
export const putTenant = async ({ simulator, clock, distributionId, wildcardArn }: Account, who: Partial<typeof owner> | 'untagged' = {}): Promise<void> => {
  const tags = who === 'untagged' ? {} : { Tags: { Items: tagsOf({ ...owner, ...who }) } };
  await simulator.call('cloudfront', 'CreateDistributionTenant', {
    Name: tenantName, DistributionId: distributionId, Domains: shop.map((Domain) => ({ Domain })), Customizations: { Certificate: { Arn: wildcardArn } }, Enabled: true, ...tags,
  }, 'earlier');
  await clock.advance(60_000);
};

/** Puts the tenant there without a certificate, asking for one of CloudFront's whose token its owner serves. Resolves to the tenant's ARN. */
export const putTenantAsking = async ({ simulator, clock, distributionId }: Account, domains: readonly string[] = shop, host: 'cloudfront' | 'self-hosted' = 'self-hosted'): Promise<string> => {
  await simulator.call('cloudfront', 'CreateDistributionTenant', {
    Name: tenantName, DistributionId: distributionId, Domains: domains.map((Domain) => ({ Domain })), Customizations: {}, Enabled: true, ManagedCertificateRequest: { ValidationTokenHost: host }, Tags: { Items: tagsOf(owner) },
  }, 'earlier');
  await clock.advance(60_000);
  return simulator.inspect.tenants().find(({ name }) => name === tenantName)?.arn ?? '';
};

/** Has a certificate requested as an earlier process, or somebody else, did, and shows it to everybody. */
export const putCertificate = async ({ simulator, clock }: Account, names: readonly string[], who: Partial<typeof owner> = {}): Promise<string> => {
  const [first, ...rest] = names;
  const answer = await simulator.call('acm', 'RequestCertificate', { DomainName: first, SubjectAlternativeNames: rest, ValidationMethod: 'DNS', Tags: tagsOf({ ...owner, ...who }) }, 'earlier');
  await clock.advance(60_000);
  return String(answer['CertificateArn']);
};

export const world = ({ simulator }: Stage) => ({ tenants: simulator.inspect.tenants(), certificates: simulator.inspect.certificates() });
