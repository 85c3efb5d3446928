import type { Aws } from '../../../ports/aws.ts';
import type { Fleet } from '../../../ports/fleet.ts';
import type { Seats } from '../../../seats.ts';
import type { Acl } from '../web-acl.ts';

/** Who uses a web ACL, as an `Acl` tells it. */
export type Usage = Pick<Acl, 'tenants' | 'foreign' | 'isFull' | 'isUsed'>;

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

/** How long a count of distributions is believed in looks at AWS itself; a pass that acts looks several times. */
const believedForMs = 10 * 60_000;

/**
 * Looks at who uses the tier's web ACLs. Tenants come from the fleet's list; distributions are asked for once a process, and again in
 * looks at AWS itself, where an ACL that no tenant has is asked about by its ARN: it may be about to be deleted.
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

  return async (arn, { live, signal }) => {
    // However old: what must be certain is asked of AWS below. Without a complete list nobody would seem to be there.
    const tenants = (await fleet.tenants.where('webAcl', arn, { notBefore: new Date(0), signal })).map(({ name }) => name).toSorted();
    const isFull = seats.isRefused(arn, tenants.length);
    if (!live) return { tenants, foreign: await foreign(arn, Number.POSITIVE_INFINITY, signal), isFull, isUsed: undefined };
    if (tenants.length > 0) return { tenants, foreign: await foreign(arn, believedForMs, signal), isFull, isUsed: undefined };
    const [count, isOverride] = await Promise.all([foreign(arn, 0, signal), hasTenant(aws, arn, signal)]);
    return { tenants, foreign: count, isFull, isUsed: count > 0 || isOverride };
  };
};
