import type * as fc from 'fast-check';
import type { Action, Decision, Desired, Look, Outcome, Refusal } from '../../reconcilers/contract.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { nextLook } from '../../reconcilers/requeue.ts';
import { pace, planOf, signal } from '../reconcilers/builders.ts';
import type { Stage } from '../reconcilers/stage.ts';

/**
 * One concern in a world of its own, with all that its siblings would tell it. Beside ours the world holds something of somebody else's
 * that looks like ours.
 */
export type Site<Spec, Observed, A extends Action> = {
  readonly stage: Stage;
  /** What its kind would ask of it, given what it sees. */
  readonly spec: (observed: Observed) => Spec;
  readonly observe: (look: Look) => Promise<Observed>;
  /** Absent where the concern only looks. */
  readonly apply?: (action: A) => Promise<unknown>;
  /** What others do between two passes: the customer, a person, a sibling. */
  readonly meanwhile: () => void;
  /** What siblings do before it is asked for `absent`. */
  readonly leave?: () => void;
  /** What AWS made for us, by ARN: ours before anybody has marked it. */
  readonly born?: () => readonly string[];
};

/** What the contract's suite has to know of a concern. */
export type ConcernUnderTest<Spec, Observed, A extends Action> = {
  readonly name: string;
  /** The type of its condition. */
  readonly type: string;
  readonly plan: (desired: Desired<Spec>, observed: Observed, now: Date) => Decision<A>;
  /** Anything it may be asked for, and anything it may see. */
  readonly desired: fc.Arbitrary<Desired<Spec>>;
  readonly observed: fc.Arbitrary<Observed>;
  readonly arrange: (weather: 'calm' | 'hostile') => Promise<Site<Spec, Observed, A>>;
  /** A world in which somebody else's has taken the place of ours, where that can be. */
  readonly usurped?: () => Promise<Site<Spec, Observed, A>>;
  /** Somebody else changes what is ours, where AWS counts versions of it. */
  readonly interfere?: (stage: Stage) => void | Promise<void>;
  /** How many things in AWS are ours once it has settled; one unless said. */
  readonly has?: number;
};

const thingsIn = ({ simulator: { inspect } }: Stage) => [...inspect.tenants(), ...inspect.certificates(), ...inspect.webAcls(), ...inspect.ipSets(), ...inspect.connectionGroups(), ...inspect.distributions()];

/** TenantDomain brand/shop and EdgeTier gold of installation `test`. */
const owners: readonly (string | undefined)[] = ['brand/shop', '/gold'];

type AnySite = Pick<Site<never, never, never>, 'stage' | 'born'>;

const isOurs = ({ born }: AnySite, { arn, tags }: { readonly arn: string; readonly tags: Readonly<Record<string, string>> }): boolean =>
  (owners.includes(tags['tenantedge.dev/owner']) && tags['tenantedge.dev/installation'] === 'test') || (born?.().includes(arn) ?? false);

/** Everything in AWS, as it is in truth. */
export const truthOf = (stage: Stage): string => JSON.stringify(thingsIn(stage), undefined, 1);

/** What is ours, by ARN. */
export const oursIn = (site: AnySite): readonly string[] => thingsIn(site.stage).filter((thing) => isOurs(site, thing)).map(({ arn }) => arn);

/** What is not, but for who uses it: our tenants use somebody else's distribution. */
export const foreignIn = (site: AnySite): string =>
  JSON.stringify(thingsIn(site.stage).filter((thing) => !isOurs(site, thing)), (name, value: unknown) => (['isUsed', 'tenants', 'associations', 'usedBy'].includes(name) ? undefined : value), 1);

/** What one pass decided and did. */
export type Passed<A extends Action> = { readonly decision: Decision<A>; readonly outcomes: readonly Outcome<A>[]; readonly afterMs: number };

/** Runs observe, plan and apply of one concern again and again, each pass when the one before asked for it. */
export const passesOf = <Spec, Observed, A extends Action>(concern: ConcernUnderTest<Spec, Observed, A>, site: Site<Spec, Observed, A>) => {
  const { stage } = site;
  const refusals: Refusal[] = [];

  const act = async (action: A): Promise<Outcome<A>> => {
    try {
      await stage.landed(site.apply?.(action) ?? Promise.reject(new Error(`apply ${action.verb}: ${concern.name} only looks`)));
      return { action };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refusals.push({ action, failure: error, at: stage.now() });
      return { action, failure: error };
    }
  };

  const pass = async (want: 'present' | 'absent'): Promise<Passed<A>> => {
    const observed = await stage.landed(site.observe({ depth: () => 'live', since: () => stage.now(), notBefore: () => stage.now(), refusals, signal }));
    const decision = concern.plan(want === 'absent' ? { is: 'absent' } : { is: 'present', spec: site.spec(observed) }, observed, stage.now());
    const outcomes: Outcome<A>[] = [];
    for (const action of decision.move.is === 'acting' ? decision.move.actions : []) outcomes.push(await act(action));
    const history = { failures: 1, failingSince: stage.now(), waitingSince: {} };
    const { afterMs } = nextLook({ plan: planOf([decision]), outcomes, failures: [], now: stage.now() }, history, pace);
    return { decision, outcomes, afterMs };
  };

  return {
    pass,
    /** Passes until the move is this one, others doing their part in between. Fails after `maxPasses`. */
    until: async (want: 'present' | 'absent', is: 'settled' | 'gone', maxPasses: number): Promise<readonly Passed<A>[]> => {
      const passed: Passed<A>[] = [];
      if (want === 'absent') site.leave?.();
      for (;;) {
        const one = await pass(want);
        passed.push(one);
        if (one.decision.move.is === is) return passed;
        if (passed.length === maxPasses) throw new Error(`run ${concern.name} until ${is}: after ${maxPasses} passes it says "${one.decision.condition.reason}: ${one.decision.condition.message}"`);
        site.meanwhile();
        await stage.clock.advance(Math.max(one.afterMs, 1000));
      }
    },
  };
};
