import { describe, expect, test } from 'vitest';
import { createAskings } from '../../../../reconcilers/tenant-domain/certificate/asked.ts';
import { ago, minutes, noon } from '../../builders.ts';

describe('when CloudFront was last asked', () => {
  const askings = () => createAskings(() => noon);

  test('is nothing at first, and then told with the names, in their order', () => {
    const known = askings();
    const before = known.last('a', 1);
    known.asked('a', 1, ['b.example.com', 'a.example.com']);
    expect([before, known.last('a', 1)]).toEqual([undefined, { at: noon, names: 'a.example.com b.example.com' }]);
  });

  test('says nothing of another generation, nor of another tenant', () => {
    const known = askings();
    known.asked('a', 1, []);
    expect([known.last('a', 2), known.last('b', 1)]).toEqual([undefined, undefined]);
  });

  test('is recalled from a status as something that turned out just now, for any names', () => {
    const known = askings();
    known.recall('a', 1);
    expect(known.last('a', 1)).toEqual({ at: ago(minutes(2)), names: undefined });
  });

  test('is forgotten when another source was wished for meanwhile', () => {
    const known = askings();
    known.asked('a', 1, []);
    known.trying('a');
    const tried = known.triedAt('a');
    known.forget('a');
    expect({ tried, last: known.last('a', 1), triedSince: known.triedAt('a') }).toEqual({ tried: noon, last: undefined, triedSince: noon });
  });
});
