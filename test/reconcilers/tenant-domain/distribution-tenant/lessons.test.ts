import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../../../reconcilers/contract.ts';
import { Failure } from '../../../../reconcilers/failure.ts';
import { conflictsIn, inOurWords, lessonsFrom, type Reading } from '../../../../reconcilers/tenant-domain/distribution-tenant/lessons.ts';
import { type CreateTenant, hashOfConfig, type Lessons, settingNotTaken, takenMessage, type TenantAction, type UpdateTenant } from '../../../../reconcilers/tenant-domain/distribution-tenant/tenant.ts';
import { ago, domains, failure, noon, seconds } from '../../builders.ts';
import { config, noLessons, tenant, tenantName } from '../builders.ts';

const base = { concern: 'Programmed', because: '', destroys: false, needs: 'live', name: tenantName, seat: undefined, request: undefined } as const;
const create = (over: Partial<CreateTenant> = {}): CreateTenant => ({ ...base, verb: 'CreateDistributionTenant', config: config(), ...over });
const update = (over: Partial<UpdateTenant> = {}): UpdateTenant => ({ ...base, verb: 'UpdateDistributionTenant', id: 'dt_1', etag: 'E1', config: config(), adds: [], moving: undefined, again: false, ...over });
const refusal = (action: TenantAction, code: string, at = noon): Refusal => ({ action, failure: failure('blocked', code), at });
const [a, b] = ['arn:acl/a', 'arn:acl/b'] as const;
const sits = (arn: string) => ({ seat: { arn, capacity: 2 } }) as const;
const byCloudFront = { request: { host: 'cloudfront' } } as const;
const full = 'EntityLimitExceeded';
const idle = tenant({ domains: [...tenant().domains, { name: 'www.example.com', active: false }] });
const { message } = failure('blocked', 'InvalidArgument');

type Row = { readonly name: string; readonly because: string; readonly refusals: readonly Refusal[]; readonly reading?: Partial<Reading>; readonly want: Partial<Lessons> };
const rows: readonly Row[] = [
  { name: 'nothing', because: 'nothing was refused', refusals: [], want: {} },
  { name: "a sibling's", because: 'it is not about the tenant', refusals: [{ ...refusal(create(), 'CNAMEAlreadyExists'), action: { ...create(), concern: 'CertificateReady' } }], want: {} },
  { name: 'one name of several is taken', because: 'they are added one by one', refusals: [refusal(create({ config: config({ domains: domains('a.example.com', 'b.example.com') }) }), 'CNAMEAlreadyExists')], want: { cautious: true } },
  { name: 'the one name that was added is taken', because: 'there is no other', refusals: [refusal(update({ adds: domains('a.example.com') }), 'CNAMEAlreadyExists')], want: { cautious: true, refusedAlone: domains('a.example.com') } },
  { name: 'a web ACL is full', because: 'others sit there', refusals: [refusal(create(sits(a)), full)], want: { fullAcls: [a] } },
  { name: 'a web ACL is full, which it has by now', because: 'it has its seat', refusals: [refusal(update(sits(a)), full)], reading: { tenant: tenant({ webAcl: { is: 'override', arn: a } }) }, want: {} },
  { name: 'a web ACL is full at which nobody sits', because: 'it is the account that is', refusals: [refusal(create(sits(a)), full)], reading: { isTaken: () => false }, want: {} },
  { name: 'two web ACLs are full', because: 'it is the account that is', refusals: [refusal(create(sits(a)), full), refusal(create(sits(b)), full)], want: {} },
  { name: 'others found one full', because: 'they need not be believed twice', refusals: [], reading: { refusedToOthers: [a, b] }, want: { fullAcls: [a, b] } },
  { name: 'no seat was asked for', because: 'it is another quota', refusals: [refusal(update(), full)], want: {} },
  { name: 'a move with all that changes', because: 'the distribution is changed alone', refusals: [refusal(update({ moving: 'together' }), 'InvalidArgument')], want: { moveRefusals: [{ to: 'E2EXAMPLE', moving: 'together', message }] } },
  { name: 'a move alone', because: 'it is not to be', refusals: [refusal(update({ moving: 'alone' }), 'InvalidAssociation')], want: { moveRefusals: [{ to: 'E2EXAMPLE', moving: 'alone', message: failure('blocked', 'InvalidAssociation').message }] } },
  { name: 'a move, for an old version', because: 'that is no refusal to move', refusals: [refusal(update({ moving: 'alone' }), 'PreconditionFailed')], want: {} },
  { name: 'an update of which CloudFront left something as it was', because: 'it is not sent again', refusals: [refusal(update(), settingNotTaken), refusal(update(), full)], want: { notTaken: [{ configHash: hashOfConfig(config()), message: failure('blocked', settingNotTaken).message }] } },
  { name: 'a request just now', because: 'it is asked again in 15 s', refusals: [refusal(create(byCloudFront), 'InvalidArgument', ago(seconds(5)))], want: { unproved: { names: config().domains, message, againInMs: seconds(10) } } },
  { name: 'a request a while ago', because: 'it is asked again now', refusals: [refusal(update(byCloudFront), 'InvalidArgument', ago(seconds(15)))], want: { unproved: { names: config().domains, message, againInMs: 0 } } },
  { name: 'requests for two minutes', because: 'it is asked again less often', refusals: [120, 60, 0].map((past) => refusal(update(byCloudFront), 'InvalidArgument', ago(seconds(past)))), want: { unproved: { names: config().domains, message, againInMs: seconds(30) } } },
  { name: 'requests for ten minutes', because: 'but once a minute', refusals: [600, 0].map((past) => refusal(update(byCloudFront), 'InvalidArgument', ago(seconds(past)))), want: { unproved: { names: config().domains, message, againInMs: seconds(60) } } },
  { name: 'a change while a name waits for its certificate', because: 'the rest is changed without it', refusals: [refusal(update(), 'InvalidArgument')], reading: { tenant: idle }, want: { activeOnly: true } },
  { name: 'another certificate while a name waits for it', because: 'CloudFront does not know that one yet', refusals: [refusal(update({ config: config({ certificateArn: 'arn:b' }) }), 'InvalidArgument')], reading: { tenant: idle }, want: {} },
  { name: 'a change where every name is served', because: 'it is something else', refusals: [refusal(update(), 'InvalidArgument')], reading: { tenant: tenant() }, want: {} },
  { name: 'a request that the customer validates', because: 'our DNS says nothing of it', refusals: [refusal(update({ request: { host: 'self-hosted' } }), 'InvalidArgument')], want: {} },
];

test.each(rows)('what a refusal teaches, $name: $because', ({ refusals, reading, want }) => {
  expect(lessonsFrom(refusals, { tenant: undefined, refusedToOthers: [], isTaken: () => true, now: noon, ...reading })).toEqual({ ...noLessons, ...want });
});

test('conflicts over names are those of the tenant alone', () => {
  const ours = refusal(create(), 'CNAMEAlreadyExists');
  expect(conflictsIn([ours, refusal(create(), full), { ...ours, action: { ...ours.action, concern: 'CertificateReady' } }])).toEqual([ours]);
});

describe('in our words', () => {
  const said = (action: CreateTenant | UpdateTenant, code: string) => {
    const { kind, reason, message: text } = inOurWords(action, new Failure({ kind: 'transient', reason: 'AWSError', code, message: 'no' }));
    return { kind, reason, text };
  };
  test.each([
    { name: 'one name that is taken is named', action: create(), code: 'CNAMEAlreadyExists', want: { kind: 'blocked', reason: 'DomainTaken', text: takenMessage(config().domains) } },
    { name: 'two names may each be it', action: create({ config: config({ domains: domains('a.example.com', 'b.example.com') }) }), code: 'CNAMEAlreadyExists', want: { kind: 'transient', reason: 'AWSError', text: 'no' } },
    { name: 'what is no move stays as it is', action: update(), code: 'InvalidAssociation', want: { kind: 'transient', reason: 'AWSError', text: 'no' } },
    { name: 'a move is tried with less, at once', action: update({ moving: 'together' }), code: 'InvalidAssociation', want: { kind: 'conflict', reason: 'Conflict', text: 'CloudFront refuses to change the distribution together with all the rest, so that it goes in steps: no' } },
    { name: 'a move that is not to be waits for a person', action: update({ moving: 'alone' }), code: 'InvalidAssociation', want: { kind: 'blocked', reason: 'MoveRefused', text: 'CloudFront refuses to move the tenant to distribution E2EXAMPLE, so that it is served as before: no' } },
    { name: 'a move that was told not to be is no news', action: update({ moving: 'alone', again: true }), code: 'InvalidAssociation', want: { kind: 'conflict', reason: 'MoveRefused', text: 'CloudFront refuses to move the tenant to distribution E2EXAMPLE, so that it is served as before: no' } },
    { name: 'a quota is a quota, in a move too', action: update({ moving: 'together' }), code: full, want: { kind: 'transient', reason: 'AWSError', text: 'no' } },
  ] as const)('$name', ({ action, code, want }) => {
    expect(said(action, code)).toEqual(want);
  });
});
