import { type DomainName, parseDomainName } from '../../crds/domain-name.ts';
import type { Condition, EdgeTier, EdgeTierSpec, EdgeTierStatus, ObjectMeta, TenantDomain, TenantDomainSpec, TenantDomainStatus } from '../../crds/types.ts';
import type { Action, Decision, Depth, Look, Move, Outcome, Plan, Refusal } from '../../reconcilers/contract.ts';
import { Failure, type FailureKind } from '../../reconcilers/failure.ts';
import { finalizer } from '../../reconcilers/ports/objects.ts';
import type { Pace } from '../../reconcilers/requeue.ts';
import type { TierFacts } from '../../reconcilers/tier-facts.ts';

/** Noon: everything else is told by how long before or after it is. */
export const noon = new Date('2030-01-01T12:00:00Z');
export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;
/** The moment so many milliseconds before noon. */
export const ago = (ms: number): Date => new Date(noon.getTime() - ms);

export const signal = new AbortController().signal;

/** Randomness in the middle, resync every 10 hours. */
export const pace: Pace = { random: () => 0.5, resyncMs: hours(10) };

/** A canonical name. */
export const domain = (text: string): DomainName => {
  const parsed = parseDomainName(text);
  if (!parsed.ok) throw new Error(`build the domain "${text}": it ${parsed.problem}`);
  return parsed.name;
};
export const domains = (...texts: readonly string[]): readonly DomainName[] => texts.map(domain);

export const failure = (kind: FailureKind = 'transient', code = 'TimeoutError'): Failure => new Failure({ kind, reason: 'AWSError', code, message: `call AWS: ${code}: no` });

export const action = (over: Partial<Action> = {}): Action => ({ concern: 'Programmed', verb: 'Update', because: 'it differs', destroys: false, needs: 'shared', ...over });

export const acting = (...actions: readonly [Action, ...Action[]]): Move<Action> => ({ is: 'acting', actions });

/** What a decision does; nothing where it does not act. */
export const actionsIn = <A extends Action>({ move }: Decision<A>): readonly A[] => (move.is === 'acting' ? move.actions : []);

/** A decision about one concern; its condition is of no interest. */
export const decision = (move: Move<Action>, type = 'Programmed'): Decision<Action> => ({ condition: { type, status: 'False', reason: 'Updating', message: 'being updated' }, move });

export const planOf = (decisions: readonly Decision<Action>[], over: Partial<Plan<Action>> = {}): Plan<Action> => ({ decisions, finalizer: 'keep', ...over });

export const succeeded = (over: Partial<Action> = {}): Outcome<Action> => ({ action: action(over) });
export const failed = (why: Failure, over: Partial<Action> = {}): Outcome<Action> => ({ action: action(over), failure: why });

/** A look, shared and at anything, unless told otherwise. */
export const look = (over: { readonly depth?: Depth; readonly refusals?: readonly Refusal[]; readonly notBefore?: Date } = {}): Look => ({
  depth: () => over.depth ?? 'shared', since: () => over.notBefore ?? new Date(0), notBefore: () => over.notBefore ?? new Date(0), refusals: over.refusals ?? [], signal,
});

export const condition = (over: Partial<Condition> = {}): Condition => ({
  type: 'Programmed', status: 'True', observedGeneration: 1, lastTransitionTime: '2030-01-01T00:00:00Z', reason: 'Deployed', message: 'deployed', ...over,
});

const metadata = (name: string, over: Partial<ObjectMeta>): ObjectMeta => ({ name, uid: 'uid-1', resourceVersion: '7', generation: 1, finalizers: [finalizer], ...over });

type Rest<Status> = { readonly metadata?: Partial<ObjectMeta>; readonly status?: Status };

/** TenantDomain `shop` in namespace `brand`, on tier `gold`, for `shop.example.com`, guarded by our finalizer. */
export const tenantDomain = (spec: Partial<TenantDomainSpec> = {}, rest: Rest<TenantDomainStatus> = {}): TenantDomain => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: metadata('shop', { namespace: 'brand', ...rest.metadata }),
  spec: { tierRef: { name: 'gold' }, domains: ['shop.example.com'], enabled: true, ...spec },
  ...(rest.status === undefined ? {} : { status: rest.status }),
});

const tierSpec: EdgeTierSpec = {
  distributionId: 'E2EXAMPLE', webACL: { type: 'Inherit' }, certificate: { issuer: 'ACM' }, ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' }, deletionPolicy: 'Delete',
};

/** EdgeTier `gold`, open to all namespaces, with everything inherited. */
export const edgeTier = (spec: Partial<EdgeTierSpec> = {}, rest: Rest<EdgeTierStatus> = {}): EdgeTier => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: metadata('gold', rest.metadata ?? {}), spec: { ...tierSpec, ...spec },
  ...(rest.status === undefined ? {} : { status: rest.status }),
});

/** The account's default group, as a tier publishes it. */
export const group = { id: 'cg_1', endpoint: 'd1.cloudfront.net' };

/** What tier `gold` tells its tenants: ready, with the account's default group and no parameters. */
export const facts = (spec: Partial<TierFacts['spec']> = {}, over: Partial<TierFacts> = {}): TierFacts => ({
  name: 'gold', uid: 'uid-1', spec: { ...tierSpec, ...spec }, groups: { default: group }, retiring: [], openWebAcls: [], webAclMissing: undefined, blueprint: { parameters: [] }, trouble: undefined, ...over,
});
