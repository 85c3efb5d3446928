import { expect, test } from 'vitest';
import { Failure } from '../../../reconcilers/failure.ts';
import type { Listed } from '../../../reconcilers/orphans.ts';
import type { Blueprint, CertificateSummary } from '../../../reconcilers/ports/fleet.ts';
import type { Serving } from '../../../src/telemetry/account-metrics.ts';
import { countedLists, type Sources } from '../../../src/telemetry/account.ts';

const lists: Listed = { tenants: [], certificates: [], connectionGroups: [], webAcls: [], ipSets: [] };
const nobody = (): boolean => false;
const fresh = { notBefore: new Date(5), signal: new AbortController().signal };

const certificate = (arn: string): CertificateSummary => ({ arn, status: 'ISSUED', names: [], inUse: true, issued: 'ACM', createdAt: undefined, notAfter: undefined, managedBy: undefined });

const blueprint = (id: string): Blueprint => ({ id, arn: id, tenantOnly: true, enabled: true, deployed: true, certificateArn: `arn:wildcard-of-${id}`, parameters: [] });

const tier = (distributionId: string) => ({ spec: { distributionId } }) as ReturnType<Sources['tiers']>[number];

/** Lists over two tiers of one distribution, where one TenantDomain is served with `arn:own` and has `arn:next` coming; and what the metrics were told. */
const setUp = (blueprintOf: (id: string) => Promise<Blueprint | undefined>) => {
  const asked: { readonly id: string; readonly notBefore: Date }[] = [];
  const told: { readonly lists: Listed; readonly serving: (arn: string) => Serving | undefined }[] = [];
  const live = {
    pollMs: 600_000,
    all: () => Promise.resolve(lists),
    fleet: { blueprints: { get: (id: string, { notBefore }: { readonly notBefore: Date }) => (asked.push({ id, notBefore }), blueprintOf(id)) } },
  };
  const tenant = { status: { certificates: [{ arn: 'arn:own', use: 'Serving' }, { arn: 'arn:next', use: 'Pending' }] } } as const;
  const sources: Sources = { tiers: () => [tier('E1'), tier('E1')], tenantsWith: (arn) => (arn === 'arn:foreign' ? [] : [tenant]) };
  const counted = countedLists(live, { listed: (all, servingOf) => void told.push({ lists: all, serving: (arn) => servingOf(certificate(arn)) }) }, sources);
  return { counted, asked, told };
};

test('whoever asks for the lists gets them as they are, and the metrics are told of them, and of what each certificate serves', async () => {
  const { counted, asked, told } = setUp((id) => Promise.resolve(blueprint(id)));
  expect(await counted.all(fresh, nobody)).toBe(lists);
  expect(counted.pollMs).toBe(600_000);
  expect(told.map(({ lists: all }) => all)).toEqual([lists]);
  expect(['arn:own', 'arn:next', 'arn:foreign', 'arn:wildcard-of-E1'].map((arn) => told[0]?.serving(arn))).toEqual(['tenant', undefined, undefined, 'distribution']);
  expect(asked).toEqual([{ id: 'E1', notBefore: new Date(0) }]);
});

test.each([
  { name: 'cannot be read', answer: () => Promise.reject(new Failure({ kind: 'blocked', reason: 'AccessDenied', code: 'AccessDenied', message: 'get distribution: no' })) },
  { name: 'is not there', answer: () => Promise.resolve(undefined) },
])('a distribution that $name holds up neither the lists nor the rest of the count', async ({ answer }) => {
  const { counted, told } = setUp(answer);
  expect(await counted.all(fresh, nobody)).toBe(lists);
  expect(['arn:own', 'arn:wildcard-of-E1'].map((arn) => told[0]?.serving(arn))).toEqual(['tenant', undefined]);
});

test('a bug is no failure, and is not swallowed', async () => {
  const { counted } = setUp(() => Promise.reject(new TypeError('no')));
  await expect(counted.all(fresh, nobody)).rejects.toThrow(TypeError);
});
