import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { Failure } from '../../reconcilers/failure.ts';
import type { CertificateSummary, Fleet, Freshness } from '../../reconcilers/ports/fleet.ts';
import type { LiveFleet } from '../aws/fleet.ts';
import type { AccountMetrics, Serving } from './account-metrics.ts';

/** What of the stores tells whose a certificate is. */
export type Sources = {
  readonly tiers: () => readonly Pick<EdgeTier, 'spec'>[];
  /** The TenantDomains that remember or name this certificate. */
  readonly tenantsWith: (certificateArn: string) => readonly Pick<TenantDomain, 'status'>[];
};

type Lists = Pick<LiveFleet, 'all' | 'pollMs'> & { readonly fleet: { readonly blueprints: Pick<Fleet['blueprints'], 'get'> } };

// However old: it is only asked for what memory holds.
const ever = new Date(0);

/**
 * The lists as they are, told to the metrics whenever somebody (the orphan sweep) asks for all of them: AWS is asked for nothing on the
 * metrics' account.
 */
export const countedLists = (live: Lists, metrics: AccountMetrics, sources: Sources): Pick<LiveFleet, 'all' | 'pollMs'> => ({
  pollMs: live.pollMs,
  all: async (fresh, looksFor) => {
    const lists = await live.all(fresh, looksFor);
    const ofDistributions = await distributionCertificates(live, sources, fresh);
    metrics.listed(lists, servingOf(ofDistributions, sources));
    return lists;
  },
});

/** The certificates of the distributions that tiers name. Each tier's own passes keep them in memory. */
const distributionCertificates = async ({ fleet }: Lists, { tiers }: Sources, { signal }: Freshness): Promise<ReadonlySet<string>> => {
  const ids = [...new Set(tiers().map(({ spec }) => spec.distributionId))];
  const arns = await Promise.all(ids.map((id) => fleet.blueprints.get(id, { notBefore: ever, signal }).then((blueprint) => blueprint?.certificateArn).catch(unlessFailure)));
  return new Set(arns.filter((arn) => arn !== undefined));
};

/** One that cannot be read is not counted this time: its tier says why. */
const unlessFailure = (error: unknown): undefined => {
  if (!(error instanceof Failure)) throw error;
};

const servingOf = (ofDistributions: ReadonlySet<string>, { tenantsWith }: Sources) => ({ arn }: CertificateSummary): Serving | undefined => {
  if (ofDistributions.has(arn)) return 'distribution';
  const serves = tenantsWith(arn).some(({ status }) => status?.certificates?.some((row) => row.arn === arn && row.use === 'Serving'));
  return serves ? 'tenant' : undefined;
};
