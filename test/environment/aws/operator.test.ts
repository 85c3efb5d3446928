import { expect, test } from 'vitest';
import { hostileKnobs } from './knobs.ts';
import { createHandWorld, createTenantWorld } from './hand-world.ts';
import { aclInput, ruleOf } from './waf-inputs.ts';

test('what a person makes is there at once, also in a hostile world', async () => {
  const { aws } = createHandWorld({ knobs: { ...hostileKnobs, staleReads: [3, 3], throttleProbability: 0, failureProbability: 0 } });
  const { arn: acl } = aws.operator.createWebACL({ name: 'acl' });
  const { arn: set } = aws.operator.createIPSet({ name: 'set' });
  aws.operator.createWebACL({ name: 'about-the-set', rules: [ruleOf({ IPSetReferenceStatement: { ARN: set } })] });
  const { arn } = aws.operator.importCertificate({ names: ['*.example.com'] });
  const { id } = aws.operator.createDistribution({ certificateArn: arn, webAclArn: acl });
  const { id: group } = aws.operator.createConnectionGroup({ name: 'shared' });
  expect(await aws.call('cloudfront', 'GetDistribution', { Id: id })).toMatchObject({ Distribution: { Status: 'Deployed' } });
  expect(await aws.call('cloudfront', 'GetConnectionGroup', { Identifier: group })).toMatchObject({ ConnectionGroup: { Status: 'Deployed' } });
  expect(await aws.call('acm', 'DescribeCertificate', { CertificateArn: arn })).toMatchObject({ Certificate: { Status: 'ISSUED' } });
  expect(await aws.call('wafv2', 'GetWebACL', { ARN: acl })).toMatchObject({ WebACL: { Name: 'acl' } });
});

test('what a person makes can have a given id, by which it is found', async () => {
  const { aws } = createHandWorld();
  const { id } = aws.operator.createDistribution({ id: 'E1EXAMPLE' });
  const { id: group } = aws.operator.createConnectionGroup({ id: 'cg_1Example', name: 'shared' });
  const { arn } = aws.operator.createWebACL({ id: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d', name: 'acl' });
  expect({ id, group, acl: arn.split('/').at(-1) }).toEqual({ id: 'E1EXAMPLE', group: 'cg_1Example', acl: '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d' });
  expect(await aws.call('cloudfront', 'GetDistribution', { Id: 'E1EXAMPLE' })).toMatchObject({ Distribution: { Status: 'Deployed' } });
  expect(await aws.call('cloudfront', 'GetConnectionGroup', { Identifier: 'cg_1Example' })).toMatchObject({ ConnectionGroup: { Name: 'shared' } });
  expect(await aws.call('wafv2', 'GetWebACL', { ARN: arn })).toMatchObject({ WebACL: { Name: 'acl' } });
});

test('an edit by someone else moves the version, so that one’s own update is stale', async () => {
  const { aws, create, outcome } = createTenantWorld();
  const target = await create('abc');
  aws.operator.editTenant('abc', { Enabled: false });
  expect(await outcome('cloudfront', 'UpdateDistributionTenant', { ...target, Enabled: true })).toBe('PreconditionFailed');
  expect(aws.log.at(-2)).toMatchObject({ caller: 'operator', operation: 'UpdateDistributionTenant', subject: 'abc', committed: true });
});

test('what happens outside of the account happens at its own time, and is in the log', async () => {
  const { aws, create, pass } = createTenantWorld();
  const { operator } = aws;
  await create('abc');
  await pass(5);
  operator.foreignDomain('foreign.example.com');
  operator.releaseForeignDomain('foreign.example.com');
  operator.serveToken('shop.brand.com', true);
  operator.setCaa('example.com', 'forbids');
  expect(aws.log.slice(-4)).toMatchObject([
    { caller: 'operator', operation: 'AssociateForeignDomain', subject: 'foreign.example.com', at: new Date('2026-01-01T00:00:05Z') },
    { caller: 'operator', operation: 'DisassociateForeignDomain', subject: 'foreign.example.com' },
    { caller: 'operator', operation: 'ServeToken', subject: 'shop.brand.com' },
    { caller: 'operator', operation: 'SetCaa', subject: 'example.com' },
  ]);
});

test('a certificate and a web ACL can be torn from under a tenant, which stops being served or protected by them', async () => {
  const { aws, create, pass, certificateArn, outcome } = createTenantWorld();
  const { arn: acl } = aws.operator.createWebACL({ name: 'acl' });
  await create('abc');
  await pass(5);
  aws.operator.revokeCertificate(certificateArn);
  expect(aws.serves('abc.example.com')).toEqual({ served: false, why: 'no valid certificate covers the name' });
  aws.operator.deleteCertificate(certificateArn);
  aws.operator.deleteWebACL(acl);
  expect(await outcome('acm', 'DescribeCertificate', { CertificateArn: certificateArn })).toBe('ResourceNotFoundException');
  expect(await outcome('wafv2', 'GetWebACL', { ARN: acl })).toBe('WAFNonexistentItemException');
});

test('a certificate grows old by itself: near its end it is renewed, or waits for the record that is missing, as one that lived so long', async () => {
  const world = createTenantWorld();
  const { aws, create, pass, proveCertificate } = world;
  const { CertificateArn } = await aws.call('acm', 'RequestCertificate', { DomainName: 'a.example.com', ValidationMethod: 'DNS' });
  const arn = String(CertificateArn);
  await proveCertificate(arn);
  await create('abc', { Domains: [{ Domain: 'a.example.com' }], Customizations: { Certificate: { Arn: arn } } });
  const shown = async (): Promise<unknown> => {
    await pass(60);
    await pass(60);
    return aws.call('acm', 'DescribeCertificate', { CertificateArn: arn });
  };
  const inDays = (days: number): Date => new Date(Date.UTC(2026, 0, 1 + days));
  aws.operator.ageCertificate(arn, inDays(60));
  expect(await shown()).toMatchObject({ Certificate: { Status: 'ISSUED', NotAfter: inDays(60) } });
  expect(await shown()).not.toHaveProperty('Certificate.RenewalSummary');
  const [record] = aws.inspect.certificates().find((one) => one.arn === arn)?.records ?? [];
  world.dns(record?.name ?? '', 'CNAME', undefined);
  aws.operator.ageCertificate(arn, inDays(30));
  expect(await shown()).toMatchObject({ Certificate: { NotAfter: inDays(30), RenewalSummary: { RenewalStatus: 'PENDING_VALIDATION' } } });
  expect(aws.serves('a.example.com')).toMatchObject({ served: true });
  world.dns(record?.name ?? '', 'CNAME', record?.value);
  expect(await shown()).toMatchObject({ Certificate: { RenewalSummary: { RenewalStatus: 'SUCCESS' } } });
});

test('an IP set can be torn from under a web ACL, which then cannot be saved with the rule about it', async () => {
  const { aws, outcome } = createHandWorld();
  const { arn: set } = aws.operator.createIPSet({ name: 'set' });
  const Rules = [ruleOf({ IPSetReferenceStatement: { ARN: set } })];
  aws.operator.createWebACL({ name: 'acl', rules: Rules });
  aws.operator.deleteIPSet(set);
  const { id, lockToken } = aws.inspect.webAcls()[0] ?? {};
  expect(aws.inspect.ipSets()).toEqual([]);
  expect(await outcome('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken, Rules }))).toBe('WAFNonexistentItemException');
  expect(await outcome('wafv2', 'UpdateWebACL', aclInput({ Id: id, LockToken: lockToken }))).toBe('ok');
});

test('tags of anything are set and taken away', async () => {
  const { aws, create, certificateArn } = createTenantWorld();
  const { arn: acl } = aws.operator.createWebACL({ name: 'acl' });
  const { arn: set } = aws.operator.createIPSet({ name: 'set' });
  const { arn: tenant } = await create('abc');
  const { arn: group } = aws.operator.defaultConnectionGroup();
  for (const arn of [tenant, group, certificateArn, acl, set]) aws.operator.tag(arn, { kept: '1', gone: '2' });
  for (const arn of [tenant, group, certificateArn, acl, set]) aws.operator.tag(arn, { gone: undefined });
  const tagged = [...aws.inspect.tenants(), ...aws.inspect.connectionGroups(), ...aws.inspect.certificates(), ...aws.inspect.webAcls(), ...aws.inspect.ipSets()];
  expect(tagged.map(({ tags }) => tags)).toEqual(Array.from({ length: 5 }, () => ({ kept: '1' })));
});

test('a name that another account lets go is free', async () => {
  const { aws, outcome, tenant } = createTenantWorld();
  aws.operator.foreignDomain('abc.example.com');
  expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc'))).toBe('CNAMEAlreadyExists');
  aws.operator.releaseForeignDomain('abc.example.com');
  expect(await outcome('cloudfront', 'CreateDistributionTenant', tenant('abc'))).toBe('ok');
});
