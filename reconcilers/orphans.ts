import { type Mark, ownerKeyOf } from './aws/mark.ts';
import { looksLikeTierResource, tierPartOf, type TierResource } from './names.ts';
import type { CertificateSummary, ConnectionGroupSummary, TenantSummary, WafSummary } from './ports/fleet.ts';
import type { Lookup } from './ports/objects.ts';

/*
 * What is in AWS and in no object's memory: a finalizer was removed by hand, or the process died before an ARN was remembered.
 *
 *   listed ── an object derives its name, or remembers its ARN ───────> known
 *     └────── a stray ── not one in the sweep before ─────────────────> nothing yet: lists show late what came and what went
 *                  └──── in two sweeps in a row: its tags are read
 *                          ├── not our mark ──────────────────────────> foreign: never asked about again
 *                          ├── a certificate, and its owner lives ────> the owner is woken, and finds it by its mark
 *                          └── else ──────────────────────────────────> an orphan: told, and left to a person
 *
 * Nothing is deleted here: that nobody remembers it is no proof that nobody needs it.
 */

/** Kinds of AWS resources that we create, and that may be left over. */
export const orphanTypes = ['Certificate', 'DistributionTenant', 'ConnectionGroup', 'WebACL', 'IPSet'] as const;
export type OrphanType = (typeof orphanTypes)[number];

/** Something listed that no object knows. `title`: what people know it by, its name or a certificate's names. */
export type Stray = { readonly type: OrphanType; readonly arn: string; readonly title: string };

/** Something with our mark that no object wants. */
export type Orphan = Stray & { readonly mark: Mark };

/** All TenantDomains, by key, by the name of their tenant, and by the ARNs of the certificates they remember or name; and the names of the EdgeTiers that look for such resources of their own. */
export type Objects = Lookup<unknown, 'tenant' | 'certificate'> & { readonly tiers: (kind: TierResource) => readonly string[] };

/** What of ours AWS lists. */
export type Listed = {
  readonly tenants: readonly TenantSummary[];
  readonly certificates: readonly CertificateSummary[];
  readonly connectionGroups: readonly Pick<ConnectionGroupSummary, 'arn' | 'name'>[];
  readonly webAcls: readonly Pick<WafSummary, 'arn' | 'name'>[];
  readonly ipSets: readonly Pick<WafSummary, 'arn' | 'name'>[];
};

const bornMs = ({ createdAt }: CertificateSummary): number => createdAt?.getTime() ?? 0;

type Named = { readonly arn: string; readonly name: string };

/** Those of a kind that are named as a tier's are, and that no living tier looks for. */
const strayTierResources = ({ type, kind }: { readonly type: OrphanType; readonly kind: TierResource }, listed: readonly Named[], { tiers }: Objects, installation: string): readonly Stray[] => {
  const looking = tiers(kind);
  return listed
    .filter(({ name }) => looksLikeTierResource(name) && looking.every((tier) => tierPartOf({ installation, tier }, kind, name) === undefined))
    .map(({ arn, name }): Stray => ({ type, arn, title: name }));
};

/** What nobody knows; the youngest certificates first, since what a dying process left over is young at the next start. */
export const straysIn = ({ tenants, certificates, connectionGroups, webAcls, ipSets }: Listed, objects: Objects, installation: string): readonly Stray[] => [
  ...certificates
    // We never import certificates.
    .filter(({ arn, issued }) => issued === 'ACM' && objects.by('certificate', arn).length === 0)
    .toSorted((a, b) => bornMs(b) - bornMs(a))
    .map(({ arn, names }): Stray => ({ type: 'Certificate', arn, title: names[0] ?? arn })),
  ...tenants
    .filter(({ name }) => objects.by('tenant', name).length === 0)
    .map(({ arn, name }): Stray => ({ type: 'DistributionTenant', arn, title: name })),
  ...strayTierResources({ type: 'ConnectionGroup', kind: 'group' }, connectionGroups, objects, installation),
  ...strayTierResources({ type: 'WebACL', kind: 'web-acl' }, webAcls, objects, installation),
  ...strayTierResources({ type: 'IPSet', kind: 'ip-set' }, ipSets, objects, installation),
];

/** Tag reads of one type in one sweep: an account full of others' resources is got to know in hours, at next to no cost. */
const mostReads = 25;

/** Whose tags are to be read now: strays of two sweeps in a row that were not judged yet, so many of each type. */
export const unreadOf = (strays: readonly Stray[], before: ReadonlySet<string>, isJudged: (arn: string) => boolean): readonly Stray[] => {
  const unread = strays.filter(({ arn }) => before.has(arn) && !isJudged(arn));
  return orphanTypes.flatMap((type) => unread.filter((stray) => stray.type === type).slice(0, mostReads));
};

/** What becomes of a stray whose tags were read; `owner` is the key of the object that is to be woken. */
export type Judgement = { readonly is: 'foreign' } | { readonly is: 'owned'; readonly owner: string } | { readonly is: 'orphan'; readonly orphan: Orphan };

/**
 * Whose it is. A tenant, and whatever is a tier's, is found by its name only, so that one by another name is nobody's, whatever its mark says; and what carries
 * another installation's mark is as foreign as what carries none.
 */
export const judge = (stray: Stray, mark: Mark | 'foreign', installation: string, objects: Objects): Judgement => {
  if (mark === 'foreign' || mark.installation !== installation) return { is: 'foreign' };
  const owner = ownerKeyOf(mark);
  if (stray.type === 'Certificate' && objects.get(owner) !== undefined) return { is: 'owned', owner };
  return { is: 'orphan', orphan: { ...stray, mark } };
};
