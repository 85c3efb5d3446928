import { describe, expect, test } from 'vitest';
import { Failure } from '../../../reconcilers/failure.ts';
import type { Aws } from '../../../reconcilers/ports/aws.ts';
import type { Budget } from '../../../src/aws/budget.ts';
import { type CallEntry, withLayers } from '../../../src/aws/layers.ts';
import { Stopped } from '../../../src/runtime/stopped.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import { createAccount } from './account.ts';

const signal = new AbortController().signal;

/** The layers around one call that ends as `send` does, and what happened in which order. */
const setUp = (send: Aws['getDistributionTenant'], turn: () => Promise<void> = () => Promise.resolve()) => {
  const clock = createVirtualClock();
  const events: string[] = [];
  const entries: CallEntry[] = [];
  const budget: Budget = {
    turn: async () => {
      events.push('budget');
      await clock.advance(300);
      await turn();
    },
    slowDown: () => events.push('slow down'),
    close: () => undefined,
  };
  const sent: Aws['getDistributionTenant'] = async (input, abort) => {
    events.push('send');
    await clock.advance(40);
    return send(input, abort);
  };
  const raw = { ...createAccount(clock).aws, getDistributionTenant: sent };
  const aws = withLayers(raw, {
    budget,
    clock,
    onCall: (entry) => entries.push(entry),
  });
  return { call: () => aws.getDistributionTenant({ Identifier: 'shop-brand' }, signal), events, entries };
};

const awsError = (name: string, status: number): Error => Object.assign(new Error('Rate exceeded'), { name, $metadata: { httpStatusCode: status } });

describe('the layers', () => {
  test('wait for the budget, classify, and only then let the budget see the failure', async () => {
    const { call, events } = setUp(() => Promise.reject(awsError('Throttling', 400)));
    await expect(call()).rejects.toMatchObject({ kind: 'throttled', code: 'Throttling', message: 'get distribution tenant "shop-brand": Throttling: Rate exceeded' });
    expect(events).toEqual(['budget', 'send', 'slow down']);
  });

  test('pass on the word of the fence as it is', async () => {
    const lost = new Stopped('send a call: this process does not lead');
    const { call, entries } = setUp(() => Promise.reject(lost));
    await expect(call()).rejects.toBe(lost);
    expect(entries).toMatchObject([{ outcome: 'aborted' }]);
  });

  test('slow nothing down for another failure', async () => {
    const { call, events } = setUp(() => Promise.reject(awsError('InternalFailure', 500)));
    await expect(call()).rejects.toBeInstanceOf(Failure);
    expect(events).not.toContain('slow down');
  });

  test('let an abort through as it is', async () => {
    const abort = new DOMException('This operation was aborted', 'AbortError');
    const { call, entries } = setUp(() => Promise.reject(abort));
    await expect(call()).rejects.toBe(abort);
    expect(entries).toMatchObject([{ outcome: 'aborted', code: undefined }]);
  });

  test('tell of a call that ended while it waited for its turn only how long that was', async () => {
    const over = new Error('pass over');
    const { call, entries } = setUp(() => Promise.resolve({}), () => Promise.reject(over));
    await expect(call()).rejects.toBe(over);
    expect(entries).toMatchObject([{ outcome: 'aborted', waitedMs: 300, ms: undefined }]);
  });

  test.each([
    { name: 'a success', send: () => Promise.resolve({}), want: { outcome: 'success', code: undefined } },
    { name: 'a failure', send: () => Promise.reject(awsError('AccessDenied', 403)), want: { outcome: 'blocked', code: 'AccessDenied' } },
  ])('tell of $name how long it waited and how long it took', async ({ send, want }) => {
    const { call, entries } = setUp(send);
    await call().catch(() => undefined);
    expect(entries).toEqual([{ name: 'getDistributionTenant', service: 'cloudfront', operation: 'GetDistributionTenant', mutates: false, waitedMs: 300, ms: 40, ...want }]);
  });
});
