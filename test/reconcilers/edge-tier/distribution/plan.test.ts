import { describe, expect, test } from 'vitest';
import { planDistribution } from '../../../../reconcilers/edge-tier/distribution/plan.ts';
import type { Blueprint } from '../../../../reconcilers/ports/fleet.ts';
import { failure } from '../../builders.ts';
import { blueprint } from '../builders.ts';

const person = { is: 'waiting', on: 'person' } as const;
const aws = { is: 'waiting', on: 'aws' } as const;

type Row = { readonly name: string; readonly because: string; readonly blueprint: Blueprint | undefined; readonly published?: string; readonly want: { readonly says: string; readonly move: object } };
const rows: readonly Row[] = [
  { name: 'as it should be', because: 'it is never changed', blueprint: blueprint(), want: { says: 'True Found: distribution E2EXAMPLE is multi-tenant, enabled and deployed', move: { is: 'settled' } } },
  { name: 'not there', because: 'its id is wrong', blueprint: undefined, want: { says: 'False DistributionNotFound: spec.distributionId: this AWS account has no distribution E2EXAMPLE', move: person } },
  { name: 'a standard one', because: 'it can have no tenants', blueprint: blueprint({ tenantOnly: false }), want: { says: 'False DistributionNotMultiTenant: distribution E2EXAMPLE is a standard one: name a multi-tenant distribution (connection mode tenant-only)', move: person } },
  { name: 'disabled', because: 'none of its tenants is served', blueprint: blueprint({ enabled: false }), want: { says: 'False DistributionDisabled: distribution E2EXAMPLE is disabled, so that none of its tenants is served: enable it', move: person } },
  { name: 'being deployed for the first time', because: 'nothing can be served yet', blueprint: blueprint({ deployed: false }), want: { says: 'False DistributionDeploying: distribution E2EXAMPLE is being deployed', move: aws } },
  { name: 'being deployed, and ready before', because: 'its tenants go on being served', blueprint: blueprint({ deployed: false }), published: blueprint().arn, want: { says: 'True DistributionDeploying: distribution E2EXAMPLE is being deployed; its tenants are served as before meanwhile', move: aws } },
  { name: 'being deployed, another one was ready before', because: 'a status outlives no distribution', blueprint: blueprint({ deployed: false }), published: 'arn:aws:cloudfront::111122223333:distribution/E1', want: { says: 'False DistributionDeploying: distribution E2EXAMPLE is being deployed', move: aws } },
];

describe('planDistribution', () => {
  test.each(rows)('$name: $because', ({ blueprint: value, published, want }) => {
    const { condition: { type, status, reason, message }, move } = planDistribution('E2EXAMPLE', { known: true, value }, published);
    expect({ type, says: `${status} ${reason}: ${message}`, move }).toEqual({ type: 'DistributionReady', ...want });
  });

  test('a failed read is not "not there"', () => {
    expect(planDistribution('E2EXAMPLE', { known: false, failure: failure() }, undefined)).toEqual({
      condition: { type: 'DistributionReady', status: 'Unknown', reason: 'AWSError', message: 'call AWS: TimeoutError: no' }, move: { is: 'unseen', failure: failure() },
    });
  });
});
