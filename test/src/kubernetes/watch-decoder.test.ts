import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KubeError } from '../../../src/kubernetes/errors.ts';
import { createLineSplitter, decodeWatchEvent } from '../../../src/kubernetes/watch-decoder.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((line) => line.replaceAll('\n', ' '));

const split = (bytes: Uint8Array, cuts: readonly number[]): string[] => {
  const splitter = createLineSplitter();
  const edges = [0, ...[...cuts].toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).flatMap((end, index) => [...splitter.push(bytes.subarray(edges[index], end))]);
};

test('lines come out whole wherever the stream was cut', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (lines, places) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');
      const cuts = places.map((place) => place % (bytes.length + 1));
      expect(split(bytes, cuts)).toEqual(lines.filter((line) => line !== ''));
    }),
  );
});

test('lines come out whole when every byte comes alone', () => {
  const bytes = Buffer.from('{"a":"é€😀"}\n\n{"b":1}\n', 'utf8');
  expect(split(bytes, [...bytes.keys()])).toEqual(['{"a":"é€😀"}', '{"b":1}']);
});

test('what follows the last newline is kept back', () => {
  const splitter = createLineSplitter();
  expect(splitter.push(Buffer.from('one\ntw'))).toEqual(['one']);
  expect(splitter.push(Buffer.from('o\n'))).toEqual(['two']);
});

test('a line without an end is given up before it fills the memory', () => {
  const splitter = createLineSplitter();
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  const pushMany = (): void => {
    for (let count = 0; count < 9; count++) splitter.push(megabyte);
  };
  expect(pushMany).toThrow(KubeError);
});

const metadata = { name: 'a', uid: 'u', resourceVersion: '7' };

const understood = [
  { name: 'an addition', given: { type: 'ADDED', object: { metadata } }, want: { is: 'added', object: { metadata } } },
  { name: 'a change', given: { type: 'MODIFIED', object: { metadata } }, want: { is: 'modified', object: { metadata } } },
  { name: 'a deletion', given: { type: 'DELETED', object: { metadata } }, want: { is: 'deleted', object: { metadata } } },
  {
    name: 'a bookmark',
    given: { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9' } } },
    want: { is: 'bookmark', resourceVersion: '9', endsInitialEvents: false },
  },
  {
    name: 'the bookmark that ends the initial events',
    given: { type: 'BOOKMARK', object: { metadata: { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'true' } } } },
    want: { is: 'bookmark', resourceVersion: '9', endsInitialEvents: true },
  },
] as const;

test.each(understood)('$name is understood', ({ given, want }) => {
  expect(decodeWatchEvent(JSON.stringify(given))).toEqual(want);
});

test('an error event carries code, reason and the time to wait', () => {
  const status = { kind: 'Status', code: 429, reason: 'TooManyRequests', message: 'slow\ndown', details: { retryAfterSeconds: 3 } };
  const event = decodeWatchEvent(JSON.stringify({ type: 'ERROR', object: status }));
  expect(event).toMatchObject({ is: 'error', error: { code: 429, reason: 'TooManyRequests', retryAfterMs: 3000, message: 'watch: 429 TooManyRequests: slow down' } });
});

const refused = [
  { name: 'half a line', given: '{"type":"ADDED","object":{"meta' },
  { name: 'a list', given: '[]' },
  { name: 'an unknown type', given: '{"type":"RENAMED","object":{"metadata":{"name":"a","uid":"u","resourceVersion":"1"}}}' },
  { name: 'an object without a uid', given: '{"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"1"}}}' },
  { name: 'a bookmark without a version', given: '{"type":"BOOKMARK","object":{"metadata":{}}}' },
] as const;

test.each(refused)('$name is malformed, not skipped', ({ given }) => {
  expect(() => decodeWatchEvent(given)).toThrow(expect.objectContaining({ code: 0, reason: 'Malformed' }));
});
