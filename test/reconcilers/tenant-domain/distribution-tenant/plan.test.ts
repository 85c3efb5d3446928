import { describe, expect, test } from 'vitest';
import type { Decision, Desired } from '../../../../reconcilers/contract.ts';
import { planTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/plan.ts';
import { hashOfConfig, notTakenMessage, type TenantAction, type TenantConfig, type TenantObserved, type TenantSpec } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { actionsIn, domains, failure } from '../../builders.ts';
import { config, seenTenant, tenant, tenantName, tenantSpec } from '../builders.ts';

/** A decision in short: the reason, then what is done or waited for. */
const brief = ({ condition, move }: Decision<TenantAction>): string => {
  switch (move.is) {
    case 'waiting':
      return `${condition.status} ${condition.reason}: waiting for ${move.on}`;
    case 'acting':
      return `${condition.status} ${condition.reason}: ${move.actions.map((action) => `${action.verb}${'config' in action && action.config ? ` ${action.config.domains.join(' ')}` : ''}`).join(', ')}`;
    case 'settled':
    case 'gone':
    case 'unseen':
      return `${condition.status} ${condition.reason}: ${move.is}`;
  }
};

type Row = { readonly name: string; readonly because: string; readonly spec?: Partial<TenantSpec>; readonly observed: TenantObserved; readonly want: string };

const abc = domains('a.example.com', 'b.example.com', 'c.example.com');
const [a, b, c] = ['a.example.com', 'b.example.com', 'c.example.com'] as const;
const holding = (...names: readonly string[]) => names.map((name) => ({ name, active: true }));
const written = { etag: 'E1', configHash: hashOfConfig(config()) };
const listed = tenant({ parameters: undefined });
const foreign = { is: 'foreign', arn: tenant().arn } as const;
const created = (names: string): string => `False Creating: CreateDistributionTenant ${names}`;
const updated = (names = 'shop.example.com'): string => `False Updating: UpdateDistributionTenant ${names}`;

const life: readonly Row[] = [
  { name: 'absent', because: 'it is to be made', observed: seenTenant(), want: created('shop.example.com') },
  { name: 'as it should be', because: 'there is nothing to do', observed: seenTenant(tenant()), want: 'True Deployed: settled' },
  { name: 'being deployed', because: 'the old configuration serves meanwhile', observed: seenTenant(tenant({ deployed: false })), want: 'False Deploying: waiting for aws' },
  { name: 'with an inactive name', because: 'it is not served yet', observed: seenTenant(tenant({ domains: [{ name: 'shop.example.com', active: false }] })), want: 'False Deploying: waiting for aws' },
  { name: 'disabled as the spec says, names inactive', because: 'they will never be active', spec: { enabled: false }, observed: seenTenant(tenant({ enabled: false, domains: [{ name: 'shop.example.com', active: false }] })), want: 'True Deployed: settled' },
  { name: 'not ours', because: 'foreign stays foreign (R14)', observed: seenTenant(foreign), want: 'False NotOurs: waiting for person' },
  { name: 'not to be seen', because: 'a failed read is not "not there"', observed: seenTenant(undefined, { tenant: { known: false, failure: failure() } }), want: 'Unknown AWSError: unseen' },
  { name: 'a web ACL whose tag could not be read', because: 'a failed read is no permission', observed: seenTenant(undefined, { webAclAllowed: { known: false, failure: failure() } }), want: 'Unknown AWSError: unseen' },
  { name: 'a web ACL whose owner does not allow it', because: 'the tag is the permission', observed: seenTenant(tenant(), { webAclAllowed: { known: true, value: false } }), want: 'False WebACLNotAllowed: waiting for person' },
];

const drift: readonly Row[] = [
  { name: 'a list that shows what we wrote', because: 'a settled tenant costs no call (R13)', spec: { written }, observed: seenTenant(listed), want: 'True Deployed: settled' },
  { name: 'a list with another ETag', because: 'the parameters may have changed: AWS itself is asked', spec: { written: { ...written, etag: 'E0' } }, observed: seenTenant(listed), want: updated() },
  { name: 'a list, and we do not know what we wrote', because: 'a rebuilt cluster looks, and writes nothing', observed: seenTenant(listed), want: updated() },
  { name: 'a list that shows what we wrote, of another spec', because: 'the spec has changed since', spec: { written, geo: { type: 'none', countries: [] } }, observed: seenTenant(listed), want: updated() },
  { name: 'another certificate', because: 'it is put back', observed: seenTenant(tenant({ certificateArn: undefined })), want: updated() },
  { name: 'another distribution', because: 'a move of tier', observed: seenTenant(tenant({ distributionId: 'E1OLD' })), want: updated() },
  { name: 'another connection group', because: 'a move of group', observed: seenTenant(tenant({ connectionGroupId: 'cg_9' })), want: updated() },
  { name: 'whichever group, where the spec leaves it open', because: "the account's default group is CloudFront's choice", spec: { connectionGroupId: undefined }, observed: seenTenant(tenant({ connectionGroupId: 'cg_9' })), want: 'True Deployed: settled' },
  { name: 'another parameter', because: 'it becomes part of an address', spec: { parameters: [{ name: 'path', value: '/b' }] }, observed: seenTenant(tenant({ parameters: [{ name: 'path', value: '/a' }] })), want: updated() },
  { name: 'disabled by hand', because: 'the spec says that it serves', observed: seenTenant(tenant({ enabled: false })), want: updated() },
  { name: 'another web ACL, still being deployed', because: 'what is wrong is mended at once', observed: seenTenant(tenant({ webAcl: { is: 'disable' }, deployed: false })), want: updated() },
  { name: 'one name too many', because: 'a removed name goes at once', observed: seenTenant(tenant({ domains: holding('old.example.com', 'shop.example.com') })), want: updated() },
];

const conflicts: readonly Row[] = [
  { name: 'there, a change refused while a name waits for its certificate', because: 'the rest need not wait with it', spec: { domains: abc, geo: { type: 'blacklist', countries: ['DE'] } }, observed: seenTenant(tenant({ domains: [...holding('a.example.com', 'b.example.com'), { name: 'c.example.com', active: false }] }), { activeOnly: true }), want: updated(`${a} ${b}`) },
  { name: 'new, one name held by another tenant of the account', because: 'the others are served', spec: { domains: abc }, observed: seenTenant(undefined, { taken: domains('b.example.com') }), want: created(`${a} ${c}`) },
  { name: 'new, refused without a name', because: 'one by one tells which it is', spec: { domains: abc }, observed: seenTenant(undefined, { cautious: true }), want: created(a) },
  { name: 'new, refused alone, the next one', because: 'it is known to be held', spec: { domains: abc }, observed: seenTenant(undefined, { cautious: true, refusedAlone: domains('a.example.com') }), want: created(b) },
  { name: 'new, all refused', because: 'a tenant holds one name at least', observed: seenTenant(undefined, { taken: domains('shop.example.com') }), want: 'False DomainTaken: waiting for person' },
  { name: 'there, refused without a name', because: 'what it has stays, one name is added', spec: { domains: abc }, observed: seenTenant(tenant({ domains: holding('a.example.com') }), { cautious: true }), want: updated(`${a} ${b}`) },
  { name: 'there, all the others refused', because: 'served is what can be, and the condition says what is not', spec: { domains: abc }, observed: seenTenant(tenant({ domains: holding('a.example.com') }), { taken: domains('b.example.com', 'c.example.com') }), want: 'False DomainTaken: waiting for person' },
  { name: 'there, holding what it was once refused', because: 'it is held by us now', spec: { domains: abc }, observed: seenTenant(tenant({ domains: holding('a.example.com', 'b.example.com', 'c.example.com') }), { refusedAlone: domains('b.example.com'), cautious: true }), want: 'True Deployed: settled' },
];

const noAcl = { of: 'webAcl', reason: 'WaitingForWebACL', message: 'no seat' } as const;
const noCertificate = { of: 'certificate', reason: 'WaitingForCertificate', message: 'no certificate' } as const;
const byCloudFront = { host: 'cloudfront' } as const;
const moveRefusals = [{ to: 'E2EXAMPLE', moving: 'alone', message: 'not there' }] as const;
const elsewhere = { distributionId: 'E1OLD' } as const;
const idle = [{ name: 'shop.example.com', active: false }] as const;

const lacking: readonly Row[] = [
  { name: 'absent, without a web ACL', because: 'nobody is served unprotected', spec: { lacks: noAcl }, observed: seenTenant(), want: 'False WaitingForWebACL: waiting for reference' },
  { name: 'absent, web ACLs not to be seen', because: 'that is looked at again soon', spec: { lacks: noAcl }, observed: seenTenant(undefined, { slots: { known: false, failure: failure() } }), want: 'Unknown AWSError: unseen' },
  { name: 'there, without a web ACL', because: 'it keeps what it has, and says so', spec: { lacks: noAcl }, observed: seenTenant(tenant()), want: 'False WaitingForWebACL: waiting for reference' },
  { name: 'there, web ACLs not to be seen', because: 'that is looked at again soon', spec: { lacks: noAcl }, observed: seenTenant(tenant(), { slots: { known: false, failure: failure() } }), want: 'Unknown AWSError: unseen' },
  { name: 'there, without a web ACL, names to be added', because: 'they do not wait', spec: { lacks: noAcl, domains: abc }, observed: seenTenant(tenant()), want: updated(`${a} ${b} ${c}`) },
  { name: 'being deployed, without a web ACL', because: 'what is under way is told first', spec: { lacks: noAcl }, observed: seenTenant(tenant({ deployed: false })), want: 'False Deploying: waiting for aws' },
  { name: 'elsewhere, without a web ACL', because: 'it does not move into the open', spec: { lacks: noAcl, parameters: [{ name: 'zone', value: 'a' }] }, observed: seenTenant(tenant(elsewhere)), want: 'False WaitingForWebACL: waiting for reference' },
  { name: 'elsewhere, without a web ACL, listed', because: 'what stays need not be read (R13)', spec: { lacks: noAcl, parameters: [{ name: 'zone', value: 'a' }] }, observed: seenTenant(tenant({ ...elsewhere, parameters: undefined })), want: 'False WaitingForWebACL: waiting for reference' },
  { name: 'there, idle for want of a certificate', because: 'that is no deployment', spec: { lacks: noCertificate }, observed: seenTenant(tenant({ domains: idle })), want: 'False WaitingForCertificate: waiting for sibling' },
  { name: 'elsewhere, without a certificate there', because: 'it does not move to where nothing secures it', spec: { lacks: noCertificate }, observed: seenTenant(tenant(elsewhere)), want: 'False WaitingForCertificate: waiting for sibling' },
  { name: 'elsewhere, and AWS will not move it', because: 'somebody has to put it back', observed: seenTenant(tenant(elsewhere), { moveRefusals }), want: 'False MoveRefused: waiting for person' },
  { name: 'elsewhere, and AWS will not move it, names to be added', because: 'they do not wait', spec: { domains: abc }, observed: seenTenant(tenant(elsewhere), { moveRefusals }), want: updated(`${a} ${b} ${c}`) },
];

const lifted = { geo: { type: 'none', countries: [] } } as const;
const leaving = (asked: Partial<TenantConfig>, ...what: readonly string[]) => ({ notTaken: [{ configHash: hashOfConfig(config(asked)), message: notTakenMessage(tenantName, what) }] });
const geoLeft = leaving(lifted, 'geo restriction none -> lifted');
const emptied = { parameters: [] } as const;
const keeping: readonly Row[] = [
  { name: 'as it was, after an update that CloudFront took', because: 'the same again makes the same of it', spec: lifted, observed: seenTenant(tenant(), geoLeft), want: 'False InvalidRequest: waiting for person' },
  { name: 'as it was, and something else different now', because: 'that is mended at once', spec: lifted, observed: seenTenant(tenant({ webAcl: { is: 'disable' } }), geoLeft), want: updated() },
  { name: 'as it was, and something else wanted now', because: 'who mends the spec is heard at once', spec: { geo: { type: 'whitelist', countries: ['DE'] } }, observed: seenTenant(tenant(), geoLeft), want: updated() },
  { name: 'as it should be, after all', because: 'CloudFront took it later', spec: lifted, observed: seenTenant(tenant(lifted), geoLeft), want: 'True Deployed: settled' },
  { name: 'listed, after an update of which CloudFront left the parameters', because: 'a list does not show them, and each look at AWS itself costs a read', spec: emptied, observed: seenTenant(listed, leaving(emptied, 'parameters a=1 -> none')), want: 'False InvalidRequest: waiting for person' },
  { name: 'listed, after an update of which CloudFront left the parameters and more', because: 'so much of it is to be seen', spec: lifted, observed: seenTenant(listed, leaving(lifted, 'geo restriction none -> lifted', 'parameters a=1 -> none')), want: 'False InvalidRequest: waiting for person' },
  { name: 'listed, other parameters wanted now', because: 'who mends the spec is heard at once', spec: { parameters: [{ name: 'a', value: '2' }] }, observed: seenTenant(listed, leaving(emptied, 'parameters a=1 -> none')), want: updated() },
];

const unproved = (againInMs: number, names = domains('shop.example.com')) => ({ unproved: { names, message: 'not yet', againInMs } });
const requests: readonly Row[] = [
  { name: 'absent, with a request', because: 'it goes with the create', spec: { request: byCloudFront }, observed: seenTenant(), want: created('shop.example.com') },
  { name: 'as it should be, with a request', because: 'it needs a write of its own', spec: { request: byCloudFront }, observed: seenTenant(tenant()), want: updated() },
  { name: 'listed as we wrote it, with a request', because: 'it needs a write of its own', spec: { request: byCloudFront, written }, observed: seenTenant(listed), want: updated() },
  { name: 'just refused', because: 'CloudFront does not look into DNS sooner for being asked', spec: { request: byCloudFront }, observed: seenTenant(tenant(), unproved(9000)), want: 'False WaitingForValidation: waiting for aws' },
  { name: 'just refused, absent', because: 'the same holds for a create', spec: { request: byCloudFront }, observed: seenTenant(undefined, unproved(9000)), want: 'False WaitingForValidation: waiting for aws' },
  { name: 'refused a while ago', because: 'the same again', spec: { request: byCloudFront }, observed: seenTenant(tenant(), unproved(0)), want: updated() },
  { name: 'just refused for other names', because: 'who mends the spec is heard at once', spec: { request: byCloudFront }, observed: seenTenant(tenant(), unproved(9000, domains('a.example.com'))), want: updated() },
  { name: 'just refused, and now to be validated otherwise', because: 'CloudFront need not see DNS for that', spec: { request: { host: 'self-hosted' } }, observed: seenTenant(tenant(), unproved(9000)), want: updated() },
];

describe('planTenant, present', () => {
  test.each([...life, ...drift, ...conflicts, ...lacking, ...keeping, ...requests])('$name: $because', ({ spec, observed, want }) => {
    expect(brief(planTenant({ is: 'present', spec: tenantSpec(spec) }, observed))).toBe(want);
  });

  test('a create says everything of the tenant, and destroys nothing', () => {
    expect(actionsIn(planTenant({ is: 'present', spec: tenantSpec() }, seenTenant()))).toEqual([
      { concern: 'Programmed', verb: 'CreateDistributionTenant', because: `create distribution tenant ${tenantName} for shop.example.com`, destroys: false, needs: 'shared', name: tenantName, config: config(), seat: undefined, request: undefined },
    ]);
  });

  test('an update says everything of the tenant, what it adds, and which version it was made from (R5)', () => {
    const wanted = config({ domains: domains('a.example.com', 'shop.example.com') });
    expect(actionsIn(planTenant({ is: 'present', spec: tenantSpec(wanted) }, seenTenant(tenant())))).toEqual([
      {
        concern: 'Programmed', verb: 'UpdateDistributionTenant', because: `update distribution tenant ${tenantName}: domains +a.example.com`, destroys: false, needs: 'live',
        name: tenantName, id: 'dt_1', etag: 'E1', config: wanted, adds: domains('a.example.com'), seat: undefined, request: undefined, moving: undefined, again: false,
      },
    ]);
  });

  test('an update for a request alone says so', () => {
    const [action] = actionsIn(planTenant({ is: 'present', spec: tenantSpec({ request: byCloudFront }) }, seenTenant(tenant())));
    expect(action).toMatchObject({ because: `update distribution tenant ${tenantName}: request a certificate of CloudFront's own`, config: config(), request: byCloudFront });
  });

  test('after a refused request the next look is when it is asked again', () => {
    expect(planTenant({ is: 'present', spec: tenantSpec({ request: byCloudFront }) }, seenTenant(tenant(), unproved(9000)))).toEqual({
      condition: { type: 'Programmed', status: 'False', reason: 'WaitingForValidation', message: 'not yet' }, move: { is: 'waiting', on: 'aws', between: { minMs: 9000, maxMs: 9000 } },
    });
  });

  test('a seat goes with the write that needs it, and with no other', () => {
    const seat = { arn: 'arn:acl/new', capacity: 2 };
    const seated = tenantSpec({ seat, webAcl: { is: 'override', arn: seat.arn }, request: byCloudFront });
    const there = tenant(elsewhere);
    const takenBy = (observed: TenantObserved) => actionsIn(planTenant({ is: 'present', spec: seated }, observed)).map((action) => ('seat' in action ? { seat: action.seat?.arn, request: action.request?.host, moving: 'moving' in action ? action.moving : undefined } : undefined));
    expect(takenBy(seenTenant())).toEqual([{ seat: seat.arn, request: 'cloudfront', moving: undefined }]);
    expect(takenBy(seenTenant(tenant()))).toEqual([{ seat: seat.arn, request: 'cloudfront', moving: undefined }]);
    expect(takenBy(seenTenant(there))).toEqual([{ seat: seat.arn, request: undefined, moving: 'together' }]);
    const refused = { moveRefusals: [{ to: 'E2EXAMPLE', moving: 'together', message: 'no' }] } as const;
    expect(takenBy(seenTenant(there, refused))).toEqual([{ seat: seat.arn, request: undefined, moving: undefined }]);
    expect(takenBy(seenTenant(tenant({ ...elsewhere, webAcl: { is: 'override', arn: 'arn:acl/old' } }), refused))).toEqual([{ seat: undefined, request: undefined, moving: 'alone' }]);
  });

  test('names that others hold are named', () => {
    const decision = planTenant({ is: 'present', spec: tenantSpec() }, seenTenant(undefined, { taken: domains('shop.example.com') }));
    expect(decision.condition.message).toBe('shop.example.com is associated with another CloudFront resource: have its owner remove it there, or remove it from spec.domains');
  });
});

describe('planTenant, held', () => {
  const held: Desired<TenantSpec> = { is: 'held', reason: 'TierNotFound', message: 'no tier', on: 'reference' };
  const rows: readonly (Omit<Row, 'spec'> & { readonly on?: 'sibling' })[] = [
    { name: 'what serves', because: 'it is left as it is, and said to be so', observed: seenTenant(tenant()), want: 'True Deployed: waiting for reference' },
    { name: 'what is absent', because: 'nothing is made', observed: seenTenant(), want: 'False TierNotFound: waiting for reference' },
    { name: 'what is disabled', because: 'it does not serve', observed: seenTenant(tenant({ enabled: false })), want: 'False TierNotFound: waiting for reference' },
    { name: 'what is being deployed, for its certificate', because: 'that may take days, and this minutes', observed: seenTenant(tenant({ deployed: false })), on: 'sibling', want: 'False Deploying: waiting for aws' },
    { name: 'what is foreign', because: 'it is not ours to speak of', observed: seenTenant(foreign), want: 'False TierNotFound: waiting for reference' },
  ];
  test.each(rows)('$name: $because', ({ observed, on, want }) => {
    expect(brief(planTenant(on === undefined ? held : { ...held, on }, observed))).toBe(want);
  });
});
