import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsFault, LostAnswer, services, type Members, type Service } from './contract.ts';
import { at, createHandWorld, createTenantWorld } from './hand-world.ts';
import { models } from './http/codec.ts';
import { nonconformity } from './http/conform.ts';
import { hostileKnobs } from './knobs.ts';
import { operationErrors } from './operation-errors.ts';
import { aclInput, groupOf, ruleOf } from './waf-inputs.ts';

type World = ReturnType<typeof createTenantWorld>;

/** Errors that any operation may answer, declared or not. */
const common = new Set(['Throttling', 'ThrottlingException', 'InternalError', 'InternalServerException', 'WAFInternalErrorException', 'InternalFailure', 'UnknownOperationException', 'InvalidAction']);

const operations = services.flatMap((service) => Object.keys(operationErrors[service]).map((operation) => ({ service, operation })));

describe('every operation', () => {
  test.each(operations)('$service $operation is there, and refuses nonsense in words that AWS declares', async ({ service, operation }) => {
    const { aws } = createHandWorld();
    for (const input of [{}, { Id: 'x', Identifier: 'x', Name: '!', CertificateArn: 'x', Scope: 'x', Marker: '?', NextToken: '?', Resource: 'x', ResourceARN: 'x', IfMatch: '?' }]) {
      const error: unknown = await aws.call(service, operation, input).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined) continue;
      expect(error).toBeInstanceOf(AwsFault);
      expect(operationErrors[service][operation]).toContain(at(error, 'name'));
    }
  });

  test.each(['cloudfront', 'acm', 'wafv2'] as const)('of %s is one of AWS’s', (service) => {
    const unknown = Object.keys(operationErrors[service]).filter((operation) => !models[service].operations.has(operation));
    expect(unknown).toEqual([]);
  });
});

const pick = <Item>(items: readonly Item[], choice: number): Item | undefined => items[choice % Math.max(1, items.length)];

type Draw = { readonly verb: string; readonly one: number; readonly two: number; readonly flag: boolean };

const certificateOf = (world: World, choice: number) => pick(world.aws.inspect.certificates(), choice)?.arn;
const customizations = (world: World, { one, two, flag }: Draw): Members => ({
  Certificate: { Arn: flag ? world.certificateArn : certificateOf(world, one) },
  ...(two % 3 === 0 && { WebAcl: { Action: 'override', Arn: pick(world.aws.inspect.webAcls(), one)?.arn } }),
});
const target = (world: World, { one, flag }: Draw): Members => {
  const tenant = pick(world.aws.inspect.tenants(), one);
  return { Id: tenant?.id ?? 'dt_0', Identifier: tenant?.name ?? 'none', IfMatch: flag ? tenant?.etag : 'E0', Resource: tenant?.arn };
};
const groupTarget = (world: World, { one, flag }: Draw): Members => {
  const group = pick(world.aws.inspect.connectionGroups(), one);
  return { Id: group?.id ?? 'cg_0', Identifier: group?.id ?? 'cg_0', IfMatch: flag ? group?.etag : 'E0', Enabled: one % 2 === 0 };
};
const aclTarget = (world: World, { one, flag }: Draw): Members => {
  const acl = pick(world.aws.inspect.webAcls(), one);
  return { Name: acl?.name, Id: acl?.id, Scope: 'CLOUDFRONT', LockToken: flag ? acl?.lockToken : 'x' };
};
const setTarget = (world: World, { one, flag }: Draw): Members => {
  const set = pick(world.aws.inspect.ipSets(), one);
  return { Name: set?.name, Id: set?.id, Scope: 'CLOUDFRONT', LockToken: flag ? set?.lockToken : 'x' };
};
const rules = (world: World, { one, two }: Draw): Members => ({
  Rules: two % 2 === 0 ? [] : [ruleOf({ IPSetReferenceStatement: { ARN: pick(world.aws.inspect.ipSets(), one)?.arn } }), ruleOf(groupOf('BotControlRuleSet'), { Name: 's', Priority: 1 })],
});
const networks = ({ one, two }: Draw): Members => ({ Addresses: [`10.${one % 4}.0.0/16`, `10.${two % 4}.0.0/16`] });

/** Requests that are nearly right, so that most of what can happen does. */
const verbs: Readonly<Record<string, (world: World, draw: Draw) => readonly [Service, string, Members]>> = {
  create: (world, draw) => [
    'cloudfront',
    'CreateDistributionTenant',
    world.tenant(`tenant-${draw.one % 8}`, {
      Domains: [{ Domain: `n${draw.two % 12}.example.com` }],
      Customizations: customizations(world, draw),
      ...(draw.two % 4 === 0 && { ConnectionGroupId: pick(world.aws.inspect.connectionGroups(), draw.one)?.id, ManagedCertificateRequest: { ValidationTokenHost: 'self-hosted' } }),
    }),
  ],
  update: (world, draw) => ['cloudfront', 'UpdateDistributionTenant', { ...target(world, draw), ...(draw.two % 2 === 0 ? { Customizations: customizations(world, draw) } : { Domains: [{ Domain: `n${draw.two % 12}.example.com` }] }) }],
  switch: (world, draw) => ['cloudfront', 'UpdateDistributionTenant', { ...target(world, draw), Enabled: draw.two % 2 === 0 }],
  delete: (world, draw) => ['cloudfront', 'DeleteDistributionTenant', target(world, { ...draw, flag: true })],
  move: (world, draw) => ['cloudfront', 'UpdateDomainAssociation', { Domain: `n${draw.two % 12}.example.com`, TargetResource: { DistributionTenantId: target(world, draw)['Id'] } }],
  conflicts: (world, draw) => ['cloudfront', 'ListDomainConflicts', { Domain: `n${draw.two % 12}.example.com`, DomainControlValidationResource: { DistributionTenantId: target(world, draw)['Id'] } }],
  verify: (world, draw) => ['cloudfront', 'VerifyDnsConfiguration', target(world, draw)],
  details: (world, draw) => ['cloudfront', 'GetManagedCertificateDetails', target(world, draw)],
  tenants: () => ['cloudfront', 'ListDistributionTenants', {}],
  byCustomization: (world) => ['cloudfront', 'ListDistributionTenantsByCustomization', { CertificateArn: world.certificateArn }],
  get: (world, draw) => ['cloudfront', 'GetDistributionTenant', target(world, draw)],
  tag: (world, draw) => ['cloudfront', 'TagResource', { ...target(world, draw), Tags: { Items: [{ Key: `k${draw.one % 3}`, Value: 'v' }] } }],
  group: (_, draw) => ['cloudfront', 'CreateConnectionGroup', { Name: `group-${draw.one % 4}` }],
  groups: () => ['cloudfront', 'ListConnectionGroups', {}],
  updateGroup: (world, draw) => ['cloudfront', 'UpdateConnectionGroup', groupTarget(world, draw)],
  deleteGroup: (world, draw) => ['cloudfront', 'DeleteConnectionGroup', groupTarget(world, { ...draw, flag: true })],
  distributions: () => ['cloudfront', 'ListDistributions', {}],
  distribution: (world) => ['cloudfront', 'GetDistribution', { Id: world.distributionId }],
  request: (_, draw) => ['acm', 'RequestCertificate', { DomainName: `n${draw.two % 12}.example.com`, ValidationMethod: draw.flag ? 'DNS' : 'EMAIL', ...(draw.one % 2 === 0 && { IdempotencyToken: `t${draw.one % 5}` }) }],
  describe: (world, draw) => ['acm', 'DescribeCertificate', { CertificateArn: certificateOf(world, draw.one) }],
  deleteCertificate: (world, draw) => ['acm', 'DeleteCertificate', { CertificateArn: certificateOf(world, draw.one) }],
  certificates: () => ['acm', 'ListCertificates', {}],
  search: () => ['acm', 'SearchCertificates', {}],
  acl: (world, draw) => ['wafv2', 'CreateWebACL', aclInput({ Name: `acl-${draw.one % 4}`, ...rules(world, draw) })],
  getAcl: (world, draw) => ['wafv2', 'GetWebACL', aclTarget(world, draw)],
  updateAcl: (world, draw) => ['wafv2', 'UpdateWebACL', aclInput({ ...aclTarget(world, draw), ...rules(world, draw) })],
  deleteAcl: (world, draw) => ['wafv2', 'DeleteWebACL', aclTarget(world, { ...draw, flag: true })],
  acls: () => ['wafv2', 'ListWebACLs', { Scope: 'CLOUDFRONT' }],
  capacity: (world, draw) => ['wafv2', 'CheckCapacity', { Scope: 'CLOUDFRONT', ...rules(world, draw) }],
  set: (_, draw) => ['wafv2', 'CreateIPSet', { Name: `set-${draw.one % 4}`, Scope: 'CLOUDFRONT', IPAddressVersion: draw.two % 8 === 0 ? 'IPV6' : 'IPV4', ...networks(draw) }],
  getSet: (world, draw) => ['wafv2', 'GetIPSet', setTarget(world, draw)],
  updateSet: (world, draw) => ['wafv2', 'UpdateIPSet', { ...setTarget(world, draw), ...networks(draw) }],
  deleteSet: (world, draw) => ['wafv2', 'DeleteIPSet', setTarget(world, { ...draw, flag: true })],
  sets: () => ['wafv2', 'ListIPSets', { Scope: 'CLOUDFRONT' }],
};

const draws = fc.array(
  fc.record({ verb: fc.constantFrom('wait', 'issue', ...Object.keys(verbs)), one: fc.nat(1_000), two: fc.nat(1_000), flag: fc.boolean() }),
  { minLength: 20, maxLength: 120 },
);

const send = async (world: World, draw: Draw): Promise<void> => {
  if (draw.verb === 'wait') return world.pass(draw.one % 40);
  if (draw.verb === 'issue') {
    const pending = world.aws.inspect.certificates().find(({ status }) => status === 'PENDING_VALIDATION');
    if (pending !== undefined) world.aws.operator.issueCertificate(pending.arn);
    return undefined;
  }
  const [service, operation, input] = verbs[draw.verb]?.(world, draw) ?? ['sts', 'GetCallerIdentity', {}];
  try {
    const output = await world.aws.call(service, operation, input);
    const shape = service === 'sts' ? undefined : models[service].operations.get(operation)?.output;
    if (shape !== undefined) expect(nonconformity(shape, output)).toBeUndefined();
  } catch (error) {
    if (error instanceof LostAnswer) return undefined;
    if (!(error instanceof AwsFault)) throw error;
    if (!common.has(error.name)) expect(operationErrors[service][operation]).toContain(error.name);
  }
  return undefined;
};

/** What holds at every moment, whatever was called. */
const checkInvariants = ({ aws }: World): void => {
  const tenants = aws.inspect.tenants();
  const names = tenants.flatMap((tenant) => tenant.domains.map(({ domain }) => domain));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(tenants.map(({ name }) => name)).size).toBe(tenants.length);
  const certificates = new Map(aws.inspect.certificates().map((certificate) => [certificate.arn, certificate]));
  for (const tenant of tenants) {
    const arn = tenant.customizations.Certificate?.Arn;
    if (arn !== undefined) expect(certificates.get(arn)?.isUsed).toBe(true);
    expect(tenant.domains.length).toBeGreaterThan(0);
  }
  const sets = new Map(aws.inspect.ipSets().map((set) => [set.arn, set]));
  for (const acl of aws.inspect.webAcls()) {
    const users = tenants.filter((tenant) => tenant.customizations.WebAcl?.Arn === acl.arn).length;
    expect(acl.associations).toBeGreaterThanOrEqual(users);
    for (const { Statement: statement } of acl.rules) {
      const set = statement?.IPSetReferenceStatement?.ARN;
      if (set !== undefined) expect(sets.get(set)?.usedBy).toContain(acl.name);
    }
  }
  for (const domain of names) {
    const answer = aws.serves(domain);
    if (answer.served) expect(certificates.get(answer.certificateArn)?.status).toBe('ISSUED');
  }
};

test('whatever is called in whatever order, hostile or calm: answers are of AWS’s shapes, errors are declared, invariants hold', async () => {
  await fc.assert(
    fc.asyncProperty(draws, fc.boolean(), fc.nat(), async (story, isHostile, seed) => {
      const knobs = isHostile ? { ...hostileKnobs, rates: 'off' as const, lostProbability: 0.05, lateProbability: 0.05, maxAssociationsPerWebAcl: 2 } : {};
      const world = createTenantWorld({ seed, knobs });
      for (const draw of story) {
        await send(world, draw);
        checkInvariants(world);
      }
      await world.pass(3_600);
      checkInvariants(world);
    }),
    { numRuns: 150 },
  );
});
