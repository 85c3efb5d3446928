import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Dns, DnsAnswer } from '../../../reconcilers/ports/dns.ts';
import { shareAnswers } from '../../../src/dns/shared-answers.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const never = new AbortController().signal;
const a = { name: 'a.test', type: 'A' } as const;
const found: DnsAnswer = { is: 'found', values: ['192.0.2.1'] };

type Asked = { readonly question: string; readonly signal: AbortSignal; readonly answer: (answer: DnsAnswer) => void; readonly fail: (error: unknown) => void };

/** A DNS that answers when told to, and ends with an abort unless it is deaf to it. */
const createSlowDns = ({ isDeaf = false } = {}) => {
  const asked: Asked[] = [];
  const dns: Dns = {
    lookUp: ({ name, type }, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<DnsAnswer>();
      asked.push({ question: `${type} ${name}`, signal, answer: resolve, fail: reject });
      signal.addEventListener('abort', () => {
        if (!isDeaf) reject(signal.reason);
      });
      return promise;
    },
  };
  const clock = createVirtualClock();
  return { asked, clock, shared: shareAnswers(dns, clock) };
};

describe('shareAnswers', () => {
  it('puts one query behind all who ask at the same time', async () => {
    const { asked, clock, shared } = createSlowDns();
    const answers = [shared.lookUp(a, never), shared.lookUp({ name: 'A.TEST.', type: 'A' }, never)];
    await clock.settle();
    expect(asked.map(({ question }) => question)).toEqual(['A a.test']);
    asked[0]?.answer(found);
    expect(await Promise.all(answers)).toEqual([found, found]);
  });

  it('keeps names and types apart', async () => {
    const { asked, clock, shared } = createSlowDns();
    const answers = [shared.lookUp(a, never), shared.lookUp({ name: 'a.test', type: 'AAAA' }, never), shared.lookUp({ name: 'b.test', type: 'A' }, never)];
    await clock.settle();
    expect(asked.map(({ question }) => question)).toEqual(['A a.test', 'AAAA a.test', 'A b.test']);
    for (const { question, answer } of asked) answer({ is: 'found', values: [question] });
    expect(await Promise.all(answers)).toEqual(['A a.test', 'AAAA a.test', 'A b.test'].map((value) => ({ is: 'found', values: [value] })));
  });

  it.each<DnsAnswer>([found, { is: 'missing' }, { is: 'failed', reason: 'SERVFAIL' }])('remembers an answer that is $is for 5 s', async (answer) => {
    const { asked, clock, shared } = createSlowDns();
    const first = shared.lookUp(a, never);
    await clock.advance(1000);
    asked[0]?.answer(answer);
    await first;
    await clock.advance(4999);
    expect(await shared.lookUp(a, never)).toEqual(answer);
    await clock.advance(1);
    const again = shared.lookUp(a, never);
    await clock.settle();
    expect(asked).toHaveLength(2);
    asked[1]?.answer(found);
    expect(await again).toEqual(found);
  });

  it('lets one asker go while the others wait', async () => {
    const { asked, clock, shared } = createSlowDns();
    const pass = new AbortController();
    const leaves = shared.lookUp(a, pass.signal);
    const stays = shared.lookUp(a, never);
    await clock.settle();
    pass.abort(new Error('pass ended'));
    await expect(leaves).rejects.toThrow('pass ended');
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.answer(found);
    expect(await stays).toEqual(found);
  });

  it('ends the query when the last asker has gone, and starts another for the next', async () => {
    const { asked, clock, shared } = createSlowDns();
    const passes = [new AbortController(), new AbortController()];
    const answers = Promise.allSettled(passes.map(({ signal }) => shared.lookUp(a, signal)));
    await clock.settle();
    for (const pass of passes) pass.abort(new Error('lease lost'));
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked[0]?.signal.aborted).toBe(true);
    const next = shared.lookUp(a, never);
    await clock.settle();
    asked[1]?.answer(found);
    expect(await next).toEqual(found);
  });

  it('does not let a query that was given up answer for the one after it', async () => {
    const { asked, clock, shared } = createSlowDns({ isDeaf: true });
    const pass = new AbortController();
    const given = shared.lookUp(a, pass.signal);
    await clock.settle();
    pass.abort(new Error('pass ended'));
    await expect(given).rejects.toThrow('pass ended');
    const next = shared.lookUp(a, never);
    await clock.settle();
    asked[0]?.answer({ is: 'missing' });
    await clock.settle();
    const joins = shared.lookUp(a, never);
    asked[1]?.answer(found);
    expect(await Promise.all([next, joins])).toEqual([found, found]);
    expect(asked).toHaveLength(2);
  });

  it('remembers no error of our own', async () => {
    const { asked, clock, shared } = createSlowDns();
    const first = shared.lookUp(a, never);
    await clock.settle();
    asked[0]?.fail(new TypeError('a bug'));
    await expect(first).rejects.toThrow(TypeError);
    const next = shared.lookUp(a, never);
    await clock.settle();
    asked[1]?.answer(found);
    expect(await next).toEqual(found);
  });

  it('leaves no listener at the signal of a pass that asks much', async () => {
    const { asked, clock, shared } = createSlowDns();
    const pass = new AbortController();
    const answers = Array.from({ length: 100 }, (_, index) => shared.lookUp({ name: `n${index}.test`, type: 'A' }, pass.signal));
    await clock.settle();
    expect(getEventListeners(pass.signal, 'abort')).toHaveLength(100);
    for (const { answer } of asked) answer(found);
    await Promise.all(answers);
    expect(getEventListeners(pass.signal, 'abort')).toEqual([]);
  });
});
