import { expect, test } from 'vitest';
import { createReplaced } from '../../../../reconcilers/edge-tier/web-acl/replaced.ts';
import { createVirtualClock } from '../../../virtual-clock.ts';

const minutes = 60_000;

test.each<{ name: string; because: string; updates: readonly (readonly [before: string, after: string])[]; passMs: number; want: readonly string[] }>([
  { name: 'the token before an update', because: 'AWS may show it still', updates: [['a', 'b']], passMs: 14 * minutes, want: ['a'] },
  { name: 'all tokens before several updates', because: 'AWS may show any of them', updates: [['a', 'b'], ['b', 'c']], passMs: 0, want: ['a', 'b'] },
  { name: 'none after a quarter of an hour', because: 'what AWS shows then is how it is', updates: [['a', 'b'], ['b', 'c']], passMs: 15 * minutes, want: [] },
  { name: 'none where an update changed nothing', because: 'it is the present one', updates: [['a', 'a']], passMs: 0, want: [] },
])('is $name: $because', async ({ updates, passMs, want }) => {
  const clock = createVirtualClock();
  const replaced = createReplaced(clock.now);
  for (const [before, after] of updates) replaced.add(before, after);
  await clock.advance(passMs);
  expect(['a', 'b', 'c'].filter(replaced.has)).toEqual(want);
});
