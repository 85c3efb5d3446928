import type { EdgeTier, EdgeTierStatus } from '../../crds/types.ts';
import { conditionsFrom, conditionsOf } from '../conditions.ts';
import type { StatusInput } from '../contract.ts';
import { judge, type Judged, summarize } from '../summary.ts';
import type { Observed } from './plan.ts';
import type { Subject } from './subject.ts';

/** The types of the kind EdgeTier. It acts on nothing in AWS yet, so it learns nothing. */
export type EdgeTierKind = {
  readonly Obj: EdgeTier;
  readonly Status: EdgeTierStatus;
  readonly Subject: Subject;
  readonly Observed: Observed;
  readonly Act: never;
  readonly Learned: never;
};

type Input = StatusInput<EdgeTierKind>;

/** A tier that is being deleted says who keeps it; a parameter that the blueprint lacks would fail every tenant. */
const accepted = ({ subject, observed }: Input): Judged => {
  const { spec, users, tenants, deleting } = subject;
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

const groupsOf = ({ object, observed }: Input): EdgeTierStatus['connectionGroups'] =>
  observed.groups.known ? observed.groups.value.flatMap(({ name, group }) => (group ? [{ name, id: group.id, arn: group.arn, endpoint: group.endpoint }] : [])) : object.status?.connectionGroups;

/** The status of an EdgeTier, made from the object as it is after the pass: pure. */
export const edgeTierStatus = (input: Input): EdgeTierStatus => {
  const { object, subject, plan, outcomes, now } = input;
  const judged = plan.decisions.map((decision) => judge(decision, outcomes, conditionsOf(subject.generation, object.status?.conditions)));
  const gates = [accepted(input), ...judged];
  const verdicts = [...gates.map(({ verdict }) => verdict), ...summarize(gates, { reason: 'Available', message: 'the tier can take tenants' })];
  const [distribution, connectionGroups] = [distributionOf(input), groupsOf(input)];
  return {
    observedGeneration: subject.generation,
    conditions: conditionsFrom(verdicts, object.status?.conditions, { generation: subject.generation, now }),
    ...(distribution === undefined ? {} : { distribution }),
    ...(connectionGroups === undefined ? {} : { connectionGroups }),
    tenants: subject.tenants,
  };
};
