import { setTimeout as pause } from 'node:timers/promises';
import type { TenantDomain } from '../../../crds/types.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { listAt, textAt } from '../control-plane/json.ts';
import { Customers } from '../customers.ts';
import type { EmbeddedWorld, RunningController } from '../embedded.ts';
import { createAudience, type Scene } from './audience.ts';
import { habitOf } from './cast.ts';
import { createCritic, type Verdict } from './critic.ts';
import type { Screen } from './screen.ts';

/** Where the story is played, and before whom. */
export type Stage = { readonly world: EmbeddedWorld; readonly controller: RunningController; readonly screen: Screen };

/** A story that goes on from look to look, twice a second. */
export type Story = {
  /** Goes on until each tenant is where it should be, at most so long. `wrong` names each that is not. */
  readonly toItsEnd: (limitMs: number) => Promise<{ readonly last: Scene; readonly wrong: readonly string[] }>;
  /** Goes on for as long as it is let, whatever becomes of the tenants. */
  readonly afterwards: () => Promise<never>;
};

const lookEveryMs = 500;

const isTenantDomain = (object: unknown): object is TenantDomain => textAt(object, 'kind') === 'TenantDomain';

const tenantsIn = async ({ controlPlane }: EmbeddedWorld): Promise<readonly TenantDomain[]> => {
  const { body } = await controlPlane.admin.request('GET', '/apis/tenantedge.dev/v1alpha1/tenantdomains');
  return listAt(body, 'items').filter(isTenantDomain);
};

/** Begins to play the customers. Every look rejects when the controller has ended, and with the signal's reason once that is aborted. */
export const beginStory = ({ world, controller, screen }: Stage, signal: AbortSignal): Story => {
  const { simulator } = world;
  const customers = new Customers(world.zones, habitOf);
  const judge = createCritic((domain) => simulator.serves(domain).served);
  const show = createAudience(screen);
  const begunMs = performance.now();

  const look = async (isJudged: boolean): Promise<{ readonly scene: Scene; readonly verdict: Verdict }> => {
    signal.throwIfAborted();
    await controller.process.check();
    await simulator.settle(); // ACM looks into DNS on its own, also while nobody calls it
    const [tenants, now] = [await tenantsIn(world), systemClock.now()];
    const verdict = judge(tenants);
    const seconds = Math.round((performance.now() - begunMs) / 1_000);
    const scene: Scene = { now, seconds, tenants, added: customers.look(tenants, now), ...(isJudged && { done: verdict.done }) };
    show(scene);
    return { scene, verdict };
  };

  return {
    toItsEnd: async (limitMs) => {
      for (;;) {
        const { scene, verdict } = await look(true);
        if (verdict.wrong.length === 0 || performance.now() - begunMs > limitMs) return { last: scene, wrong: verdict.wrong };
        await pause(lookEveryMs, undefined, { signal });
      }
    },
    afterwards: async () => {
      for (;;) {
        await look(false);
        await pause(lookEveryMs, undefined, { signal });
      }
    },
  };
};
