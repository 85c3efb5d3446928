import { describe, expect, test } from 'vitest';
import { AwsFault, LostAnswer } from './contract.ts';
import type { Fault } from './faults.ts';
import { at, brief, createHandWorld, createTenantWorld } from './hand-world.ts';
import { benchKnobs, hostileKnobs } from './knobs.ts';

describe('a planned fault', () => {
  const rows: readonly { readonly fault: Fault; readonly name: string; readonly committed: boolean; readonly later?: boolean }[] = [
    { fault: 'before', name: 'InternalError', committed: false },
    { fault: 'dropped', name: 'TimeoutError', committed: false },
    { fault: 'lost', name: 'TimeoutError', committed: true },
    { fault: 'after', name: 'TimeoutError', committed: true },
    { fault: 'late', name: 'TimeoutError', committed: false, later: true },
    { fault: { name: 'Throttling', status: 400 }, name: 'Throttling', committed: false },
    { fault: { name: 'InternalError', status: 500, committed: true }, name: 'InternalError', committed: true },
  ];
  test.each(rows)('$fault: $name, committed: $committed', async ({ fault, name, committed, later = committed }) => {
    const { aws, pass, outcome, tenant } = createTenantWorld();
    aws.faults.next({ operation: 'CreateDistributionTenant' }, fault);
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc'))).toBe(name);
    expect(aws.log.at(-1)).toMatchObject({ outcome: name, committed });
    expect(aws.inspect.tenants()).toHaveLength(committed ? 1 : 0);
    await pass(30);
    expect(aws.inspect.tenants()).toHaveLength(later ? 1 : 0);
    expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('def'))).toBe('ok');
  });

  test('strikes the nth call that matches', async () => {
    const { aws, outcome } = createHandWorld();
    aws.faults.next({ service: 'sts', nth: 3 }, 'before');
    await outcome('acm', 'ListCertificates', {});
    const outcomes = [];
    for (let call = 0; call < 4; call += 1) outcomes.push(await outcome('sts', 'GetCallerIdentity', {}));
    expect(outcomes).toEqual(['ok', 'ok', 'InternalFailure', 'ok']);
  });

  test('a late commit may find that it comes too late', async () => {
    const { aws, pass, create, outcome, tenant } = createTenantWorld();
    aws.faults.next({}, 'late');
    await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc'));
    await create('abc');
    aws.clearLog();
    await pass(30);
    expect(aws.log.map(brief)).toEqual([{ operation: 'CreateDistributionTenant', outcome: 'EntityAlreadyExists', committed: false }]);
  });
});

test('an answer that never comes and one that AWS gives are told apart, and both carry the request id of the log', async () => {
  const { aws } = createHandWorld();
  aws.faults.next({}, 'dropped');
  const errors: unknown[] = [];
  for (const operation of ['GetCallerIdentity', 'NoSuchThing']) {
    try {
      await aws.call('sts', operation, {}, 'me');
    } catch (error) {
      errors.push(error);
    }
  }
  expect(errors).toEqual([expect.any(LostAnswer), expect.any(AwsFault)]);
  expect(errors.map((error) => at(error, 'requestId'))).toEqual(aws.log.map(({ requestId }) => requestId));
  expect(aws.log.map(({ caller }) => caller)).toEqual(['me', 'me']);
});

describe('an operation that it does not know', () => {
  const rows = [
    { service: 'cloudfront', operation: 'CreateInvalidation', want: 'UnknownOperationException' },
    { service: 'acm', operation: 'RenewCertificate', want: 'UnknownOperationException' },
    { service: 'wafv2', operation: 'CreateRuleGroup', want: 'UnknownOperationException' },
    { service: 'sts', operation: 'AssumeRole', want: 'InvalidAction' },
    { service: 'sts', operation: 'toString', want: 'InvalidAction' },
  ] as const;
  test.each(rows)('$service $operation: $want', async ({ service, operation, want }) => {
    const { outcome } = createHandWorld();
    expect(await outcome(service, operation, {})).toBe(want);
  });
});

test('an action that is denied is refused in the words of its service', async () => {
  const { outcome } = createHandWorld({ knobs: { deniedActions: ['cloudfront:ListDistributions', 'acm:ListCertificates'] } });
  expect([await outcome('cloudfront', 'ListDistributions', {}), await outcome('acm', 'ListCertificates', {})]).toEqual(['AccessDenied', 'AccessDeniedException']);
});

describe('rates', () => {
  test('a bucket holds so many calls and fills in its own time', async () => {
    const { pass, outcome } = createHandWorld({ knobs: { rates: { 'acm.ListCertificates': { perSecond: 1, burst: 2 } } } });
    const three = async () => [await outcome('acm', 'ListCertificates', {}), await outcome('acm', 'ListCertificates', {}), await outcome('acm', 'ListCertificates', {})];
    expect(await three()).toEqual(['ok', 'ok', 'ThrottlingException']);
    await pass(1);
    expect(await three()).toEqual(['ok', 'ThrottlingException', 'ThrottlingException']);
    await pass(100);
    expect(await three()).toEqual(['ok', 'ok', 'ThrottlingException']);
  });

  test('CloudFront throttles in its own words, each operation for itself', async () => {
    const { outcome } = createHandWorld({ knobs: benchKnobs });
    const outcomes = new Set<string>();
    for (let call = 0; call < 50; call += 1) outcomes.add(await outcome('cloudfront', 'ListDistributions', {}));
    expect([...outcomes]).toEqual(['ok', 'Throttling']);
    expect(await outcome('cloudfront', 'ListConnectionGroups', {})).toBe('ok');
  });
});

test('a call that takes time acts when it arrives', async () => {
  const { aws, pass } = createHandWorld({ knobs: { latencyMs: [5_000, 5_000] } });
  const answer = aws.call('acm', 'RequestCertificate', { DomainName: 'a.example.com' });
  expect(aws.inspect.certificates()).toEqual([]);
  await pass(5);
  await answer;
  expect(aws.inspect.certificates()).toHaveLength(1);
});

test('listeners hear of each commit before its caller does, whoever commits', async () => {
  const { aws, create } = createTenantWorld();
  const heard: string[] = [];
  const stop = aws.onMutation(({ caller, operation }) => heard.push(`${caller} ${operation}`));
  aws.faults.next({ operation: 'CreateDistributionTenant', nth: 2 }, 'before');
  await create('abc');
  await create('def').catch(() => undefined);
  await aws.call('cloudfront', 'ListDistributionTenants', {});
  aws.operator.deleteTenant('abc');
  stop();
  aws.operator.createWebACL({ name: 'acl' });
  expect(heard).toEqual(['administrator CreateDistributionTenant', 'operator DeleteDistributionTenant']);
});

const story = async (seed: number) => {
  const { aws, pass, outcome, tenant } = createTenantWorld({ seed, knobs: { ...hostileKnobs, rates: 'off' } });
  const outcomes: string[] = [];
  for (let index = 0; index < 40; index += 1) {
    outcomes.push(await outcome('cloudfront', 'CreateDistributionTenant', tenant(`t-${index}`)));
    await pass(index % 5);
  }
  return { outcomes, tenants: aws.inspect.tenants(), log: aws.log.map(({ requestId }) => requestId) };
};

test('the same seed makes the same world, another seed another', async () => {
  const once = await story(7);
  expect(await story(7)).toEqual(once);
  expect(await story(8)).not.toEqual(once);
});
