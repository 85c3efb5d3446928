import type { DomainName } from '../../../crds/domain-name.ts';
import type { Decision, Desired, Move, Verdict } from '../../contract.ts';
import { nextStep, type Step } from './move.ts';
import { concern, type CreateTenant, differences, hashOfConfig, type Lack, takenMessage, type Tenant, type TenantAction, type TenantConfig, type TenantObserved, type TenantSpec, type UpdateTenant } from './tenant.ts';
import { tearDown } from './tear-down.ts';
import { aclOf } from './web-acl.ts';

export { webAclFor } from './web-acl.ts';

const verdict = (status: Verdict['status'], reason: Verdict['reason'], message: string): Verdict => ({ type: concern, status, reason, message });

const deploying = verdict('False', 'Deploying', 'CloudFront is deploying the distribution tenant, mostly within some minutes; what was deployed before, if anything, goes on serving');

const decide = (condition: Verdict, move: Move<TenantAction>): Decision<TenantAction> => ({ condition, move });

/** Leaves out what CloudFront would refuse: names that others hold, and, after a refusal that names none, all new names but one. */
export const addable = (wanted: readonly DomainName[], present: readonly string[], observed: TenantObserved): readonly DomainName[] => {
  const barred = [...observed.taken, ...observed.refusedAlone];
  const free = wanted.filter((name) => present.includes(name) || !barred.includes(name));
  if (!observed.cautious) return free;
  const [next] = free.filter((name) => !present.includes(name));
  return free.filter((name) => present.includes(name) || name === next);
};

/** The wanted names that are left out, since someone else holds them. */
const leftOut = (wanted: readonly DomainName[], domains: readonly DomainName[]): readonly DomainName[] => wanted.filter((name) => !domains.includes(name));

/** An action, but for a request that CloudFront has just refused: it looks into DNS again no sooner than it pays. */
const acting = (condition: Verdict, action: CreateTenant | UpdateTenant, { unproved }: TenantObserved): Decision<TenantAction> => {
  const isUnproved = unproved !== undefined && unproved.againInMs > 0 && action.request?.host === 'cloudfront' && action.config.domains.join(' ') === unproved.names.join(' ');
  if (!isUnproved) return decide(condition, { is: 'acting', actions: [action], afterwards: deploying });
  const { message, againInMs } = unproved;
  return decide(verdict('False', 'WaitingForValidation', message), { is: 'waiting', on: 'aws', between: { minMs: againInMs, maxMs: againInMs } });
};

/** Who brings what is lacking. */
const broughtBy = { webAcl: 'reference', certificate: 'sibling', move: 'person' } as const;

/** At rest without something: the change that brings it wakes us, where AWS was not merely silent. */
const lacking = ({ of, reason, message }: Lack, { slots }: TenantObserved): Decision<TenantAction> => {
  if (of === 'webAcl' && !slots.known) return decide(verdict('Unknown', slots.failure.reason, slots.failure.message), { is: 'unseen', failure: slots.failure });
  return decide(verdict('False', reason, message), { is: 'waiting', on: broughtBy[of] });
};

const planCreate = (spec: TenantSpec, observed: TenantObserved): Decision<TenantAction> => {
  if (spec.lacks) return lacking(spec.lacks, observed);
  const domains = addable(spec.domains, [], observed);
  if (domains.length === 0) return decide(verdict('False', 'DomainTaken', takenMessage(spec.domains)), { is: 'waiting', on: 'person' });
  const action: CreateTenant = {
    concern, verb: 'CreateDistributionTenant', because: `create distribution tenant ${spec.name} for ${domains.join(', ')}${spec.written === undefined ? '' : ': it was there before, and is gone'}`, destroys: false, needs: 'shared',
    name: spec.name, config: { ...configOnly(spec), domains }, seat: spec.seat, request: spec.request,
  };
  return acting(verdict('False', 'Creating', `distribution tenant ${spec.name} is being created`), action, observed);
};

const configOnly = ({ distributionId, connectionGroupId, domains, certificateArn, webAcl, geo, parameters, enabled }: TenantConfig): TenantConfig => ({
  distributionId, connectionGroupId, domains, certificateArn, webAcl, geo, parameters, enabled,
});

const update = (spec: TenantSpec, tenant: Tenant, { config, moving, request }: Step, what: readonly string[]): UpdateTenant => ({
  concern, verb: 'UpdateDistributionTenant', because: `update distribution tenant ${spec.name}: ${what.join('; ')}`, destroys: false, needs: 'live',
  name: spec.name, id: tenant.id, etag: tenant.etag, config, adds: config.domains.filter((name) => !tenant.domains.some((domain) => domain.name === name)),
  seat: spec.seat?.arn === aclOf(config) ? spec.seat : undefined, request,
  moving, again: moving !== undefined && spec.moveRefused !== undefined,
});

/** At rest: deployed, every name active, nothing lacking. */
const planServed = (spec: TenantSpec, tenant: Tenant, { config, stays }: Step, observed: TenantObserved): Decision<TenantAction> => {
  const idle = tenant.domains.filter((domain) => !domain.active).map((domain) => domain.name);
  const taken = leftOut(spec.domains, config.domains);
  if (!tenant.deployed) return decide(deploying, { is: 'waiting', on: 'aws' });
  if (stays) return lacking(stays, observed);
  if (idle.length > 0 && tenant.enabled) return decide(verdict('False', 'Deploying', `CloudFront has not activated ${idle.join(', ')} yet`), { is: 'waiting', on: 'aws' });
  if (taken.length > 0) return decide(verdict('False', 'DomainTaken', takenMessage(taken)), { is: 'waiting', on: 'person' });
  return decide(verdict('True', 'Deployed', `distribution tenant ${tenant.id} is deployed`), { is: 'settled' });
};

/** The names to write: without those that have no certificate yet, where AWS would not take the rest with them. */
const writable = (spec: TenantSpec, observed: TenantObserved, tenant: Tenant): readonly DomainName[] => {
  const names = addable(spec.domains, tenant.domains.map(({ name }) => name), observed);
  const active = names.filter((name) => tenant.domains.some((domain) => domain.name === name && domain.active));
  return observed.activeOnly && spec.request === undefined && spec.certificateArn === tenant.certificateArn && active.length > 0 ? active : names;
};

/**
 * What was said of an update that asked for the same, where nothing differs now but what it left as it was. A list does not show the
 * parameters: there nothing may differ at all.
 */
const notTakenOf = (configHash: string, what: readonly string[], { notTaken }: TenantObserved): string | undefined =>
  notTaken.findLast((one) => one.configHash === configHash && what.every((text) => one.message.includes(text)))?.message;

const planPresent = (spec: TenantSpec, observed: TenantObserved, tenant: Tenant): Decision<TenantAction> => {
  const wanted = { ...configOnly(spec), connectionGroupId: spec.connectionGroupId ?? tenant.connectionGroupId, domains: writable(spec, observed, tenant) };
  const step = nextStep(wanted, spec, observed.moveRefusals, tenant);
  const configHash = hashOfConfig(step.config);
  const isWritten = tenant.parameters === undefined && spec.written?.etag === tenant.etag && spec.written.configHash === configHash;
  // The parameters of a tenant that stays where it shall not be are not compared, so that they need not be read.
  const isKnown = isWritten || tenant.parameters !== undefined || (step.stays !== undefined && step.config.distributionId !== wanted.distributionId);
  const asked = step.request !== undefined ? ["request a certificate of CloudFront's own"] : [];
  const what = [...(isWritten ? [] : differences(step.config, tenant)), ...asked];
  if (what.length === 0 && isKnown) return planServed(spec, tenant, step, observed);
  const told = notTakenOf(configHash, what, observed);
  if (told !== undefined) return decide(verdict('False', 'InvalidRequest', told), { is: 'waiting', on: 'person' });
  const action = update(spec, tenant, step, what);
  const refused = step.moving === undefined ? undefined : spec.moveRefused;
  if (refused !== undefined) return decide(verdict('False', 'MoveRefused', refused), { is: 'acting', actions: [action], afterwards: deploying, on: 'person' });
  return acting(verdict('False', 'Updating', `the distribution tenant is being updated: ${what.join('; ')}`), action, observed);
};

/** Decides about the distribution tenant: pure. */
export const planTenant = (desired: Desired<TenantSpec>, observed: TenantObserved): Decision<TenantAction> => {
  if (!observed.tenant.known) {
    const { failure } = observed.tenant;
    return decide(verdict('Unknown', failure.reason, failure.message), { is: 'unseen', failure });
  }
  const view = observed.tenant.value;
  if (desired.is === 'held') {
    // What it waits for may take days, and its deployment ends in minutes.
    if (desired.on === 'sibling' && view.is === 'present' && view.tenant.enabled && !view.tenant.deployed) return decide(deploying, { is: 'waiting', on: 'aws' });
    const served = view.is === 'present' && view.tenant.deployed && view.tenant.enabled;
    const condition = served ? verdict('True', 'Deployed', `distribution tenant ${view.tenant.id} is deployed; ${desired.message}`) : verdict('False', desired.reason, desired.message);
    return decide(condition, { is: 'waiting', on: desired.on });
  }
  if (desired.is === 'absent') return tearDown(view, observed.disableAlone);
  const { spec } = desired;
  if (view.is === 'foreign') {
    return decide(verdict('False', 'NotOurs', `a distribution tenant named ${spec.name} exists (${view.arn}) without this installation's tags: it is left alone; have its owner rename or delete it`), { is: 'waiting', on: 'person' });
  }
  if (!observed.webAclAllowed.known) {
    const { failure } = observed.webAclAllowed;
    return decide(verdict('Unknown', failure.reason, failure.message), { is: 'unseen', failure });
  }
  if (!observed.webAclAllowed.value) {
    return decide(verdict('False', 'WebACLNotAllowed', 'spec.webACL.arn: the web ACL does not carry the tag tenantedge.dev/allow-namespace with this namespace as its value: have its owner add it'), { is: 'waiting', on: 'person' });
  }
  return view.is === 'absent' ? planCreate(spec, observed) : planPresent(spec, observed, view.tenant);
};
