import { describe, expect, test } from 'vitest';
import type { Lack, MoveRefusal, TenantConfig, TenantSpec } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { applyTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/apply.ts';
import { nextStep, type Step } from '../../../../reconcilers/tenant-domain/distribution-tenant/move.ts';
import { tenantObserver } from '../../../../reconcilers/tenant-domain/distribution-tenant/observe.ts';
import { passesOf } from '../../../contract/concern.ts';
import { tenantConcern } from '../../../contract/tenant-domain.ts';
import type { Knobs } from '../../../environment/aws/knobs.ts';
import { domains, minutes, signal } from '../../builders.ts';
import { type Account, putTenant, setUp } from '../account.ts';
import { arnOf, config, owner, shop, tenant, tenantName, tenantSpec } from '../builders.ts';

const acl = (name: string) => ({ is: 'override', arn: `arn:acl/${name}` }) as const;
/** On E1OLD, with the web ACL, group and parameters of the old tier. */
const old = { distributionId: 'E1OLD', connectionGroupId: 'cg_old', webAcl: acl('old'), parameters: [{ name: 'path', value: '/old' }] } as const;
const there = tenant(old);
/** On E2EXAMPLE, with those of the new one. */
const wanted = config({ webAcl: acl('new'), parameters: [{ name: 'path', value: '/new' }] });
const alone: TenantConfig = { ...config(old), distributionId: 'E2EXAMPLE', parameters: wanted.parameters };
const refusal = (moving: MoveRefusal['moving'], to = 'E2EXAMPLE'): MoveRefusal => ({ to, moving, message: `${moving} refused` });
const noAcl: Lack = { of: 'webAcl', reason: 'WaitingForWebACL', message: 'no seat' };
const noCertificate: Lack = { of: 'certificate', reason: 'WaitingForCertificate', message: 'no certificate' };
const refused: Lack = { of: 'move', reason: 'MoveRefused', message: 'alone refused' };
const staying = { ...wanted, distributionId: old.distributionId, connectionGroupId: old.connectionGroupId, webAcl: old.webAcl, parameters: old.parameters };
const step = (over: TenantConfig, moving?: Step['moving'], stays?: Lack, request?: Step['request']): Step => ({ config: over, moving, request, stays });
const byCloudFront = { host: 'cloudfront' } as const;
const more = { domains: domains('a.example.com', 'shop.example.com') } as const;
const holding = (names: readonly string[]) => names.map((name) => ({ name, active: true }));

type Row = { readonly name: string; readonly because: string; readonly wanted?: Partial<TenantConfig>; readonly spec?: Partial<TenantSpec>; readonly refusals?: readonly MoveRefusal[]; readonly from?: typeof there; readonly want: Step };
const rows: readonly Row[] = [
  { name: 'where it shall be', because: 'there is no move', from: tenant(), want: step(wanted) },
  { name: 'elsewhere', because: 'all changes in one update', want: step(wanted, 'together') },
  { name: 'elsewhere, nothing else being different', because: 'that is a move alone, and nothing is left to leave out', wanted: alone, want: step(alone, 'alone') },
  { name: 'elsewhere, all at once refused', because: 'what it has is kept: its old web ACL before all', refusals: [refusal('together')], want: step(alone, 'alone') },
  { name: 'elsewhere, alone refused too', because: 'it is served as before, and its names and certificate go on', wanted: { domains: domains('b.example.com'), certificateArn: arnOf('b') }, refusals: [refusal('together'), refusal('alone')], want: step({ ...staying, domains: domains('b.example.com'), certificateArn: arnOf('b') }, undefined, refused) },
  { name: 'elsewhere, another move having been refused', because: 'it says nothing of this one', refusals: [refusal('together', 'E3'), refusal('alone', 'E3')], want: step(wanted, 'together') },
  { name: 'elsewhere, without a web ACL there', because: 'it does not move into the open', spec: { lacks: noAcl }, want: step(staying, undefined, noAcl) },
  { name: 'where it shall be, without a web ACL', because: 'it keeps the one it has, and all else goes on', spec: { lacks: noAcl }, from: tenant({ ...old, distributionId: 'E2EXAMPLE' }), want: step({ ...wanted, webAcl: old.webAcl }, undefined, noAcl) },
  { name: 'elsewhere, without a certificate there', because: 'it does not move to where nothing secures it', spec: { lacks: noCertificate }, want: step(staying, undefined, noCertificate) },
  { name: 'elsewhere, asking for a certificate to move with', because: 'it is asked for here, with every name', wanted: { ...more, certificateArn: undefined }, spec: { lacks: noCertificate, request: byCloudFront }, want: step({ ...staying, ...more, certificateArn: undefined }, undefined, noCertificate, byCloudFront) },
  { name: "elsewhere, to be served with the certificate of a distribution that it cannot move to", because: 'that one secures nothing here', wanted: { ...more, certificateArn: undefined }, spec: { lacks: noAcl }, want: step(staying, undefined, noAcl) },
  { name: 'the same, all its names being others', because: 'one has to stay', wanted: { domains: domains('a.example.com'), certificateArn: undefined }, spec: { lacks: noAcl }, want: step(staying, undefined, noAcl) },
  { name: 'the same, one name less', because: 'it shrinks at once', wanted: { certificateArn: undefined }, from: tenant({ ...old, domains: holding(more.domains) }), spec: { lacks: noAcl }, want: step(staying, undefined, noAcl) },
  { name: "elsewhere, with new names for which CloudFront shall request a certificate", because: 'they come with the request, after the move', wanted: more, spec: { request: byCloudFront }, want: step({ ...wanted, domains: shop }, 'together') },
  { name: 'elsewhere, with other names only', because: 'one has to stay', wanted: { domains: domains('a.example.com') }, spec: { request: byCloudFront }, want: step({ ...wanted, domains: shop }, 'together') },
];

const bare = { ...old, certificateArn: undefined, webAcl: { is: 'inherit' } } as const;
const nowhere = { type: 'blacklist', countries: ['DE'] } as const;
const leaving: typeof rows = [
  { name: 'nothing refused', because: 'all changes in one update', want: step(wanted, 'together') },
  { name: 'all at once refused', because: 'first it gets its own web ACL and certificate, which CloudFront may not know yet, while it has those', refusals: [refusal('together')], want: step(config({ ...bare, certificateArn: arnOf('a'), webAcl: acl('new') })) },
  { name: 'all at once refused, served with its own certificate', because: 'that it keeps, and moves with it', wanted: { certificateArn: arnOf('b') }, from: tenant({ ...old, webAcl: bare.webAcl }), refusals: [refusal('together')], want: step(config({ ...old, webAcl: acl('new') })) },
  { name: 'all at once refused, other countries wanted', because: 'they are kept out on the way too', wanted: { geo: nowhere }, from: there, refusals: [refusal('together')], want: step(config({ ...old, geo: nowhere })) },
  { name: 'all at once refused, no web ACL wanted', because: 'its distribution protects it until it has moved', wanted: { certificateArn: undefined, webAcl: { is: 'disable' } }, refusals: [refusal('together')], want: step(config({ ...bare, distributionId: 'E2EXAMPLE', parameters: wanted.parameters }), 'alone') },
  { name: 'all at once refused, a certificate to be asked for', because: 'a request is not mixed into a move, nor into what prepares it', spec: { request: byCloudFront }, refusals: [refusal('together')], want: step(config({ ...bare, certificateArn: arnOf('a'), webAcl: acl('new') })) },
  { name: 'alone refused too', because: 'it keeps what it was prepared with', refusals: [refusal('together'), refusal('alone')], from: tenant({ ...old, webAcl: acl('new') }), want: step({ ...staying, webAcl: acl('new') }, undefined, refused) },
];

test.each(leaving)('the next step of a tenant that leaves behind what it has of its distribution, $name: $because', ({ wanted: over, spec, refusals = [], from = tenant(bare), want }) => {
  expect(nextStep({ ...wanted, ...over }, tenantSpec(spec), refusals, from)).toEqual(want);
});

test.each(rows)('the next step of a tenant, $name: $because', ({ wanted: over, spec, refusals = [], from = there, want }) => {
  expect(nextStep({ ...wanted, ...over }, tenantSpec(spec), refusals, from)).toEqual(want);
});

/** A tenant with its own web ACL that shall move to another distribution, group and web ACL. */
const moving = async (reparenting: Knobs['reparenting']) => {
  const account: Account = setUp({ reparenting });
  const { operator, inspect } = account.simulator;
  await putTenant(account);
  const [before, after] = [operator.createWebACL({ name: 'before' }).arn, operator.createWebACL({ name: 'after' }).arn];
  operator.editTenant(tenantName, { Customizations: { WebAcl: { Action: 'override', Arn: before }, Certificate: { Arn: account.wildcardArn } } });
  await account.clock.advance(minutes(1));
  account.mutations();
  const { id: distributionId } = operator.createDistribution({ parameters: [{ Name: 'zone', Definition: { StringSchema: { Required: true } } }] });
  const { id: connectionGroupId } = operator.createConnectionGroup({ name: 'isolated' });
  const spec = tenantSpec({ distributionId, connectionGroupId, certificateArn: account.wildcardArn, webAcl: { is: 'override', arn: after }, parameters: [{ name: 'zone', value: 'a' }] });
  const observe = tenantObserver(account);
  const shown = () => inspect.tenants().map((one) => ({ at: one.distributionId === distributionId ? 'there' : 'here', group: one.connectionGroupId === connectionGroupId ? 'new' : 'old', acl: one.customizations.WebAcl?.Arn === after ? 'after' : one.customizations.WebAcl?.Arn === before ? 'before' : 'none' }));
  const states = [...shown()];
  account.simulator.onMutation(() => states.push(...shown()));
  const passes = passesOf(tenantConcern, {
    stage: account, spec: () => spec, meanwhile: () => undefined,
    observe: (look) => observe({ owner, names: shop, webAcl: undefined, webAclToProve: undefined }, look),
    apply: (action) => applyTenant(account, owner, action, signal),
  });
  return { account, passes, states };
};

describe('a move, as AWS may have it', () => {
  const [here, moved, there_] = [{ at: 'here', group: 'old', acl: 'before' }, { at: 'there', group: 'old', acl: 'before' }, { at: 'there', group: 'new', acl: 'after' }];
  test.each([
    { reparenting: 'together', states: [here, there_], updates: 1 },
    { reparenting: 'alone', states: [here, moved, there_], updates: 3 },
  ] as const)('($reparenting) is made, never without a web ACL', async ({ reparenting, states, updates }) => {
    const { account, passes, states: seen } = await moving(reparenting);
    await passes.until('present', 'settled', 30);
    expect(seen).toEqual(states);
    expect(account.asked().filter((operation) => operation === 'UpdateDistributionTenant')).toHaveLength(updates);
  });

  test('(refused) leaves the tenant as it was, and says so in the words of AWS', async () => {
    const { account, passes, states } = await moving('refused');
    for (let count = 0; count < 5; count++) await passes.pass('present');
    const { decision } = await passes.pass('present');
    expect(decision).toMatchObject({ condition: { status: 'False', reason: 'MoveRefused', message: expect.stringMatching(/^CloudFront refuses to move the tenant .* cannot be associated with another distribution/) as string }, move: { is: 'waiting', on: 'person' } });
    expect({ states, updates: account.asked().filter((operation) => operation === 'UpdateDistributionTenant').length }).toEqual({ states: [here], updates: 2 });
  });
});
