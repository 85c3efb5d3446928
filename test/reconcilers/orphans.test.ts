import { describe, expect, test } from 'vitest';
import type { Mark } from '../../reconcilers/aws/mark.ts';
import { judge, type Judgement, type Listed, type Objects, type Stray, straysIn, unreadOf } from '../../reconcilers/orphans.ts';
import { tierResourceNameOf, type TierResource } from '../../reconcilers/names.ts';
import type { CertificateSummary, TenantSummary } from '../../reconcilers/ports/fleet.ts';
import { ago, minutes } from './builders.ts';

/** One object, `brand/shop`, whose tenant is called `brand-shop-1` and which remembers `arn:remembered`; and a tier `plain` without web ACLs of its own. */
const objects: Objects = {
  get: (key) => (key === 'brand/shop' ? {} : undefined),
  by: (index, value) => (value === { tenant: 'brand-shop-1', certificate: 'arn:remembered' }[index] ? [{}] : []),
  tiers: (kind) => (kind === 'group' ? ['basic', 'plain'] : ['basic']),
};

const certificate = (arn: string, over: Partial<CertificateSummary> = {}): CertificateSummary => ({
  arn, status: 'ISSUED', names: ['a.example.com', 'b.example.com'], inUse: false, issued: 'ACM', createdAt: ago(minutes(60)), notAfter: undefined, managedBy: undefined, ...over,
});

const tenant = (name: string): TenantSummary => ({
  id: `dt_${name}`, arn: `arn:${name}`, name, etag: 'E1', distributionId: 'E2EXAMPLE', connectionGroupId: undefined, enabled: true, deployed: true,
  domains: [], certificateArn: undefined, webAcl: { is: 'inherit' }, geo: undefined,
});

const resource = (tier: string, kind: TierResource, part: string) => ({ arn: `arn:${tier}-${part}`, name: tierResourceNameOf({ installation: 'test', tier }, kind, part) });

const strays = (listed: Partial<Listed>): readonly string[] => straysIn({ tenants: [], certificates: [], connectionGroups: [], webAcls: [], ipSets: [], ...listed }, objects, 'test').map(({ arn }) => arn);

describe('a stray is what no object knows', () => {
  test.each<{ name: string; because: string; given: Partial<Listed>; want: readonly string[] }>([
    { name: 'the tenant of an object is known', because: 'its name is derived', given: { tenants: [tenant('brand-shop-1')] }, want: [] },
    { name: 'a tenant by another name is a stray', because: 'no object looks for it', given: { tenants: [tenant('brand-shop-2')] }, want: ['arn:brand-shop-2'] },
    { name: 'a remembered certificate is known', because: 'its ARN is in a status', given: { certificates: [certificate('arn:remembered')] }, want: [] },
    { name: 'another certificate is a stray', because: 'its ARN is nowhere', given: { certificates: [certificate('arn:1')] }, want: ['arn:1'] },
    { name: 'an imported certificate is none', because: 'we never import', given: { certificates: [certificate('arn:1', { issued: 'elsewhere' })] }, want: [] },
    { name: 'a web ACL of a living tier is known', because: 'its name is derived', given: { webAcls: [resource('basic', 'web-acl', '1')] }, want: [] },
    { name: 'a web ACL by the name of a tier that has none of its own is a stray', because: 'nobody looks for it', given: { webAcls: [resource('plain', 'web-acl', '1')], ipSets: [resource('plain', 'ip-set', 'office-v4')] }, want: ['arn:plain-1', 'arn:plain-office-v4'] },
    { name: 'a connection group of that tier is known', because: 'a tier always looks for them', given: { connectionGroups: [resource('plain', 'group', 'shared')] }, want: [] },
    { name: 'an IP set of a tier that is gone is a stray', because: 'no tier derives its name', given: { ipSets: [resource('gone', 'ip-set', 'office-v4')] }, want: ['arn:gone-office-v4'] },
    { name: 'a connection group of a tier that is gone is a stray', because: 'no tier derives its name', given: { connectionGroups: [resource('gone', 'group', 'shared')] }, want: ['arn:gone-shared'] },
    { name: 'a web ACL that is named otherwise is none', because: 'ours never are', given: { webAcls: [{ arn: 'arn:1', name: 'company-wide' }] }, want: [] },
    {
      name: 'the youngest certificate comes first', because: 'what a dying process left over is young',
      given: { certificates: [certificate('arn:undated', { createdAt: undefined }), certificate('arn:old'), certificate('arn:young', { createdAt: ago(minutes(1)) })] },
      want: ['arn:young', 'arn:old', 'arn:undated'],
    },
  ])('$name, because $because', ({ given, want }) => {
    expect(strays(given)).toEqual(want);
  });
});

const stray = (arn: string, type: Stray['type'] = 'Certificate'): Stray => ({ type, arn, title: arn });
const many = (count: number, type: Stray['type']): readonly Stray[] => Array.from({ length: count }, (_, index) => stray(`arn:${type}:${index}`, type));
const arnsOf = (all: readonly Stray[]): ReadonlySet<string> => new Set(all.map(({ arn }) => arn));

describe('tags are read of few', () => {
  test('of strays of two sweeps in a row, and of each once', () => {
    const unread = unreadOf([stray('arn:new'), stray('arn:lasting'), stray('arn:judged')], new Set(['arn:lasting', 'arn:judged', 'arn:gone']), (arn) => arn === 'arn:judged');
    expect(unread).toEqual([stray('arn:lasting')]);
  });

  test('of 25 of each type at once, so that many of one type do not keep the other waiting', () => {
    const all = [...many(2_500, 'Certificate'), ...many(30, 'DistributionTenant')];
    const unread = unreadOf(all, arnsOf(all), () => false);
    expect(unread).toEqual([...many(25, 'Certificate'), ...many(25, 'DistributionTenant')]);
  });
});

describe('a stray is judged by its mark', () => {
  const mark = (over: Partial<Mark> = {}): Mark => ({ installation: 'test', namespace: 'brand', name: 'shop', uid: 'uid-1', ...over });
  const gone = mark({ name: 'gone' });
  test.each<{ name: string; given: { readonly type: Stray['type']; readonly mark: Mark | 'foreign' }; want: Judgement }>([
    { name: 'without our mark it is foreign', given: { type: 'Certificate', mark: 'foreign' }, want: { is: 'foreign' } },
    { name: "with another installation's mark it is foreign", given: { type: 'DistributionTenant', mark: mark({ installation: 'other' }) }, want: { is: 'foreign' } },
    { name: 'a certificate of a living object is handed back', given: { type: 'Certificate', mark: mark() }, want: { is: 'owned', owner: 'brand/shop' } },
    { name: 'a certificate of an object that is gone is an orphan', given: { type: 'Certificate', mark: gone }, want: { is: 'orphan', orphan: { ...stray('arn:1'), mark: gone } } },
    { name: 'a tenant of an object that is gone is an orphan', given: { type: 'DistributionTenant', mark: gone }, want: { is: 'orphan', orphan: { ...stray('arn:1', 'DistributionTenant'), mark: gone } } },
    {
      name: 'a tenant by a name that its living owner does not derive is an orphan', given: { type: 'DistributionTenant', mark: mark() },
      want: { is: 'orphan', orphan: { ...stray('arn:1', 'DistributionTenant'), mark: mark() } },
    },
  ])('$name', ({ given, want }) => {
    expect(judge(stray('arn:1', given.type), given.mark, 'test', objects)).toEqual(want);
  });
});
