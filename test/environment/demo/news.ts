import type { TenantDomain } from '../../../crds/types.ts';
import { keyOf } from './cast.ts';

/** What of a tenant is told when it changes, under the word for it. */
const factsOf = ({ spec, status }: TenantDomain): Readonly<Record<string, string | undefined>> => ({
  tier: spec.tierRef.name,
  endpoint: status?.endpoint,
  // The name is what people read in an ARN: .../webacl/<name>/<id>
  'web ACL': status?.distributionTenant?.webACLArn?.split('/').at(-2),
});

/** Tells what became another of each tenant since the last look; what is new altogether is in the table. */
export const createNews = (): ((tenants: readonly TenantDomain[]) => readonly string[]) => {
  const before = new Map<string, ReturnType<typeof factsOf>>();
  return (tenants) =>
    tenants.flatMap((tenant) => {
      const [key, now] = [keyOf(tenant), factsOf(tenant)];
      const was = before.get(key);
      before.set(key, now);
      return Object.entries(now).flatMap(([what, is]) => (was?.[what] === undefined || is === undefined || was[what] === is ? [] : [`${key}: ${what} ${was[what]} -> ${is}`]));
    });
};
