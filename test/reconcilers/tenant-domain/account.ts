import { tagsFor } from '../../../reconcilers/aws/mark.ts';
import { createAbsences } from '../../../reconcilers/tenant-domain/certificate/absences.ts';
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
  return { ...stage, absences: createAbsences(stage.now), distributionId, group, wildcardArn };
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

/** Has a certificate requested as an earlier process, or somebody else, did, and shows it to everybody. */
export const putCertificate = async ({ simulator, clock }: Account, names: readonly string[], who: Partial<typeof owner> = {}): Promise<string> => {
  const [first, ...rest] = names;
  const answer = await simulator.call('acm', 'RequestCertificate', { DomainName: first, SubjectAlternativeNames: rest, ValidationMethod: 'DNS', Tags: tagsOf({ ...owner, ...who }) }, 'earlier');
  await clock.advance(60_000);
  return String(answer['CertificateArn']);
};

export const world = ({ simulator }: Stage) => ({ tenants: simulator.inspect.tenants(), certificates: simulator.inspect.certificates() });
