import type { Condition, EdgeTierStatus } from '../../crds/types.ts';
import { conditionsFrom, conditionsOf } from '../conditions.ts';
import type { StatusInput } from '../contract.ts';
import { restraintGate } from '../restraint.ts';
import { judge, type Judged, summarize } from '../summary.ts';
import { connectionGroupRows } from './connection-group/plan.ts';
import { concern as distributionReady } from './distribution/plan.ts';
import type { EdgeTierKind } from './kind.ts';
import { isBeingTornDown, webAclSpecOf } from './plan.ts';
import { rolloutStatus, webAclRows } from './web-acl/plan.ts';

type Input = StatusInput<EdgeTierKind>;

/** A tier that is being deleted says who keeps it; a parameter that the blueprint lacks would fail every tenant. */
const accepted = ({ subject, observed }: Input): Judged => {
  const { spec, users, tenants, deleting } = subject;
  if (deleting && tenants.total === 0) {
    return { verdict: { type: 'Accepted', status: 'False', reason: 'Deleting', message: 'being deleted: what is its own in AWS is deleted first' }, turn: 'ours' };
  }
  if (deleting) {
    const more = tenants.total > users.length ? ` and ${tenants.total - users.length} more` : '';
    return { verdict: { type: 'Accepted', status: 'False', reason: 'InUse', message: `being deleted, and still used by TenantDomain ${users.join(', ')}${more}: move them to another tier or delete them` }, turn: 'person' };
  }
  const defined = observed.distribution.known ? observed.distribution.value?.parameters : undefined;
  const unknown = (spec.parameters ?? []).map(({ name }) => name).filter((name) => defined !== undefined && !defined.some((parameter) => parameter.name === name));
  if (unknown.length > 0) {
    return { verdict: { type: 'Accepted', status: 'False', reason: 'ParameterUndefined', message: `spec.parameters: distribution ${spec.distributionId} defines no parameter ${unknown.join(', ')}: correct the name, or define it there` }, turn: 'person' };
  }
  return { verdict: { type: 'Accepted', status: 'True', reason: 'Accepted', message: 'the spec is valid' }, turn: 'ours' };
};

const distributionOf = ({ object, observed }: Input): EdgeTierStatus['distribution'] => {
  if (!observed.distribution.known) return object.status?.distribution;
  const blueprint = observed.distribution.value;
  if (blueprint === undefined) return undefined;
  const ready = blueprint.deployed || object.status?.distribution?.arn === blueprint.arn;
  const parameters = blueprint.parameters.map(({ name, required, defaultValue }) => ({ name, required, ...(defaultValue === undefined ? {} : { defaultValue }) }));
  return ready ? { arn: blueprint.arn, parameters } : undefined;
};

/** What was judged of this spec; of the distribution, whatever the spec was, since `distributionId` is immutable, and a failed read would hold up every tenant. */
const judgedBefore = ({ object, subject }: Input): readonly Condition[] => {
  const all = object.status?.conditions ?? [];
  return [...conditionsOf(subject.generation, all), ...all.filter(({ type }) => type === distributionReady)];
};

/** The status of an EdgeTier, made from the object as it is after the pass: pure. */
export const edgeTierStatus = (input: Input): EdgeTierStatus => {
  const { object, subject, observed, plan, outcomes, now } = input;
  const judged = plan.decisions.map((decision) => judge(decision, outcomes, judgedBefore(input)));
  // What keeps a tier from going is told first: whoever waits for it may have to have a customer change their DNS.
  const gates = isBeingTornDown(subject) ? [...judged, accepted(input)] : [accepted(input), ...judged];
  const verdicts = [accepted(input).verdict, ...judged.map(({ verdict }) => verdict), ...summarize([...restraintGate(plan), ...gates], { reason: 'Available', message: 'the tier can take tenants' })];
  const [distribution, connectionGroups] = [distributionOf(input), connectionGroupRows(observed.groups, object.status?.connectionGroups)];
  const spec = isBeingTornDown(subject) ? undefined : webAclSpecOf(subject, observed);
  const own = { owner: subject.owner, spec, observed: observed.webAcl, outcomes, before: object.status, now };
  const [webACLs, rollout] = [webAclRows(own), plan.frozen ? object.status?.rollout : rolloutStatus(own)];
  return {
    observedGeneration: subject.generation,
    conditions: conditionsFrom(verdicts, object.status?.conditions, { generation: subject.generation, now }),
    ...(distribution === undefined ? {} : { distribution }),
    ...(connectionGroups === undefined ? {} : { connectionGroups }),
    ...(webACLs.length === 0 ? {} : { webACLs }),
    ...(rollout === undefined ? {} : { rollout }),
    tenants: subject.tenants,
  };
};
