import type { Freshness } from '../../../reconcilers/ports/fleet.ts';
import { createFleet, type FleetChange } from '../../../src/aws/fleet.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import { createAccount } from './account.ts';

/** A fleet over an account of these tenants, on virtual time, and what it told. Polls come at their latest. */
export const setUp = ({ tenants = [], ...pace }: { tenants?: readonly string[]; pollMs?: number; resyncMs?: number } = {}) => {
  const clock = createVirtualClock();
  const account = createAccount(clock);
  for (const name of tenants) account.tenants.set(name, { etag: 'E1', enabled: true });
  const live = createFleet({ aws: account.aws, clock, random: () => 1, ...pace });
  const changes: FleetChange[] = [];
  live.subscribe((change) => changes.push(change));
  return { clock, account, ...live, changes, names: () => account.made.map(({ name }) => name) };
};

export type World = ReturnType<typeof setUp>;

/** As old as it may be. */
export const anyTime = new Date(0);
/** An answer from a read begun at or after `notBefore`. */
export const fresh = (notBefore: Date, signal = new AbortController().signal): Freshness => ({ notBefore, signal });
/** An answer from a read begun from now on. */
export const now = ({ clock }: World): Freshness => fresh(clock.now());

/** The answer, once the clock has moved as far as it takes. */
export const landed = async <Value>(world: World, promise: Promise<Value>): Promise<Value> => {
  promise.catch(() => undefined);
  await world.clock.advance(100_000);
  return promise;
};

/** Four tenants on two pages, listed once. */
export const listed = async (options: { pollMs?: number } = {}): Promise<World> => {
  const world = setUp({ ...options, tenants: ['a', 'b', 'c', 'd'] });
  await landed(world, world.fleet.tenants.get('a', fresh(anyTime)));
  world.account.made.length = 0;
  return world;
};
