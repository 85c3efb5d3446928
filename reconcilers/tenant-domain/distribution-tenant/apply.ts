import type { Customizations, UpdateDistributionTenantCommandInput } from '@aws-sdk/client-cloudfront';
import { type Marks, type Owner, tagsFor } from '../../aws/mark.ts';
import { Failure, unlessMissing } from '../../failure.ts';
import type { Aws } from '../../ports/aws.ts';
import type { Fleet } from '../../ports/fleet.ts';
import type { Seats } from '../../seats.ts';
import { tenantFrom } from './answer.ts';
import { inOurWords } from './lessons.ts';
import { type CertificateRequest, type CreateTenant, differences, notTakenMessage, settingNotTaken, type Tenant, type TenantAction, type TenantConfig, type UpdateTenant } from './tenant.ts';

/** The tenant as AWS answered it to our write. */
export type LearnedTenant = { readonly is: 'tenant'; readonly tenant: Tenant };

type Ports = { readonly aws: Aws; readonly fleet: Fleet; readonly marks: Marks; readonly seats: Seats };

type Answer = Awaited<ReturnType<Aws['updateDistributionTenant']>>;

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

/** What makes CloudFront ask for a certificate of its own. A primary name and logging are left to its defaults. */
const requestOf = (request: CertificateRequest | undefined) => (request === undefined ? {} : { ManagedCertificateRequest: { ValidationTokenHost: request.host } });

/** What AWS refused for want of a seat tells others too, unless nobody sits there: then it is the account that is full. */
const learnRefusal = ({ seats }: Ports, { seat, name }: CreateTenant | UpdateTenant, sitting: readonly string[]): void => {
  if (seat && sitting.length > 0 && !sitting.includes(name)) seats.refused(seat.arn, sitting.length);
};

/** Sends a tenant's write, its seat taken in the same breath. Without an answer the seat stays taken until the tenant is seen again. */
const write = async (ports: Ports, action: CreateTenant | UpdateTenant, send: () => Promise<Answer>): Promise<LearnedTenant | undefined> => {
  const { fleet, seats } = ports;
  const sitting = action.seat === undefined ? [] : fleet.tenants.known('webAcl', action.seat.arn).map(({ name }) => name);
  const giveBack = action.seat && seats.take(action.seat, action.name, sitting);
  try {
    const learned = learn(ports, await send());
    // Read anew too soon, it may seem to be where it was: it counts where it goes.
    if (learned && action.seat === undefined) seats.settled(action.name);
    return learned;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // With a request for a certificate CloudFront may write the tenant, and then be refused the certificate.
    if (error.kind !== 'transient' && action.request === undefined) {
      giveBack?.();
      if (error.code === 'EntityLimitExceeded') learnRefusal(ports, action, sitting);
    }
    throw inOurWords(action, error);
  }
};

/** What AWS answered is newer than any list. */
const learn = ({ fleet }: Ports, answer: Answer): LearnedTenant | undefined => {
  if (answer.DistributionTenant === undefined) return undefined;
  const { summary, tenant } = tenantFrom(answer.DistributionTenant, answer.ETag);
  fleet.tenants.put(summary);
  return { is: 'tenant', tenant };
};

/**
 * CloudFront may take an update without complaint and leave something as it was. Each try is a deployment, so that it is tried again as seldom
 * as what is invalid. What comes with a request for a certificate is not known to the last, and a request is not repeated anyway.
 */
const checkTaken = ({ name, config, request }: UpdateTenant, learned: LearnedTenant | undefined): void => {
  const left = learned === undefined || request !== undefined ? [] : differences(config, learned.tenant);
  if (left.length > 0) throw new Failure({ kind: 'invalid', reason: 'InvalidRequest', code: settingNotTaken, message: notTakenMessage(name, left) });
};

/**
 * Carries out one action on the distribution tenant of this owner. One that is gone already counts as deleted.
 * @throws Failure conflict where the web ACL chosen has no seat left, invalid where CloudFront took an update and left something as it was
 */
export const applyTenant = async (ports: Ports, owner: Owner, action: TenantAction, signal: AbortSignal): Promise<LearnedTenant | undefined> => {
  const { aws, fleet, marks, seats } = ports;
  switch (action.verb) {
    case 'CreateDistributionTenant': {
      const input = { Name: action.name, Tags: { Items: [...tagsFor(owner)] }, ...inputOf(action.config), ...requestOf(action.request) };
      const learned = await write(ports, action, () => aws.createDistributionTenant(input, signal));
      if (learned) marks.learn(learned.tenant.arn, owner);
      return learned;
    }
    case 'UpdateDistributionTenant': {
      const input = { Id: action.id, IfMatch: action.etag, ...inputOf(action.config), ...requestOf(action.request) };
      const learned = await write(ports, action, () => aws.updateDistributionTenant(input, signal));
      checkTaken(action, learned);
      return learned;
    }
    case 'DisableDistributionTenant': {
      const whole = action.config && inputOf(action.config);
      return learn(ports, await aws.updateDistributionTenant({ Id: action.id, IfMatch: action.etag, ...whole, Enabled: false }, signal));
    }
    case 'DeleteDistributionTenant':
      await unlessMissing(aws.deleteDistributionTenant({ Id: action.id, IfMatch: action.etag }, signal), ['EntityNotFound']);
      fleet.tenants.drop(action.name);
      seats.settled(action.name);
      return undefined;
  }
};
