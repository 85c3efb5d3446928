import { expect, test } from 'vitest';
import type { Pages } from '../../../src/aws/pages.ts';
import { Reader } from '../../../src/aws/reader.ts';
import { Snapshot } from '../../../src/aws/snapshot.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

test('nobody joins a read that everybody has left and that is slow to end; the next list begins when it has ended', async () => {
  const clock = createVirtualClock();
  const snapshot = new Snapshot<string, never>({ clock, idOf: (id) => id, indexes: {}, onChange: () => undefined });
  const lists: PromiseWithResolvers<Pages<string>>[] = [];
  const all = (): Promise<Pages<string>> => {
    const list = Promise.withResolvers<Pages<string>>();
    lists.push(list);
    return list.promise;
  };
  const reader = new Reader({ clock, snapshot, reads: { all } });
  const leaving = new AbortController();
  const left = reader.read(undefined, 0, leaving.signal);
  left.catch(() => undefined);
  await clock.advance(20);
  leaving.abort(new Error('shutting down'));
  await expect(left).rejects.toThrow('shutting down');
  const next = reader.read(undefined, 0, new AbortController().signal);
  await clock.advance(1_000);
  expect(lists).toHaveLength(1);
  lists[0]?.resolve({ items: ['abandoned'], pages: 1 });
  await clock.settle();
  expect(lists).toHaveLength(2);
  lists[1]?.resolve({ items: ['wanted'], pages: 1 });
  await next;
  expect([snapshot.one('abandoned', 0), snapshot.one('wanted', 0)]).toEqual([{ summary: undefined }, { summary: 'wanted' }]);
});
