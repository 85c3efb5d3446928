import { expect, test } from 'vitest';
import type { Condition, TenantDomain } from '../../../crds/types.ts';
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
  const scene = { tenants: [served], added: [], done: new Set<string>() };
  show({ ...scene, now: after(1), seconds: 1 });
  show({ ...scene, now: after(2), seconds: 2 });
  show({ ...scene, now: after(3), seconds: 3, added: [{ key: 'acme/shop', type: 'CNAME', name: 'shop.acme.example', value: 'd1.cloudfront.net' }] });
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

test('on a terminal the table is drawn over the one before, with a tick at each tenant that is where it should be', () => {
  const { output, written } = outputOf({ isTTY: true, columns: 200, rows: 24 });
  const show = createAudience(createScreen(output));
  const scene = { tenants: [served], added: [] };
  show({ ...scene, done: new Set(), now: after(1), seconds: 1 });
  written.length = 0;
  show({ ...scene, done: new Set(['acme/shop']), now: after(2), seconds: 2 });
  const text = written.join('');
  expect(text.startsWith('\u001B[3F\u001B[J')).toBe(true);
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
