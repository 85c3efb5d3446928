import type { TenantDomain } from '../../../crds/types.ts';
import type { Reason } from '../../../crds/reasons.ts';
import type { Habit } from '../customers.ts';

/** Where a tenant of `examples/` is to end. */
export type End = {
  /** Status and reason of the condition Ready. */
  readonly ready: `True/${Reason}` | `False/${Reason}`;
  /** Of the condition DNSConfigured, where it says something. */
  readonly dns?: `True/${Reason}` | `False/${Reason}`;
  /** What DNS says of each domain. */
  readonly traffic?: 'Found' | 'Mismatch';
  /** A reason that Ready has had on the way. */
  readonly via?: Reason;
};

/** One tenant of `examples/`, the customer who plays it, and where it is to end. */
export type Role = { readonly key: string; readonly part: string; readonly habit: Habit; readonly end: End };

const prompt: Habit = { addsAfterMs: 0 };
const served: End = { ready: 'True/Served', dns: 'True/Configured', traffic: 'Found' };

/** The six tenants of `examples/tenant-domains.yaml`. */
export const cast: readonly Role[] = [
  { key: 'acme/shop', part: 'healthy: the customer adds each record at once', habit: prompt, end: served },
  { key: 'bakery/orders', part: 'slow: the customer adds the record of the certificate after 40 s', habit: { addsAfterMs: 40_000 }, end: { ...served, via: 'WaitingForCustomerDNS' } },
  {
    key: 'cinema/tickets', part: 'wrong CNAME: the customer points the domain elsewhere', habit: { ...prompt, pointsAt: 'old-host.cinema.example' },
    end: { ready: 'True/Served', dns: 'False/NotConfigured', traffic: 'Mismatch' },
  },
  { key: 'dental/portal', part: 'refused: the tier does not admit its namespace', habit: prompt, end: { ready: 'False/NamespaceNotAllowed' } },
  { key: 'energy/meters', part: 'refused: sets a parameter that the distribution does not define', habit: prompt, end: { ready: 'False/ParameterUndefined' } },
  { key: 'fashion/store', part: 'two names on one certificate', habit: prompt, end: served },
];

/** `namespace/name`. */
export const keyOf = ({ metadata }: TenantDomain): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Status and reason of a condition, like `True/Served`. */
export const conditionOf = (tenant: TenantDomain, type: string): string => {
  const found = tenant.status?.conditions?.find((condition) => condition.type === type);
  return found === undefined ? 'Unknown/Pending' : `${found.status}/${found.reason}`;
};

/** What is known of a tenant beside its object. */
export type Evidence = {
  /** Every reason that its Ready has had. */
  readonly reasons: ReadonlySet<string>;
  /** Whether an edge of CloudFront answers for a name: the truth that the status is measured against. */
  readonly serves: (domain: string) => boolean;
};

/** In which ways a tenant is not where it is to end; none when it is. */
export const differencesOf = ({ end }: Role, tenant: TenantDomain | undefined, evidence: Evidence): readonly string[] => {
  if (tenant === undefined) return ['it does not exist'];
  const [ready, dns] = [conditionOf(tenant, 'Ready'), conditionOf(tenant, 'DNSConfigured')];
  const isServed = end.ready.startsWith('True');
  const states = tenant.status?.domains ?? [];
  return [
    ready === end.ready ? [] : [`Ready is ${ready}, not ${end.ready}`],
    end.dns === undefined || dns === end.dns ? [] : [`DNSConfigured is ${dns}, not ${end.dns}`],
    end.via === undefined || evidence.reasons.has(end.via) ? [] : [`Ready has never been ${end.via}`],
    tenant.spec.domains.filter((domain) => evidence.serves(domain) !== isServed).map((domain) => `CloudFront ${isServed ? 'does not serve' : 'serves'} ${domain}`),
    tenant.spec.domains.flatMap((domain) => {
      const found = states.find(({ name }) => name === domain);
      const isRight = !isServed || (found?.state === 'Active' && (end.traffic === undefined || found.dns === end.traffic));
      return isRight ? [] : [`${domain} is ${found?.state ?? 'absent'} with DNS ${found?.dns ?? 'Unknown'} in the status, not Active with ${end.traffic ?? 'any'}`];
    }),
  ].flat();
};
