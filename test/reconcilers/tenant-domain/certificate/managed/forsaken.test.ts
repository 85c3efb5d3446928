import { describe, expect, test } from 'vitest';
import { Failure } from '../../../../../reconcilers/failure.ts';
import { hours, minutes } from '../../../builders.ts';
import { putTenant, setUp } from '../../account.ts';
import { managed, tenantName } from '../../builders.ts';
import { arnOfTenant, askedFor, own, seeing } from './seeing.ts';

describe('what CloudFront requested before, and is not asked for any more', () => {
  test('is told where the spec is not accepted and it is deleted, since another process may have asked for it', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    await expect(see({ source: undefined, deleting: true })).resolves.toMatchObject({ managed: { request: { is: 'made', arn } } });
  });

  test('is told where another source is wished for, for ten minutes after the last write with a request', async () => {
    const account = setUp();
    await putTenant(account);
    const see = seeing(account, arnOfTenant(account));
    account.askings.trying(tenantName);
    const told = [(await see({ source: own })).managed.request.is];
    await account.clock.advance(minutes(10));
    told.push((await see({ source: own })).managed.request.is);
    expect(told).toEqual(['none', 'unseen']);
  });

  test('is told for as long as it is there and not marked, however often marking it is refused', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    await see();
    await account.clock.advance(hours(24));
    const marked = managed({ arn, status: 'PENDING_VALIDATION' });
    const told = [(await see({ source: own })).managed.request, (await see({ source: own }, [marked])).managed.request];
    expect(told).toMatchObject([{ is: 'made', arn }, { is: 'unseen' }]);
  });

  test('is told though the last write with a request was refused', async () => {
    const account = setUp();
    const { see, arn } = await askedFor(account);
    const action = Object.assign({ concern: 'Programmed', verb: 'UpdateDistributionTenant', because: '', destroys: false, needs: 'live' } as const, { request: { host: 'self-hosted' } });
    const failure = new Failure({ kind: 'blocked', reason: 'AccessDenied', code: 'AccessDenied', message: 'no' });
    await expect(see({}, [], [{ action, failure, at: account.now() }])).resolves.toMatchObject({ managed: { request: { is: 'made', arn }, denied: failure } });
  });
});
