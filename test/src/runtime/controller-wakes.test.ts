import { expect, test } from 'vitest';
import type { Wake } from '../../../reconcilers/contract.ts';
import { priorities } from '../../../src/runtime/priorities.ts';
import { gone, runOnVirtualTime } from './controller-on-virtual-time.ts';

type Tier = { readonly name: string; readonly users: readonly string[]; readonly color: { readonly hex: string }; readonly seen: number };

const tierWake: Wake<Tier> = { facts: ({ color }) => ({ color }), keys: ({ users }) => users, coalesceMs: 30_000 };
const tier: Tier = { name: 'basic', users: ['a', 'b'], color: { hex: '#fff' }, seen: 1 };

test.each<{ name: string; before?: Tier; after?: Tier; want: readonly string[] }>([
  { name: 'a new thing wakes the keys it is about', after: tier, want: ['a', 'b'] },
  { name: 'a thing that is gone wakes the keys it was about', before: tier, want: ['a', 'b'] },
  { name: 'changed facts wake the keys before and after, each once', before: tier, after: { ...tier, color: { hex: '#000' }, users: ['b', 'c'] }, want: ['a', 'b', 'c'] },
  { name: 'equal facts wake nobody, though another object holds them', before: tier, after: { ...tier, color: { hex: '#fff' } }, want: [] },
  { name: 'a change beside the facts wakes nobody', before: tier, after: { ...tier, seen: 2 }, want: [] },
])('$name', async ({ before, after, want }) => {
  const looked: string[] = [];
  const { clock, controller, end } = runOnVirtualTime({
    reconcile: (key) => {
      looked.push(key);
      return Promise.resolve(gone);
    },
  });
  controller.wake({ before, after }, tierWake, priorities.dependent);
  await clock.advance(29_999);
  const early = [...looked];
  await clock.advance(1);
  await end();
  expect({ early, looked }).toEqual({ early: [], looked: want });
});
