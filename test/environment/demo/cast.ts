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
  /** The tier whose own web ACL stands before it, where one does. */
  readonly guard?: string;
  /** A reason that Ready has had on the way. */
  readonly via?: Reason;
};

/** One tenant of `examples/`, the customer who plays it, and where it is to end. */
export type Role = { readonly key: string; readonly part: string; readonly habit: Habit; readonly end: End };

const prompt: Habit = { addsAfterMs: 0 };
const served: End = { ready: 'True/Served', dns: 'True/Configured', traffic: 'Found' };
const basic: End = { ...served, guard: 'basic' };
const premium: End = { ...served, guard: 'premium' };

/** The tenants of `examples/tenant-domains.yaml`, and where they end before the platform changes anything. */
export const cast: readonly Role[] = [
  { key: 'acme/shop', part: 'healthy: the customer adds each record at once', habit: prompt, end: basic },
  { key: 'bakery/orders', part: 'slow: the customer adds the record of the certificate after 20 s', habit: { addsAfterMs: 20_000 }, end: { ...basic, via: 'WaitingForCustomerDNS' } },
  {
    key: 'cinema/tickets', part: 'wrong CNAME: the customer points the domain elsewhere', habit: { ...prompt, pointsAt: 'old-host.cinema.example' },
    end: { ...basic, dns: 'False/PointsElsewhere', traffic: 'Mismatch' },
  },
  { key: 'dental/portal', part: 'refused: the tier does not admit its namespace', habit: prompt, end: { ready: 'False/NamespaceNotAllowed' } },
  { key: 'energy/meters', part: 'refused: sets a parameter that the distribution does not define', habit: prompt, end: { ready: 'False/ParameterUndefined' } },
  { key: 'fashion/outlet', part: 'through a connection group of its choice', habit: prompt, end: premium },
  { key: 'fashion/store', part: 'two names on one certificate', habit: prompt, end: premium },
  { key: 'gallery/visits', part: "CloudFront's certificate: the customer points the domain here first", habit: prompt, end: served },
];

/** How the customer of a tenant behaves; those of no role do as they are told. */
export const habitOf = (key: string): Habit => cast.find((role) => role.key === key)?.habit ?? prompt;

/** `namespace/name`. */
export const keyOf = ({ metadata }: TenantDomain): string => `${metadata.namespace ?? ''}/${metadata.name}`;

/** Status and reason of a condition, like `True/Served`. */
export const conditionOf = (tenant: TenantDomain, type: string): string => {
  const found = tenant.status?.conditions?.find((condition) => condition.type === type);
  return found === undefined ? 'Unknown/Pending' : `${found.status}/${found.reason}`;
};
