import { describe, expect, test } from 'vitest';
import type { DeletionPolicy, EdgeTier, TenantDomain, TenantDomainStatus } from '../../../crds/types.ts';
import { type Namespace, loadSubject, type Sources, type Subject, tenantDomainIndexes, wakesOf } from '../../../reconcilers/tenant-domain/subject.ts';
import { condition, domains, edgeTier, group, tenantDomain } from '../builders.ts';
import { arnOf, certificate, subject, tenant } from './builders.ts';

const indexes = tenantDomainIndexes('test');
const ready = edgeTier({}, { status: { conditions: [{ type: 'DistributionReady', status: 'True', reason: 'Found', message: '', lastTransitionTime: '' }], distribution: { arn: '', parameters: [] }, connectionGroups: [{ name: 'default', ...group }] } });
const brand: Namespace = { metadata: { name: 'brand', labels: { plan: 'enterprise' } } };

const sourcesOf = (world: { readonly tenants?: readonly TenantDomain[]; readonly tier?: EdgeTier | undefined; readonly namespace?: Namespace | undefined }): Sources => {
  const { tenants = [], tier = ready, namespace = brand } = { ...world };
  return {
    tenantDomains: { get: (key) => tenants.find(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` === key), by: (index, value) => tenants.filter((object) => indexes[index](object).includes(value)) },
    edgeTiers: { get: (name) => ('tier' in world && world.tier === undefined ? undefined : name === 'gold' ? tier : undefined), by: () => [] },
    namespaces: { get: (name) => (name === 'brand' ? namespace : undefined), by: () => [] },
  };
};
const loaded = (object: TenantDomain, world: Parameters<typeof sourcesOf>[0] = {}): Subject | undefined => loadSubject(sourcesOf({ tenants: [object], ...world }), 'test')('brand/shop')?.subject;

describe('the subject of a tenant', () => {
  test('is the object with what its tier and namespace make of it', () => {
    const object = tenantDomain({ deletionPolicy: 'Delete' });
    expect(loadSubject(sourcesOf({ tenants: [object] }), 'test')('brand/shop')).toEqual({ object, subject: subject() });
  });

  test('is not there without the object', () => {
    expect(loadSubject(sourcesOf({}), 'test')('brand/shop')).toBeUndefined();
  });

  test('knows what is valid of its names though the spec as a whole is not', () => {
    expect(loaded(tenantDomain({ domains: ['b.example.com', '-', 'A.example.com'] }))?.names).toEqual(domains('a.example.com', 'b.example.com'));
  });

  test('says that the object is being deleted', () => {
    expect(loaded(tenantDomain({}, { metadata: { deletionTimestamp: '2030-01-01T00:00:00Z' } }))?.deleting).toBe(true);
  });

  const is = { accepted: condition({ type: 'Accepted', reason: 'Accepted' }), ready: condition({ type: 'Ready', reason: 'Served' }) };
  const moving = { ...ready, spec: { ...ready.spec, defaultConnectionGroup: 'fresh' } };
  test.each<{ name: string; because: string; status: TenantDomainStatus; want: string | undefined }>([
    { name: 'stays', because: 'its endpoint is the one that its status shows', status: { conditions: [is.accepted, is.ready] }, want: 'cg_2 d2.cloudfront.net' },
    { name: 'stays in a group that the tier shows', because: 'its endpoint is known, whatever is being deployed', status: { conditions: [is.accepted], distributionTenant: { connectionGroupId: group.id } }, want: `${group.id} ${group.endpoint}` },
    { name: 'does not stay in a group that it may be on its way out of, or not be served through', because: 'the endpoint may be another one\'s', status: { conditions: [is.accepted, { ...is.ready, status: 'False' }] }, want: undefined },
    { name: 'does not stay where its spec has changed', because: 'it may come from another tier', status: { conditions: [{ ...is.accepted, observedGeneration: 0 }, is.ready] }, want: undefined },
    { name: 'does not stay where its spec was not accepted', because: 'it may come from another tier', status: { conditions: [{ ...is.accepted, status: 'False' }, is.ready] }, want: undefined },
    { name: 'does not stay where it is nowhere', because: 'it is new', status: { conditions: [is.accepted, is.ready], distributionTenant: {} }, want: undefined },
  ])('$name, while the default group of its tier cannot be used yet: $because', ({ status, want }) => {
    const object = tenantDomain({}, { status: { endpoint: 'd2.cloudfront.net', distributionTenant: { connectionGroupId: 'cg_2' }, ...status } });
    const accepted = loaded(object, { tier: moving })?.accepted;
    const place = accepted?.is === 'accepted' ? accepted.wants.group : undefined;
    expect(place && `${place.id} ${place.endpoint}`).toBe(want);
  });

  test.each<{ name: string; because: string; own?: DeletionPolicy; tier: EdgeTier | undefined; want: Subject['retain'] }>([
    { name: 'its own Delete', because: 'a tenant decides for itself', own: 'Delete', tier: edgeTier({ deletionPolicy: 'Retain' }), want: { is: false, because: 'spec.deletionPolicy is Delete' } },
    { name: 'its own Retain', because: 'a tenant decides for itself', own: 'Retain', tier: edgeTier(), want: { is: true, because: 'spec.deletionPolicy is Retain' } },
    { name: "the tier's Delete", because: 'the tier at the moment of deletion', tier: edgeTier(), want: { is: false, because: 'the deletionPolicy of EdgeTier "gold" is Delete' } },
    { name: "the tier's Retain", because: 'the tier at the moment of deletion', tier: edgeTier({ deletionPolicy: 'Retain' }), want: { is: true, because: 'the deletionPolicy of EdgeTier "gold" is Retain' } },
    { name: 'nothing, the tier being gone', because: 'nothing is deleted on a guess', tier: undefined, want: { is: true, because: 'EdgeTier "gold" is gone, so its deletionPolicy is not known' } },
  ])('keeps or not what is in AWS by $name: $because', ({ own, tier, want }) => {
    expect(loaded(tenantDomain(own ? { deletionPolicy: own } : {}), { tier })?.retain).toEqual(want);
  });
});

describe('a tenant is woken', () => {
  const mine = tenantDomain({}, { status: { certificates: [{ arn: arnOf('a'), use: 'Serving' }] } });
  const other = tenantDomain({ tierRef: { name: 'basic' }, certificate: { arn: arnOf('e') } }, { metadata: { name: 'other', namespace: 'elsewhere' } });
  const wakes = wakesOf(sourcesOf({ tenants: [mine, other] }));

  test.each<{ name: string; keys: readonly string[]; want: readonly string[] }>([
    { name: 'itself', keys: wakes.tenantDomains.keys(mine), want: ['brand/shop'] },
    { name: 'its tier', keys: wakes.edgeTiers.keys(ready), want: ['brand/shop'] },
    { name: 'its namespace', keys: wakes.namespaces.keys(brand), want: ['brand/shop'] },
    { name: 'its tenant in CloudFront', keys: wakes.tenants.keys(tenant()), want: ['brand/shop'] },
    { name: 'no other tenant', keys: wakes.tenants.keys(tenant({ name: 'other' })), want: [] },
    { name: 'a certificate that it remembers', keys: wakes.certificates.keys({ ...certificate(), status: 'ISSUED', issued: 'ACM' }), want: ['brand/shop'] },
    { name: 'the renewal of a certificate that it remembers', keys: wakes.renewals.keys({ arn: arnOf('a'), status: 'FAILED' }), want: ['brand/shop'] },
    { name: 'no renewal of another one', keys: wakes.renewals.keys({ arn: arnOf('z'), status: 'FAILED' }), want: [] },
    { name: 'a certificate that its spec names', keys: wakes.certificates.keys({ ...certificate({ arn: arnOf('e') }), status: 'ISSUED', issued: 'ACM' }), want: ['elsewhere/other'] },
  ])('by $name', ({ keys, want }) => {
    expect(keys).toEqual(want);
  });

  test('not by its own status, but once by a status that another program emptied', () => {
    const { facts } = wakes.tenantDomains;
    const written = tenantDomain({}, { status: { observedGeneration: 1, endpoint: 'a' } });
    expect(facts(tenantDomain({}, { metadata: { resourceVersion: '9' }, status: { observedGeneration: 1, endpoint: 'b' } }))).toEqual(facts(written));
    expect(facts(tenantDomain())).not.toEqual(facts(written));
    expect(facts(tenantDomain({}, { metadata: { generation: 2 }, status: { observedGeneration: 1 } }))).not.toEqual(facts(written));
  });

  test('not by the date on which a certificate ends', () => {
    const summary = { ...certificate(), status: 'ISSUED', issued: 'ACM' } as const;
    expect(wakes.certificates.facts({ ...summary, notAfter: new Date(0) })).toEqual(wakes.certificates.facts(summary));
    expect(wakes.certificates.facts({ ...summary, inUse: true })).not.toEqual(wakes.certificates.facts(summary));
  });
});
