import { setTimeout as pause } from 'node:timers/promises';
import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { listAt, textAt } from '../control-plane/json.ts';
import { Customers } from '../customers.ts';
import type { Platform } from '../platform.ts';
import type { Act } from './acts.ts';
import { createAudience, type Scene, stamp } from './audience.ts';
import { habitOf } from './cast.ts';
import type { Crew } from './crew.ts';
import { createCritic, type Verdict } from './critic.ts';
import { type Findings, Prober } from './prober.ts';
import type { Screen } from './screen.ts';

/** Where the story is played, and before whom. */
export type Stage = { readonly world: Platform; readonly crew: Crew; readonly screen: Screen };

/** A story that goes on from look to look, twice a second. */
export type Story = {
  /** Goes on until everything is where the act is to bring it, until so long after the story's begin at most. `wrong` names what is not. */
  readonly play: (act: Act, untilMs: number) => Promise<{ readonly last: Scene; readonly wrong: readonly string[] }>;
  readonly findings: () => Findings;
  /** Goes on for as long as it is let, whatever becomes of the tenants. */
  readonly afterwards: () => Promise<never>;
};

const lookEveryMs = 500;

const isTenantDomain = (object: unknown): object is TenantDomain => textAt(object, 'kind') === 'TenantDomain';
const isEdgeTier = (object: unknown): object is EdgeTier => textAt(object, 'kind') === 'EdgeTier';

const objectsIn = async <O>({ controlPlane }: Platform, plural: string, isOne: (object: unknown) => object is O): Promise<readonly O[]> => {
  const { body } = await controlPlane.admin.request('GET', `/apis/tenantedge.dev/v1alpha1/${plural}`);
  return listAt(body, 'items').filter(isOne);
};

/** Begins to play the customers. Every look rejects when a replica has ended by itself, and with the signal's reason once that is aborted. */
export const beginStory = ({ world, crew, screen }: Stage, signal: AbortSignal): Story => {
  const { simulator } = world;
  const customers = new Customers(world.zones, habitOf);
  const judge = createCritic(simulator);
  const prober = new Prober(simulator);
  const show = createAudience(screen);
  const begunMs = performance.now();
  prober.start();

  const look = async (act: Act | undefined): Promise<{ readonly scene: Scene; readonly verdict: Verdict | undefined }> => {
    signal.throwIfAborted();
    await crew.check();
    await simulator.settle(); // ACM looks into DNS on its own, also while nobody calls it
    const [tenants, tiers] = await Promise.all([objectsIn(world, 'tenantdomains', isTenantDomain), objectsIn(world, 'edgetiers', isEdgeTier)]);
    prober.look('between two changes', { tenants, tiers });
    const now = systemClock.now();
    const verdict = act && judge(act, { tenants, tiers });
    const seconds = Math.round((performance.now() - begunMs) / 1_000);
    const scene: Scene = { now, seconds, tenants, tiers, added: customers.look(tenants, now), ...(verdict && { done: verdict.done }) };
    show(scene);
    return { scene, verdict };
  };

  /** In the middle of the act's rollout, once. */
  const strike = async ({ change }: Act, { tiers, seconds }: Scene): Promise<boolean> => {
    const isRolling = tiers.some(({ metadata, status }) => metadata.name === change?.tier && status?.rollout !== undefined);
    if (isRolling) screen.say(`${stamp(seconds)}  kill -9 of the replica that leads, in pod ${await crew.killLeader()}`);
    return isRolling;
  };

  return {
    play: async (act, untilMs) => {
      let mayStrike = act.killsLeader ?? false;
      for (;;) {
        const { scene, verdict } = await look(act);
        if (mayStrike && (await strike(act, scene))) mayStrike = false;
        const wrong = verdict?.wrong ?? [];
        if (wrong.length === 0 || performance.now() - begunMs > untilMs) return { last: scene, wrong };
        await pause(lookEveryMs, undefined, { signal });
      }
    },
    findings: () => prober.findings,
    afterwards: async () => {
      for (;;) {
        await look(undefined);
        await pause(lookEveryMs, undefined, { signal });
      }
    },
  };
};
