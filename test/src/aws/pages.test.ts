import { describe, expect, test } from 'vitest';
import { type Page, readPages } from '../../../src/aws/pages.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import { failing } from './account.ts';

const signal = new AbortController().signal;

/** Pages by the marker that asks for them; the first is under ''. */
const book = (pages: Readonly<Record<string, Page<string>>>) => (marker: string | undefined): Promise<Page<string>> => {
  const page = pages[marker ?? ''];
  return page === undefined ? Promise.reject(new Error(`read page "${marker ?? ''}": no such page`)) : Promise.resolve(page);
};

describe('readPages', () => {
  test('goes on over an empty page that has a marker', async () => {
    const read = book({ '': { items: ['a'], marker: 'm1' }, m1: { items: [], marker: 'm2' }, m2: { items: ['b'], marker: undefined } });
    await expect(readPages(read, createVirtualClock(), signal)).resolves.toEqual({ items: ['a', 'b'], pages: 3 });
  });

  test('takes an empty marker for the end', async () => {
    await expect(readPages(book({ '': { items: ['a'], marker: '' } }), createVirtualClock(), signal)).resolves.toEqual({ items: ['a'], pages: 1 });
  });

  test.each([
    { name: 'at once', pages: { '': { items: ['a'], marker: 'm1' }, m1: { items: ['b'], marker: 'm1' } } },
    { name: 'in a circle', pages: { '': { items: ['a'], marker: 'm1' }, m1: { items: ['b'], marker: 'm2' }, m2: { items: [], marker: 'm1' } } },
  ])('fails where a marker comes back $name, instead of reading for ever or passing a part for the whole', async ({ pages }) => {
    await expect(readPages(book(pages), createVirtualClock(), signal)).rejects.toMatchObject({ kind: 'transient', code: 'RepeatedMarker' });
  });

  test.each([
    { kind: 'throttled', tries: 4 },
    { kind: 'transient', tries: 4 },
    { kind: 'blocked', tries: 1 },
    { kind: 'conflict', tries: 1 },
  ] as const)('asks $tries times for a page that stays $kind', async ({ kind, tries }) => {
    const clock = createVirtualClock();
    let asked = 0;
    const read = (): Promise<Page<string>> => {
      asked++;
      return Promise.reject(failing('Some', kind));
    };
    const reading = readPages(read, clock, signal);
    reading.catch(() => undefined);
    await clock.runUntilIdle();
    await expect(reading).rejects.toMatchObject({ kind });
    expect(asked).toBe(tries);
  });

  test('leaves no timer behind where it is aborted between two tries', async () => {
    const clock = createVirtualClock();
    const stop = new AbortController();
    const reading = readPages(() => Promise.reject(failing('Throttling', 'throttled')), clock, stop.signal);
    reading.catch(() => undefined);
    await clock.advance(500);
    stop.abort(new Error('shutting down'));
    await expect(reading).rejects.toThrow('shutting down');
    expect(clock.pending()).toBe(0);
  });
});
