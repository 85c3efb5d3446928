import type { Customizations, UpdateDistributionTenantCommandInput } from '@aws-sdk/client-cloudfront';
import type { DomainName } from '../../../crds/domain-name.ts';
import { type Marks, type Owner, tagsFor } from '../../aws/mark.ts';
import { Failure, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import type { Fleet } from '../../ports/fleet.ts';
import { tenantFrom } from './answer.ts';
import { takenMessage, type Tenant, type TenantAction, type TenantConfig } from './tenant.ts';

/** The tenant as AWS answered it to our write. */
export type LearnedTenant = { readonly is: 'tenant'; readonly tenant: Tenant };

type Ports = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks };

const customizationsOf = ({ certificateArn, webAcl, geo }: TenantConfig): Customizations => ({
  ...(webAcl.is === 'override' ? { WebAcl: { Action: 'override', Arn: webAcl.arn } } : {}),
  ...(webAcl.is === 'disable' ? { WebAcl: { Action: 'disable' } } : {}),
  ...(certificateArn === undefined ? {} : { Certificate: { Arn: certificateArn } }),
  ...(geo === undefined ? {} : { GeoRestrictions: { RestrictionType: geo.type, ...(geo.countries.length === 0 ? {} : { Locations: [...geo.countries] }) } }),
});

/** The whole configuration: what is left out of an update may or may not be kept by AWS (undocumented), so nothing is. */
const inputOf = (config: TenantConfig) =>
  ({
    DistributionId: config.distributionId,
    Domains: config.domains.map((Domain) => ({ Domain })),
    Customizations: customizationsOf(config),
    Parameters: config.parameters.map(({ name, value }) => ({ Name: name, Value: value })),
    ...(config.connectionGroupId === undefined ? {} : { ConnectionGroupId: config.connectionGroupId }),
    Enabled: config.enabled,
  }) satisfies Omit<UpdateDistributionTenantCommandInput, 'Id' | 'IfMatch'>;

/** CloudFront does not say which name is taken. Where only one was added, we do, in the words in which the next looks will. */
const namingTaken = async <Answer>(adds: readonly DomainName[], call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'CNAMEAlreadyExists' || adds.length !== 1) throw error;
    throw new Failure({ kind: error.kind, reason: error.reason, code: error.code, message: takenMessage(adds), cause: error });
  }
};

/** Carries out one action on the distribution tenant of this owner. One that is gone already counts as deleted. */
export const applyTenant = async ({ aws, fleet, marks }: Ports, owner: Owner, action: TenantAction, signal: AbortSignal): Promise<LearnedTenant | undefined> => {
  const learn = (answer: Awaited<ReturnType<Aws['updateDistributionTenant']>>): LearnedTenant | undefined => {
    if (answer.DistributionTenant === undefined) return undefined;
    const { summary, tenant } = tenantFrom(answer.DistributionTenant, answer.ETag);
    fleet.tenants.put(summary);
    return { is: 'tenant', tenant };
  };
  switch (action.verb) {
    case 'CreateDistributionTenant': {
      const input = { Name: action.name, Tags: { Items: [...tagsFor(owner)] }, ...inputOf(action.config) };
      const answer = await namingTaken(action.config.domains, aws.createDistributionTenant(input, signal));
      const learned = learn(answer);
      if (learned) marks.learn(learned.tenant.arn, owner);
      return learned;
    }
    case 'UpdateDistributionTenant':
      return learn(await namingTaken(action.adds, aws.updateDistributionTenant({ Id: action.id, IfMatch: action.etag, ...inputOf(action.config) }, signal)));
    case 'DisableDistributionTenant': {
      const whole = action.config && inputOf(action.config);
      return learn(await aws.updateDistributionTenant({ Id: action.id, IfMatch: action.etag, ...whole, Enabled: false }, signal));
    }
    case 'DeleteDistributionTenant':
      await unlessMissing(aws.deleteDistributionTenant({ Id: action.id, IfMatch: action.etag }, signal), ['EntityNotFound']);
      fleet.tenants.drop(action.name);
      return undefined;
  }
};
