import { expect, test } from 'vitest';
import type { DnsRecord, TenantDomain } from '../../crds/types.ts';
import { Customers, type Habit } from './customers.ts';
import { createZones } from './dns/zones.ts';

const validation: DnsRecord = {
  type: 'CNAME', name: '_a.shop.acme.example', value: '_b.acm-validations.aws', domains: ['shop.acme.example'], purpose: 'CertificateValidation', action: 'Add', state: 'Missing',
};
const traffic: DnsRecord = { type: 'CNAME', name: 'shop.acme.example', value: 'd1.cloudfront.net', domains: ['shop.acme.example'], purpose: 'Traffic', action: 'Add', state: 'Missing' };

const tenantWith = (...dnsRecords: readonly DnsRecord[]): TenantDomain => ({
  apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain',
  metadata: { name: 'shop', namespace: 'acme', uid: '1', resourceVersion: '1', generation: 1 },
  spec: { tierRef: { name: 'basic' }, domains: ['shop.acme.example'], enabled: true },
  status: { dnsRecords },
});

const at = (seconds: number): Date => new Date(seconds * 1_000);

const customersWith = (habit: Habit) => {
  const zones = createZones();
  const targetOf = (name: string, type = 'CNAME'): string | undefined => {
    const answer = zones.answer({ name, type });
    const [first] = answer.is === 'records' ? answer.records : [];
    return first !== undefined && 'target' in first ? first.target : undefined;
  };
  return { zones, targetOf, customers: new Customers(zones, () => habit) };
};

test('a prompt customer adds at once what is to be added, and nothing that is to be added once Ready', () => {
  const { customers, targetOf } = customersWith({ addsAfterMs: 0 });
  const added = customers.look([tenantWith(validation, { ...traffic, action: 'AddWhenReady' })], at(0));
  expect(added).toEqual([{ key: 'acme/shop', type: 'CNAME', name: validation.name, value: validation.value, instead: false }]);
  expect([targetOf(validation.name), targetOf(traffic.name)]).toEqual([validation.value, undefined]);
});

test('a slow customer adds the record of a certificate so long after it was first asked for, and switches traffic at once', () => {
  const { customers } = customersWith({ addsAfterMs: 40_000 });
  const namesAt = (seconds: number, ...records: readonly DnsRecord[]) => customers.look([tenantWith(...records)], at(seconds)).map(({ name }) => name);
  expect(namesAt(10, validation)).toEqual([]);
  expect(namesAt(49, validation)).toEqual([]);
  expect(namesAt(50, validation)).toEqual([validation.name]);
  expect(namesAt(90, validation, traffic)).toEqual([traffic.name]);
});

test('a customer who errs points traffic elsewhere, validates all the same, and leaves it so however often they are told', () => {
  const { customers, targetOf } = customersWith({ addsAfterMs: 0, pointsAt: 'old.acme.example' });
  customers.look([tenantWith(validation, traffic)], at(0));
  const told = { ...traffic, state: 'Mismatch', message: 'points at old.acme.example' } as const;
  expect(customers.look([tenantWith(validation, told)], at(60))).toEqual([]);
  expect([targetOf(validation.name), targetOf(traffic.name)]).toEqual([validation.value, 'old.acme.example']);
});

test('a customer who is asked for another value changes the record, and one who errs does so again', () => {
  const other = { ...traffic, value: 'd2.cloudfront.net', state: 'Mismatch', message: 'points at d1.cloudfront.net' } as const;
  const followed = (habit: Habit) => {
    const { customers, targetOf } = customersWith(habit);
    customers.look([tenantWith(traffic)], at(0));
    const added = customers.look([tenantWith(other)], at(60));
    return { instead: added.map(({ instead }) => instead), target: targetOf(traffic.name) };
  };
  expect(followed({ addsAfterMs: 0 })).toEqual({ instead: [true], target: 'd2.cloudfront.net' });
  expect(followed({ addsAfterMs: 0, pointsAt: 'old.acme.example' })).toEqual({ instead: [true], target: 'old.acme.example' });
});

test('an ALIAS leads to the same address as its endpoint', () => {
  const { customers, targetOf } = customersWith({ addsAfterMs: 0 });
  customers.look([tenantWith({ ...traffic, type: 'ALIAS' })], at(0));
  expect(targetOf(traffic.name, 'A')).toBeDefined();
  expect(targetOf(traffic.name, 'A')).toBe(targetOf(traffic.value, 'A'));
});
