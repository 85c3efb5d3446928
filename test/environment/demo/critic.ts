import type { TenantDomain } from '../../../crds/types.ts';
import { cast, conditionOf, keyOf, type Role } from './cast.ts';

/** What is known of a tenant beside its object. */
export type Evidence = {
  /** Every reason that its Ready has had. */
  readonly reasons: ReadonlySet<string>;
  /** Whether an edge of CloudFront answers for a name: the truth that the status is measured against. */
  readonly serves: (domain: string) => boolean;
};

/** In which ways a tenant is not where it is to end, what tells most first; none when it is. */
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

/** What is to be said of the whole cast: the keys of those who are where they should be, and the first difference of each who is not. */
export type Verdict = { readonly done: ReadonlySet<string>; readonly wrong: readonly string[] };

/** Judges the cast at each look. Remembers the reasons that their Ready has gone through since the first. */
export const createCritic = (serves: Evidence['serves']): ((tenants: readonly TenantDomain[]) => Verdict) => {
  const reasonsOf = new Map<string, Set<string>>(cast.map(({ key }) => [key, new Set()]));
  return (tenants) => {
    const judged = cast.map((role) => {
      const tenant = tenants.find((one) => keyOf(one) === role.key);
      const reasons = reasonsOf.get(role.key) ?? new Set();
      if (tenant) reasons.add(conditionOf(tenant, 'Ready').split('/')[1] ?? '');
      return { key: role.key, differences: differencesOf(role, tenant, { reasons, serves }) };
    });
    return {
      done: new Set(judged.filter(({ differences }) => differences.length === 0).map(({ key }) => key)),
      wrong: judged.flatMap(({ key, differences: [first] }) => (first === undefined ? [] : [`${key}: ${first}`])),
    };
  };
};
