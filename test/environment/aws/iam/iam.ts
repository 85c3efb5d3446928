import type { Policy, Statement } from '../../../../helm/iam/policy.ts';
import { policiesOf } from '../../../../helm/iam/policies.ts';
import type { Members, Service } from '../calls.ts';
import type { World } from '../world.ts';
import { judgeOf, type Need, type Rights, type Verdict } from './evaluate.ts';
import { needsOf } from './needs.ts';

/** What was asked for, and how it was decided. */
export type Decision = { readonly caller: string; readonly need: Need; readonly verdict: Verdict };

/** What a caller of this name may do; undefined for an administrator of the account, who may do everything. */
export type RoleOf = (caller: string) => readonly Policy[] | undefined;

const ofTests = policiesOf('test');

/** What the controller may do in tests that say nothing of it: all that our policies allow to the installation `test`. */
export const usualRole: RoleOf = (caller) => (caller === 'controller' ? ofTests : undefined);

const administrators: readonly Policy[] = [{ Version: '2012-10-17', Statement: [{ Sid: 'Everything', Effect: 'Allow', Action: ['*'], Resource: ['*'] }] }];

const isOfResource = (key: string): boolean => key.startsWith('aws:ResourceTag/');

const untagged = (statement: Statement): Statement => {
  const kept = Object.entries(statement.Condition ?? {}).map(([operator, keys]) => [operator, Object.fromEntries(Object.entries(keys).filter(([key]) => !isOfResource(key)))] as const);
  return { ...statement, Condition: Object.fromEntries(kept) };
};

type Judge = (need: Need) => Verdict;

/**
 * What is not there has no tags. Whether AWS then says that it is not there, or denies what a condition on tags guards, is not documented:
 * `missingIsDenied` is the knob.
 */
const judgeFor = (policies: readonly Policy[]): ((world: World) => Judge) => {
  const strict = judgeOf(policies);
  const lenient = judgeOf(policies.map((policy) => ({ ...policy, Statement: policy.Statement.map(untagged) })));
  return ({ knobs }) => (need) => (need.missing === true && !knobs.missingIsDenied ? lenient : strict)({ ...need, context: { 'aws:RequestedRegion': 'us-east-1', ...need.context } });
};

const refusalText = (accountId: string, { caller, need, verdict }: Decision): string =>
  `User: arn:aws:sts::${accountId}:assumed-role/tenant-edge/${caller} is not authorized to perform: ${need.action} on resource: ${need.resource} ` +
  (verdict.by === undefined ? `because no identity-based policy allows the ${need.action} action` : 'with an explicit deny in an identity-based policy');

/** A request, as far as IAM looks at it. */
type Request = { readonly service: Service; readonly operation: string; readonly input: Members; readonly caller: string };

/** IAM before the services of an account: `refusalOf` is AWS's text where the caller lacks anything that the request needs from the start. */
export type Iam = { readonly refusalOf: (world: World, request: Request) => string | undefined; readonly rightsOf: (world: World, caller: string) => Rights };

/** `onDecision` is told of each decision about a caller who has a role. */
export const createIam = (roleOf: RoleOf, onDecision: (decision: Decision) => void = () => undefined): Iam => {
  const judges = new Map<readonly Policy[], (world: World) => Judge>();
  const judgeOfRole = (role: readonly Policy[]): ((world: World) => Judge) => {
    const judge = judges.get(role) ?? judgeFor(role);
    judges.set(role, judge);
    return judge;
  };

  const rightsOf = (world: World, caller: string): Rights => {
    const { knobs, accountId } = world;
    const role = roleOf(caller);
    const judge = judgeOfRole(role ?? administrators)(world);
    const denial: Statement = { Sid: 'Denied', Effect: 'Deny', Action: knobs.deniedActions, Resource: ['*'] };
    return {
      refusal: (need) => {
        const verdict = knobs.deniedActions.includes(need.action) ? { allowed: false, by: denial } : judge(need);
        if (role !== undefined) onDecision({ caller, need, verdict });
        return verdict.allowed ? undefined : refusalText(accountId, { caller, need, verdict });
      },
    };
  };

  return {
    rightsOf,
    refusalOf: (world, { service, operation, input, caller }) => {
      if (roleOf(caller) === undefined && world.knobs.deniedActions.length === 0) return undefined;
      return needsOf(world, service, operation, input).map(rightsOf(world, caller).refusal).find((text) => text !== undefined);
    },
  };
};
