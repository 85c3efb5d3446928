import { expect, test } from 'vitest';
import type { Condition, EdgeTier, TenantDomain } from '../../../crds/types.ts';
import { createAudience } from './audience.ts';
import { createScreen, type Output } from './screen.ts';
import { linesOf, rowOf, saysTheSame, titles } from './table.ts';

const created = '2030-01-01T00:00:00Z';
const after = (seconds: number): Date => new Date(Date.parse(created) + seconds * 1_000);

const condition = (type: string, status: Condition['status'], reason: string): Condition => ({ type, status, reason, message: '', lastTransitionTime: created });

const tenantWith = (...conditions: readonly Condition[]): TenantDomain => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain',
  metadata: { name: 'shop', namespace: 'acme', uid: '1', resourceVersion: '1', generation: 1, creationTimestamp: created },
  spec: { tierRef: { name: 'basic' }, domains: ['shop.acme.example', 'www.acme.example'], enabled: true },
  status: { conditions },
});

const served = tenantWith(condition('Ready', 'True', 'Served'), condition('CertificateReady', 'True', 'Issued'), condition('DNSConfigured', 'False', 'NotConfigured'));

const outputOf = (output: Omit<Output, 'write'>) => {
  const written: string[] = [];
  return { output: { ...output, write: (text: string) => written.push(text) }, written };
};

test('a row has what kubectl shows in its columns', () => {
  expect(linesOf([titles, rowOf(served, after(70))])).toEqual([
    'NAMESPACE  NAME  READY  REASON  DOMAIN             TIER   CERTIFICATE  DNS            AGE',
    'acme       shop  True   Served  shop.acme.example  basic  Issued       NotConfigured  70s',
  ]);
});

test('a tenant that nobody has looked at has a row with gaps', () => {
  expect(rowOf(tenantWith(), after(0))).toEqual(['acme', 'shop', '', '', 'shop.acme.example', 'basic', '', '', '0s']);
});

test.each([
  { seconds: 0, age: '0s' },
  { seconds: 119, age: '119s' },
  { seconds: 120, age: '2m' },
  { seconds: 125, age: '2m5s' },
])('after $seconds s the age is $age', ({ seconds, age }) => {
  expect(rowOf(served, after(seconds)).at(-1)).toBe(age);
});

test('a row that has only grown older says nothing new', () => {
  expect(saysTheSame(rowOf(served, after(1)), rowOf(served, after(9)))).toBe(true);
  expect(saysTheSame(rowOf(tenantWith(), after(1)), rowOf(served, after(1)))).toBe(false);
  expect(saysTheSame(undefined, rowOf(served, after(1)))).toBe(false);
});

test('without a terminal each change is a line of its own, and what stays is said once', () => {
  const { output, written } = outputOf({});
  const show = createAudience(createScreen(output));
  const scene = { tenants: [served], tiers: [], added: [], done: new Set<string>() };
  show({ ...scene, now: after(1), seconds: 1 });
  show({ ...scene, now: after(2), seconds: 2 });
  show({ ...scene, now: after(3), seconds: 3, added: [{ key: 'acme/shop', type: 'CNAME', name: 'shop.acme.example', value: 'd1.cloudfront.net', instead: false }] });
  show({ ...scene, now: after(4), seconds: 4, tenants: [] });
  show({ ...scene, now: after(5), seconds: 5, tenants: [] });
  const lines = written.join('').trimEnd().split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim());
  expect(lines).toEqual([
    'NAMESPACE NAME READY REASON DOMAIN TIER CERTIFICATE DNS AGE',
    '1 s acme shop True Served shop.acme.example basic Issued NotConfigured 1s',
    '3 s the customer of acme/shop adds CNAME shop.acme.example -> d1.cloudfront.net',
    '4 s acme/shop is gone',
  ]);
  expect(written.join('')).not.toContain('\u001B');
});

const tierWith = (status: NonNullable<EdgeTier['status']>): EdgeTier => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier',
  metadata: { name: 'premium', uid: '2', resourceVersion: '1', generation: 1 },
  spec: {
    distributionId: 'E1', webACL: { type: 'Inherit' }, certificate: { issuer: 'ACM' }, allowedNamespaces: { from: 'All' }, ownership: { proof: 'None' }, deletionPolicy: 'Delete',
  },
  status,
});

const ready = [condition('Ready', 'True', 'Available'), condition('WebACLReady', 'True', 'RollingOut')];
const rollout = { configHash: 'a', phase: 'Observing', updated: 1, total: 2, changedAt: created } as const;

test('a tier has a line for what its web ACLs hold and how far a rollout is, each time that it differs', () => {
  const { output, written } = outputOf({});
  const show = createAudience(createScreen(output));
  const scene = { tenants: [], added: [], now: after(1) };
  const webACLs = [{ name: 'premium-1', tenants: 2 }, { name: 'premium-2', tenants: 1 }];
  show({ ...scene, seconds: 1, tiers: [tierWith({ conditions: ready })] });
  show({ ...scene, seconds: 2, tiers: [tierWith({ conditions: ready, webACLs, rollout })] });
  show({ ...scene, seconds: 3, tiers: [tierWith({ conditions: ready, webACLs, rollout })] });
  show({ ...scene, seconds: 4, tiers: [tierWith({ conditions: ready, webACLs, rollout: { ...rollout, updated: 2 } })] });
  expect(written.join('').trimEnd().split('\n').slice(1).map((line) => line.trim())).toEqual([
    '1 s  tier premium: True Available, rules RollingOut, web ACLs none of its own',
    '2 s  tier premium: True Available, rules RollingOut, web ACLs 2 with 2 + 1 tenants, Observing in 1 of 2',
    '4 s  tier premium: True Available, rules RollingOut, web ACLs 2 with 2 + 1 tenants, Observing in 2 of 2',
  ]);
});

test('a tenant whose tier, endpoint or web ACL becomes another one is told of, and its customer who follows', () => {
  const { output, written } = outputOf({});
  const show = createAudience(createScreen(output));
  const at = (tier: string, endpoint: string, acl: string | undefined): TenantDomain => ({
    ...served, spec: { ...served.spec, tierRef: { name: tier } },
    status: { ...served.status, endpoint, distributionTenant: { id: 'dt_1', ...(acl !== undefined && { webACLArn: `arn:aws:wafv2:us-east-1:123456789012:global/webacl/${acl}/0a` }) } },
  });
  const scene = { tiers: [], added: [], now: after(1), seconds: 1 };
  show({ ...scene, tenants: [at('basic', 'd1', undefined)] });
  show({ ...scene, tenants: [at('basic', 'd1', 'basic-1')] });
  written.length = 0;
  show({ ...scene, tenants: [at('premium', 'd2', 'premium-1')], added: [{ key: 'acme/shop', type: 'CNAME', name: 'shop.acme.example', value: 'd2', instead: true }] });
  expect(written.join('').trimEnd().split('\n').slice(1).map((line) => line.trim())).toEqual([
    '1 s  acme/shop: tier basic -> premium',
    '1 s  acme/shop: endpoint d1 -> d2',
    '1 s  acme/shop: web ACL basic-1 -> premium-1',
    '1 s  the customer of acme/shop changes CNAME shop.acme.example -> d2',
  ]);
});

test('on a terminal the table is drawn over the one before, with a tick at each tenant that is where it should be', () => {
  const { output, written } = outputOf({ isTTY: true, columns: 200, rows: 24 });
  const show = createAudience(createScreen(output));
  const scene = { tenants: [served], tiers: [], added: [] };
  show({ ...scene, done: new Set(), now: after(1), seconds: 1 });
  written.length = 0;
  show({ ...scene, done: new Set(['acme/shop']), now: after(2), seconds: 2 });
  const text = written.join('');
  expect(text.startsWith('\u001B[6F\u001B[J')).toBe(true);
  expect(text).toContain('\n✓ acme ');
});

test('what is said on a terminal stands above the table, which moves down', () => {
  const { output, written } = outputOf({ isTTY: true, columns: 80, rows: 24 });
  const screen = createScreen(output);
  screen.show(['table']);
  written.length = 0;
  screen.say('news');
  expect(written.join('')).toBe('\u001B[1F\u001B[Jnews\ntable\n');
});

test('a table larger than the terminal is cut at its edges, so that it can be drawn over', () => {
  const { output, written } = outputOf({ isTTY: true, columns: 6, rows: 3 });
  createScreen(output).show(['123456', '1234567', 'out of sight']);
  expect(written.join('')).toBe('123456\n12345…\n');
});
