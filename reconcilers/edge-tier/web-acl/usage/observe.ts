import type { Aws } from '../../../ports/aws.ts';
import type { Fleet, Freshness } from '../../../ports/fleet.ts';
import type { Seats } from '../../../seats.ts';
import type { Acl } from '../web-acl.ts';

/** Who uses a web ACL, as an `Acl` tells it. */
export type Usage = Pick<Acl, 'tenants' | 'leaving' | 'foreign' | 'isFull' | 'isUsed'>;

type Ports = { readonly aws: Aws; readonly fleet: Fleet; readonly seats: Seats; readonly now: () => Date };

// Any page size will do; a page of a filtered list may be empty and have a successor.
const pageItems = 100;

const distributionsWith = async (aws: Aws, arn: string, signal: AbortSignal): Promise<number> => {
  let count = 0;
  for (let marker: string | undefined; ; ) {
    const { DistributionList: page } = await aws.listDistributionsByWebAclId({ WebACLId: arn, MaxItems: pageItems, ...(marker === undefined ? {} : { Marker: marker }) }, signal);
    count += page?.Items?.length ?? 0;
    marker = page?.NextMarker;
    if (!marker) return count;
  }
};

const hasTenant = async (aws: Aws, arn: string, signal: AbortSignal): Promise<boolean> => {
  for (let marker: string | undefined; ; ) {
    const page = await aws.listDistributionTenantsByCustomization({ WebACLArn: arn, MaxItems: pageItems, ...(marker === undefined ? {} : { Marker: marker }) }, signal);
    if ((page.DistributionTenantList ?? []).length > 0) return true;
    marker = page.NextMarker;
    if (!marker) return false;
  }
};

/** How long a count of distributions is believed: as old as the fleet's lists become. A tier at rest is not looked at, and asks nothing. */
const believedForMs = 10 * 60_000;

/**
 * Looks at who uses the tier's web ACLs. Tenants come from the fleet's list; distributions are counted anew once the count is old. In a
 * look at AWS itself, an ACL that no tenant has is asked about by its ARN: it may be about to be deleted.
 */
export const usageReader = ({ aws, fleet, seats, now }: Ports): ((arn: string, look: { readonly live: boolean; readonly signal: AbortSignal }) => Promise<Usage>) => {
  const foreignTo = new Map<string, { readonly count: number; readonly atMs: number }>();

  const foreign = async (arn: string, believedMs: number, signal: AbortSignal): Promise<number> => {
    const known = foreignTo.get(arn);
    if (known !== undefined && now().getTime() - known.atMs < believedMs) return known.count;
    const atMs = now().getTime();
    const count = await distributionsWith(aws, arn, signal);
    foreignTo.set(arn, { count, atMs });
    seats.reserve(arn, count);
    return count;
  };

  /** Those who had it when they were seen last; to begin with, everybody who is being deployed, since nobody knows what they had. */
  const hadIt = new Map<string, readonly string[]>();

  const leaving = async (arn: string, tenants: readonly string[], fresh: Freshness): Promise<readonly string[]> => {
    const before = hadIt.get(arn) ?? (await fleet.tenants.all(fresh)).filter(({ deployed }) => !deployed).map(({ name }) => name);
    const left = await Promise.all(before.filter((name) => !tenants.includes(name)).map((name) => fleet.tenants.get(name, fresh)));
    const names = left.flatMap((tenant) => (tenant === undefined || tenant.deployed ? [] : [tenant.name])).toSorted();
    hadIt.set(arn, [...tenants, ...names]);
    return names;
  };

  return async (arn, { live, signal }) => {
    // However old: what must be certain is asked of AWS below. Without a complete list nobody would seem to be there.
    const fresh: Freshness = { notBefore: new Date(0), signal };
    const tenants = (await fleet.tenants.where('webAcl', arn, fresh)).map(({ name }) => name).toSorted();
    const seen = { tenants, leaving: await leaving(arn, tenants, fresh), isFull: seats.isRefused(arn, tenants.length) };
    if (!live || tenants.length > 0) return { ...seen, foreign: await foreign(arn, believedForMs, signal), isUsed: undefined };
    const [count, isOverride] = await Promise.all([foreign(arn, 0, signal), hasTenant(aws, arn, signal)]);
    return { ...seen, foreign: count, isUsed: count > 0 || isOverride };
  };
};
