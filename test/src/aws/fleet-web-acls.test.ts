import { expect, test } from 'vitest';
import { anyTime, fresh, landed, now, setUp } from './fleet-world.ts';

const [ours, theirs] = ['basic-1-0123456789abcdef', 'their-firewall'];

test.each([
  { name: 'are not listed', because: 'nobody has asked for them: the right to list them may be missing', listed: false, webAcls: [ours, theirs], looksFor: true, want: [] },
  { name: 'are listed', because: 'a tier looks for one', listed: true, webAcls: [theirs], looksFor: true, want: [theirs] },
  { name: 'are listed', because: 'one of a tier was left over when that was gone', listed: true, webAcls: [ours, theirs], looksFor: false, want: [ours, theirs] },
  { name: 'are listed no more', because: 'no tier looks for one, and none of a tier was left', listed: true, webAcls: [theirs], looksFor: false, want: [] },
])('among everything that there is, web ACLs $name where $because', async ({ listed, webAcls, looksFor, want }) => {
  const world = setUp();
  for (const name of webAcls) world.account.webAcls.add(name);
  if (listed) await landed(world, world.fleet.webAcls.all(fresh(anyTime)));
  world.account.made.length = 0;
  const found = await landed(world, world.all(now(world), () => looksFor));
  expect({ found: found.webAcls.map(({ name }) => name), asked: world.names().includes('listWebAcls') }).toEqual({ found: want, asked: want.length > 0 });
});
