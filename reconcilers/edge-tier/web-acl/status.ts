import type { EdgeTierStatus, RolloutStatus, WebACLStatus } from '../../../crds/types.ts';
import type { Owner } from '../../aws/mark.ts';
import type { Action, Outcome } from '../../contract.ts';
import { accepted, afterAction } from './afterwards.ts';
import { hashOfForm } from './form.ts';
import { standingOf } from './growth.ts';
import { desiredForm } from './ip-sets.ts';
import { rolloutUnderWay } from './managed.ts';
import { troubleWithForms, troubleWithRules } from './trouble.ts';
import { type Acl, type CreateWebAcl, type Ours, type WebAclAction, type WebAclObserved, type WebAclSpec, webAclNameOf } from './web-acl.ts';

/** What the status is made from. `spec` is undefined while the tier's own web ACLs are being torn down. */
export type WebAclStatusInput = {
  readonly owner: Owner;
  readonly spec: WebAclSpec | undefined;
  readonly observed: WebAclObserved;
  readonly outcomes: readonly Outcome<Action>[];
  readonly before: Pick<EdgeTierStatus, 'webACLs' | 'rollout'> | undefined;
  readonly now: Date;
};

type State = NonNullable<WebACLStatus['state']>;

const rowOf = (acl: Acl, state: State, configHash: string): WebACLStatus => ({
  name: acl.name, arn: acl.arn, tenants: acl.tenants.length, ...(acl.wcu === undefined ? {} : { wcu: acl.wcu }), configHash, state,
});

const isCreation = (action: WebAclAction): action is CreateWebAcl => action.verb === 'CreateWebACL';

/** Those that have just been made: the next look knows their ARN, without which nobody can use them. */
const justMade = (owner: Owner, acls: readonly Acl[], actions: readonly WebAclAction[]): readonly { readonly number: number; readonly row: WebACLStatus }[] =>
  actions.filter(isCreation).filter(({ number }) => !acls.some((acl) => acl.number === number))
    .map(({ number, form }) => ({ number, row: { name: webAclNameOf(owner, number), configHash: hashOfForm(form), state: 'Open' } }));

/**
 * The rows of `status.webACLs`, by number. `configHash` is what we last wrote, however somebody edited it since. While there are but IP
 * sets, one row without an ARN stands for what there is: it is what tells a later pass that the tier has something of its own.
 */
export const webAclRows = ({ owner, spec, observed, outcomes, before }: WebAclStatusInput): readonly WebACLStatus[] => {
  if (!observed.ours.known) return before?.webACLs ?? [];
  const actions = accepted(outcomes);
  const { acls, ipSets } = actions.reduce(afterAction, observed.ours.value);
  const { open } = standingOf(spec, acls);
  const desired = desiredHash(spec, observed.ours.value);
  const written = (acl: Acl): string => {
    const hash = hashOfForm(acl.form);
    const isOurWord = hash === desired || actions.some((action) => action.verb === 'UpdateWebACL' && action.arn === acl.arn);
    return isOurWord ? hash : (before?.webACLs?.find(({ name }) => name === acl.name)?.configHash ?? hash);
  };
  const rows = acls.map((acl) => ({ number: acl.number, row: rowOf(acl, open.includes(acl) ? 'Open' : 'Retiring', written(acl)) }));
  const all = [...rows, ...justMade(owner, acls, actions)].toSorted((a, b) => a.number - b.number).map(({ row }) => row);
  const hasIpSets = ipSets.length > 0 || actions.some(({ verb }) => verb === 'CreateIPSet');
  return all.length > 0 || !hasIpSets ? all : [{ name: webAclNameOf(owner, 1), state: spec?.webAcl.type === 'Managed' ? 'Open' : 'Retiring' }];
};

const managedOf = (spec: WebAclSpec | undefined) => (spec?.webAcl.type === 'Managed' ? spec.webAcl.managed : undefined);

const desiredHash = (spec: WebAclSpec | undefined, { ipSets }: Ours): string | undefined => {
  const managed = managedOf(spec);
  const form = managed && desiredForm(managed, ipSets);
  return form && hashOfForm(form);
};

const secondsOf = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** `status.rollout`: how far a change of the rules has come, undefined where none is under way or AWS does not take it from the first. */
export const rolloutStatus = ({ spec, observed, outcomes, before, now }: WebAclStatusInput): RolloutStatus | undefined => {
  const managed = managedOf(spec);
  if (spec === undefined || managed === undefined) return undefined;
  if (!observed.ours.known) return before?.rollout;
  const ours = accepted(outcomes).reduce(afterAction, observed.ours.value);
  const desired = desiredForm(managed, ours.ipSets);
  if (desired === undefined) return before?.rollout;
  const rollout = rolloutUnderWay(spec, managed, ours, now);
  if (rollout === undefined) return undefined;
  const { configHash, phase, updated, total, changedAt } = rollout;
  const stops = troubleWithRules(managed, ours) !== undefined || troubleWithForms(desired, rollout.next?.form, ours) !== undefined;
  if (stops) return before?.rollout?.configHash === configHash ? before.rollout : undefined;
  return { configHash, phase, updated, total, changedAt: secondsOf(changedAt) };
};
