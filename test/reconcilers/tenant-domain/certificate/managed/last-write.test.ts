import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../../../reconcilers/contract.ts';
import { Failure } from '../../../../../reconcilers/failure.ts';
import { ago, minutes, seconds } from '../../../builders.ts';
import { setUp } from '../../account.ts';
import { shop, tenantName } from '../../builders.ts';
import { seeing } from './seeing.ts';

describe('what became of the last write with a request', () => {
  const refusal = (reason: 'AccessDenied' | 'DomainTaken', over: { at?: Date; action?: object } = {}): Refusal => ({
    at: over.at ?? ago(0), failure: new Failure({ kind: 'blocked', reason, code: reason, message: 'no' }),
    action: Object.assign({ concern: 'Programmed', verb: 'UpdateDistributionTenant', because: '', destroys: false, needs: 'live' } as const, { request: { host: 'self-hosted' }, seat: undefined }, over.action),
  });

  test.each([
    { name: 'a permission that lacks', given: refusal('AccessDenied'), want: 'AccessDenied' },
    { name: 'a permission that lacked ten minutes ago', given: refusal('AccessDenied', { at: ago(minutes(10)) }), want: undefined },
    { name: 'a name that is taken', given: refusal('DomainTaken'), want: undefined },
    { name: 'a write without a request', given: refusal('AccessDenied', { action: { request: undefined } }), want: undefined },
  ])('$name is $want', async ({ given, want }) => {
    const account = setUp();
    const offsetMs = account.now().getTime() - ago(0).getTime();
    const at = new Date(given.at.getTime() + offsetMs);
    const { managed: seen } = await seeing(account, undefined)({}, [], [{ ...given, at }]);
    expect(seen.denied?.reason).toBe(want);
  });

  test('is known by when it was asked, of this generation', async () => {
    const account = setUp();
    account.askings.asked(tenantName, 1, shop);
    const at = account.now();
    await account.clock.advance(seconds(30));
    const see = seeing(account, undefined);
    expect([(await see()).managed.asked, (await see({ generation: 2 })).managed.asked]).toEqual([{ at, names: 'shop.example.com' }, undefined]);
  });

  test('is known from the status after a restart', async () => {
    const account = setUp();
    const { managed: seen } = await seeing(account, undefined)({ switchRefused: true });
    expect(seen.asked).toEqual({ at: new Date(account.now().getTime() - minutes(2)), names: undefined });
  });

  test('does not count once another source was wished for', async () => {
    const account = setUp();
    account.askings.asked(tenantName, 1, shop);
    const see = seeing(account, undefined);
    await see({ source: { is: 'distribution' } });
    expect((await see()).managed.asked).toBeUndefined();
  });
});
