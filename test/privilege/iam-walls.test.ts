import { describe, expect, test } from 'vitest';
import type { EdgeTier } from '../../crds/types.ts';
import { policyOf } from '../../helm/iam/policies.ts';
import { type FeatureSet, featureSets } from '../../helm/iam/statements.ts';
import { tagsFor } from '../../reconcilers/aws/mark.ts';
import type { Members, Service } from '../environment/aws/contract.ts';
import { createTenantWorld, current } from '../environment/aws/hand-world.ts';
import type { Decision } from '../environment/aws/iam/iam.ts';
import { namespace, Stage } from '../scenario/stage.ts';

type Account = Awaited<ReturnType<typeof accountOf>>;

const tagsOf = (installation: string): { Key: string; Value: string }[] => tagsFor({ installation, namespace: 'acme', name: 'shop', uid: 'uid-1' });
const recordOf = (installation: string) => Object.fromEntries(tagsOf(installation).map(({ Key, Value }) => [Key, Value]));

const rules = { DefaultAction: { Allow: {} }, Rules: [], VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'acl' } };

/** An account in which installation `test` has its own, `other` has its own, and people have what no controller made. */
const accountOf = async (sets: readonly FeatureSet[] = featureSets) => {
  const policies = sets.map((set) => policyOf(set, 'test'));
  const world = createTenantWorld({ roleOf: (caller) => (caller === 'controller' ? policies : undefined) });
  const { operator } = world.aws;
  const owners = { ours: recordOf('test'), others: recordOf('other'), nobodys: {} };
  type Owner = keyof typeof owners;
  const each = <Made>(make: (owner: Owner, tags: Readonly<Record<string, string>>) => Made): Readonly<Record<Owner, Made>> =>
    ({ ours: make('ours', owners.ours), others: make('others', owners.others), nobodys: make('nobodys', owners.nobodys) });
  for (const [owner, tags] of Object.entries(owners)) await world.create(owner, { Tags: { Items: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) } });
  return {
    ...world,
    tenants: each((owner) => current(world.aws, owner)),
    certificates: each((_, tags) => operator.importCertificate({ names: ['spare.example.net'], tags }).arn),
    webAcls: each((owner, tags) => operator.createWebACL({ name: owner, ...(owner !== 'nobodys' && { tags }) })),
    groups: each((owner, tags) => operator.createConnectionGroup({ name: owner, tags })),
  };
};

type Row = { readonly name: string; readonly sets?: readonly FeatureSet[]; readonly call: (account: Account) => readonly [Service, string, Members]; readonly want: 'may' | 'may not' };

const withTags = (installation: string, ...more: readonly { Key: string; Value: string }[]) => ({ Tags: { Items: [...tagsOf(installation), ...more] } });
const certificate = (members: Members): readonly [Service, string, Members] => ['acm', 'RequestCertificate', { DomainName: 'new.example.net', ValidationMethod: 'DNS', Tags: tagsOf('test'), ...members }];

/** With the union of all files, unless told. What a thief of these credentials may do is in here too: SECURITY.md says no less. */
const rows: readonly Row[] = [
  { name: 'create a tenant with our mark', call: ({ tenant }) => ['cloudfront', 'CreateDistributionTenant', tenant('new', withTags('test'))], want: 'may' },
  { name: 'create a tenant without a mark', call: ({ tenant }) => ['cloudfront', 'CreateDistributionTenant', tenant('new')], want: 'may not' },
  { name: "create a tenant with another installation's mark", call: ({ tenant }) => ['cloudfront', 'CreateDistributionTenant', tenant('new', withTags('other'))], want: 'may not' },
  { name: 'create a tenant with a tag of somebody else besides', call: ({ tenant }) => ['cloudfront', 'CreateDistributionTenant', tenant('new', withTags('test', { Key: 'tenantedge.dev/allow-namespace', Value: 'acme' }))], want: 'may not' },
  { name: 'change our tenant', call: ({ tenants }) => ['cloudfront', 'UpdateDistributionTenant', { ...tenants.ours, Enabled: false }], want: 'may' },
  { name: "change another installation's tenant", call: ({ tenants }) => ['cloudfront', 'UpdateDistributionTenant', { ...tenants.others, Enabled: false }], want: 'may not' },
  { name: "change nobody's tenant", call: ({ tenants }) => ['cloudfront', 'UpdateDistributionTenant', { ...tenants.nobodys, Enabled: false }], want: 'may not' },
  { name: "delete nobody's tenant", call: ({ tenants }) => ['cloudfront', 'DeleteDistributionTenant', tenants.nobodys], want: 'may not' },
  { name: "read nobody's tenant", call: ({ tenants }) => ['cloudfront', 'GetDistributionTenant', { Identifier: tenants.nobodys.Id }], want: 'may' },
  { name: "put our mark on nobody's tenant", call: ({ tenants }) => ['cloudfront', 'TagResource', { Resource: tenants.nobodys.arn, ...withTags('test') }], want: 'may' },
  { name: "put our mark on another installation's tenant", call: ({ tenants }) => ['cloudfront', 'TagResource', { Resource: tenants.others.arn, ...withTags('test') }], want: 'may not' },
  { name: 'take our mark away', call: ({ tenants }) => ['cloudfront', 'UntagResource', { Resource: tenants.ours.arn, TagKeys: { Items: ['tenantedge.dev/installation'] } }], want: 'may not' },
  { name: 'mark a distribution', call: ({ aws }) => ['cloudfront', 'TagResource', { Resource: aws.inspect.distributions()[0]?.arn ?? '', ...withTags('test') }], want: 'may not' },
  { name: 'change a distribution, and so where it fetches from', call: ({ distributionId }) => ['cloudfront', 'UpdateDistribution', { Id: distributionId }], want: 'may not' },
  { name: 'delete a distribution', call: ({ distributionId }) => ['cloudfront', 'DeleteDistribution', { Id: distributionId }], want: 'may not' },
  { name: 'take a domain from another resource', call: ({ tenants }) => ['cloudfront', 'UpdateDomainAssociation', { Domain: 'nobodys.example.com', TargetResource: { DistributionTenantId: tenants.ours.Id } }], want: 'may not' },
  { name: "change nobody's connection group", call: ({ groups }) => ['cloudfront', 'UpdateConnectionGroup', { Id: groups.nobodys.id, Enabled: false }], want: 'may not' },
  { name: "delete another installation's connection group", call: ({ groups }) => ['cloudfront', 'DeleteConnectionGroup', { Id: groups.others.id }], want: 'may not' },
  { name: 'request a certificate with our mark', call: () => certificate({}), want: 'may' },
  { name: 'have a certificate proved by mail', call: () => certificate({ ValidationMethod: 'EMAIL' }), want: 'may not' },
  { name: 'have a certificate proved by mail that is without a mark', call: () => certificate({ ValidationMethod: 'EMAIL', Tags: [] }), want: 'may not' },
  { name: 'request a certificate whose private key can be exported', call: () => certificate({ Options: { Export: 'ENABLED' } }), want: 'may not' },
  { name: 'request a certificate whose private key can be exported, without a mark', call: () => certificate({ Options: { Export: 'ENABLED' }, Tags: [] }), want: 'may not' },
  { name: 'request a certificate whose private key stays where it is, and say so', call: () => certificate({ Options: { Export: 'DISABLED' } }), want: 'may' },
  { name: 'request a certificate without a mark', sets: ['observe', 'tenants', 'connection-groups', 'web-acls'], call: () => certificate({ Tags: [] }), want: 'may not' },
  { name: 'request a certificate without a mark, where CloudFront may issue them', call: () => certificate({ Tags: [] }), want: 'may' },
  { name: 'delete our certificate', call: ({ certificates }) => ['acm', 'DeleteCertificate', { CertificateArn: certificates.ours }], want: 'may' },
  { name: "delete nobody's certificate", call: ({ certificates }) => ['acm', 'DeleteCertificate', { CertificateArn: certificates.nobodys }], want: 'may not' },
  { name: "put our mark on another installation's certificate", call: ({ certificates }) => ['acm', 'AddTagsToCertificate', { CertificateArn: certificates.others, Tags: tagsOf('test') }], want: 'may not' },
  { name: 'let a namespace use a certificate', call: ({ certificates }) => ['acm', 'AddTagsToCertificate', { CertificateArn: certificates.nobodys, Tags: [{ Key: 'tenantedge.dev/allow-namespace', Value: 'acme' }] }], want: 'may not' },
  { name: 'import a certificate', call: () => ['acm', 'ImportCertificate', { Certificate: Buffer.from('evil.example'), PrivateKey: Buffer.from('key') }], want: 'may not' },
  { name: 'read the chain of a certificate', call: ({ certificates }) => ['acm', 'GetCertificate', { CertificateArn: certificates.ours }], want: 'may not' },
  { name: 'change our web ACL', call: ({ webAcls, aws }) => ['wafv2', 'UpdateWebACL', { Name: 'ours', Id: webAcls.ours.id, Scope: 'CLOUDFRONT', LockToken: aws.inspect.webAcls().find(({ name }) => name === 'ours')?.lockToken, ...rules }], want: 'may' },
  { name: "change nobody's web ACL", call: ({ webAcls }) => ['wafv2', 'UpdateWebACL', { Name: 'nobodys', Id: webAcls.nobodys.id, Scope: 'CLOUDFRONT', ...rules }], want: 'may not' },
  { name: "delete another installation's web ACL", call: ({ webAcls }) => ['wafv2', 'DeleteWebACL', { Name: 'others', Id: webAcls.others.id, Scope: 'CLOUDFRONT' }], want: 'may not' },
];

describe('with all policies the controller', () => {
  test.each(rows)('$want $name', async ({ call, want, sets }) => {
    const account = await accountOf(sets);
    const [service, operation, input] = call(account);
    const outcome = await account.aws.call(service, operation, input, 'controller').then(() => 'may', (error: unknown) => (error instanceof Error && error.name.startsWith('AccessDenied') ? 'may not' : error));
    expect(outcome).toBe(want);
  });
});

test('a refusal names the action, the resource and the caller as AWS does', async () => {
  const { aws, tenants } = await accountOf();
  const refused = aws.call('cloudfront', 'DeleteDistributionTenant', tenants.nobodys, 'controller');
  await expect(refused).rejects.toMatchObject({
    name: 'AccessDenied', status: 403,
    message: `User: arn:aws:sts::123456789012:assumed-role/tenant-edge/controller is not authorized to perform: cloudfront:DeleteDistributionTenant on resource: ${tenants.nobodys.arn} because no identity-based policy allows the cloudfront:DeleteDistributionTenant action`,
  });
});

test('observe.json is enough for a controller that is only to say what it would do', async () => {
  const decisions: Decision[] = [];
  const stage = new Stage({ seed: 1, wildcard: true, roleOf: (caller) => (caller === 'controller' ? [policyOf('observe', 'test')] : undefined), onDecision: (decision) => decisions.push(decision) });
  stage.world.apply(namespace('acme'));
  stage.managedTier('basic');
  stage.annotate('EdgeTier', 'basic', 'dry-run', 'true');
  stage.tenants([1]);
  stage.annotate('TenantDomain', 'acme/t1', 'dry-run', 'true');
  stage.start();
  await stage.world.run(60 * 60_000);
  stage.world.kill();
  const ready = (stage.world.tier('basic') as EdgeTier).status?.conditions?.find(({ type }) => type === 'Ready');
  expect(ready?.reason).toBe('DryRun');
  expect(decisions.filter(({ verdict }) => !verdict.allowed).map(({ need }) => need.action)).toEqual([]);
  expect(decisions.length).toBeGreaterThan(0);
});
