import { describe, expect, test } from 'vitest';
import type { WebACL } from '../../../../crds/types.ts';
import { planWebAcl } from '../../../../reconcilers/edge-tier/web-acl/plan.ts';
import { failure } from '../../builders.ts';

const arn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/x/1';
const settled = { is: 'settled' } as const;

type Row = { readonly name: string; readonly because: string; readonly webAcl: WebACL; readonly isThere: boolean; readonly want: { readonly says: string; readonly move: object } };
const rows: readonly Row[] = [
  { name: 'inherited', because: 'the distribution may have one', webAcl: { type: 'Inherit' }, isThere: true, want: { says: 'True Inherited: tenants have the web ACL of the distribution, if it has one', move: settled } },
  { name: 'disabled', because: 'the tier says so', webAcl: { type: 'Disabled' }, isThere: true, want: { says: 'True WebACLDisabled: tenants have no web ACL', move: settled } },
  { name: 'named and there', because: 'it is never changed', webAcl: { type: 'Existing', arn }, isThere: true, want: { says: `True ExistingWebACL: tenants have web ACL ${arn}`, move: settled } },
  { name: 'named and not there', because: 'its ARN is wrong', webAcl: { type: 'Existing', arn }, isThere: false, want: { says: `False WebACLNotFound: spec.webACL.arn: WAFv2 has no web ACL ${arn} of scope CLOUDFRONT`, move: { is: 'waiting', on: 'person' } } },
];

describe('planWebAcl', () => {
  test.each(rows)('$name: $because', ({ webAcl, isThere, want }) => {
    const { condition: { type, status, reason, message }, move } = planWebAcl(webAcl, { known: true, value: isThere });
    expect({ type, says: `${status} ${reason}: ${message}`, move }).toEqual({ type: 'WebACLReady', ...want });
  });

  test('a failed read is not "not there"', () => {
    expect(planWebAcl({ type: 'Existing', arn }, { known: false, failure: failure() })).toEqual({
      condition: { type: 'WebACLReady', status: 'Unknown', reason: 'AWSError', message: 'call AWS: TimeoutError: no' }, move: { is: 'unseen', failure: failure() },
    });
  });
});
