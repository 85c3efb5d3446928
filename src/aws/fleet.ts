import { looksLikeTierResource, type TierResource } from '../../reconcilers/names.ts';
import type { Listed } from '../../reconcilers/orphans.ts';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import type { Blueprint, CertificateSummary, ConnectionGroupSummary, Fleet, Freshness, RenewalSummary, TenantSummary, WafSummary } from '../../reconcilers/ports/fleet.ts';
import type { Clock } from '../runtime/clock.ts';
import { createListing } from './listing.ts';
import { poll } from './poll.ts';
import { blueprintReads, certificateReads, connectionGroupReads, ipSetReads, renewalReads, tenantReads, webAclReads } from './reads.ts';
import { type Change, Snapshot } from './snapshot.ts';

/** Something in AWS came, changed or went, as a list or our own answer showed it. */
export type FleetChange =
  | ({ readonly source: 'tenants' } & Change<TenantSummary>)
  | ({ readonly source: 'certificates' } & Change<CertificateSummary>)
  | ({ readonly source: 'connectionGroups' } & Change<ConnectionGroupSummary>)
  | ({ readonly source: 'renewals' } & Change<RenewalSummary>)
  | ({ readonly source: 'blueprints' } & Change<Blueprint>)
  | ({ readonly source: 'webAcls' | 'ipSets' } & Change<WafSummary>);

export type FleetOptions = {
  /** Its calls are the shared ones: give it layers that count them as such. */
  readonly aws: Aws;
  readonly clock: Clock;
  /** 0 to 1; spreads the polls of many controllers. */
  readonly random: () => number;
  /** How old the lists may become at rest, 10 minutes unless told otherwise. */
  readonly pollMs?: number;
  /** How often every object is looked at, 10 hours unless told otherwise. */
  readonly resyncMs?: number;
};

/** The fleet with what belongs to its process: who hears of changes, and the polls. */
export type LiveFleet = {
  readonly fleet: Fleet;
  /** How old the lists may become at rest, in milliseconds. */
  readonly pollMs: number;
  /**
   * Everything that tenants are served with, known to us or not, from complete lists begun at or after `notBefore`. WAF's only once
   * somebody asked for them, and while some tier `looksFor` such or one of a tier was left: who uses no web ACLs need not be allowed to list them.
   */
  readonly all: (fresh: Freshness, looksFor: (kind: TierResource) => boolean) => Promise<Listed>;
  /** Every source, and since when those who ask for its list have had no newer one: absent while nobody asks. */
  readonly lists: readonly { readonly source: string; readonly staleSince: () => Date | undefined }[];
  /** Tells of every change from now on, until the returned function is called. */
  readonly subscribe: (listener: (change: FleetChange) => void) => () => void;
  /** Our mark was read on this: if it is a certificate, it is found by `owner`, `namespace/name`, from now on. */
  readonly learnOwner: (arn: string, owner: string) => void;
  /** Reads again, all the time until `signal` aborts, what was asked for. Never rejects: a failed poll is tried again sooner. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

const defaultPollMs = 10 * 60_000;
const defaultResyncMs = 10 * 3_600_000;

/** Reads of the whole fleet, shared by all keys (R13). */
export const createFleet = ({ aws, clock, random, pollMs = defaultPollMs, resyncMs = defaultResyncMs }: FleetOptions): LiveFleet => {
  const listeners = new Set<(change: FleetChange) => void>();
  const owners = new Map<string, string>();
  const known = snapshots(clock, owners, (change) => listeners.forEach((listener) => listener(change)));
  const fleet = {
    tenants: createListing({ clock, snapshot: known.tenants, reads: tenantReads(aws, clock) }),
    certificates: createListing({ clock, snapshot: known.certificates, reads: certificateReads(aws, clock) }),
    renewals: createListing({ clock, snapshot: known.renewals, reads: renewalReads(aws, clock) }),
    connectionGroups: createListing({ clock, snapshot: known.connectionGroups, reads: connectionGroupReads(aws, clock) }),
    blueprints: createListing({ clock, snapshot: known.blueprints, reads: blueprintReads(aws) }),
    webAcls: createListing({ clock, snapshot: known.webAcls, reads: webAclReads(aws, clock) }),
    ipSets: createListing({ clock, snapshot: known.ipSets, reads: ipSetReads(aws, clock) }),
  };
  return {
    fleet,
    pollMs,
    all: async (fresh, looksFor) => {
      const isWanted = (kind: TierResource, snapshot: typeof known.webAcls): boolean => {
        const before = snapshot.all(Number.NEGATIVE_INFINITY);
        return before !== undefined && (looksFor(kind) || before.some(({ name }) => looksLikeTierResource(name)));
      };
      const [tenants, certificates, connectionGroups, webAcls, ipSets] = await Promise.all([
        fleet.tenants.all(fresh), fleet.certificates.all(fresh), fleet.connectionGroups.all(fresh),
        isWanted('web-acl', known.webAcls) ? fleet.webAcls.all(fresh) : [], isWanted('ip-set', known.ipSets) ? fleet.ipSets.all(fresh) : [],
      ]);
      return { tenants, certificates, connectionGroups, webAcls, ipSets };
    },
    lists: Object.entries(fleet).map(([source, { staleSince }]) => ({ source, staleSince })),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    learnOwner: (arn, owner) => {
      if (arn.split(':')[2] === 'acm') known.certificates.reindex(arn, () => owners.set(arn, owner));
    },
    run: async (signal) => {
      // Longer than any look at an object is put off, a tenth of jitter included, so that what is still wanted stays in the poll.
      const askedWithinMs = 1.2 * Math.max(defaultResyncMs, resyncMs);
      await Promise.all(Object.values(fleet).map((listing) => poll(listing, { clock, random, pollMs, askedWithinMs }, signal)));
    },
  };
};

const snapshots = (clock: Clock, owners: ReadonlyMap<string, string>, tell: (change: FleetChange) => void) => ({
  tenants: new Snapshot<TenantSummary, 'certificate' | 'webAcl' | 'connectionGroup'>({
    clock,
    idOf: ({ name }) => name,
    indexes: {
      certificate: ({ certificateArn }) => (certificateArn === undefined ? [] : [certificateArn]),
      webAcl: ({ webAcl }) => (webAcl.is === 'override' ? [webAcl.arn] : []),
      connectionGroup: ({ connectionGroupId }) => (connectionGroupId === undefined ? [] : [connectionGroupId]),
    },
    onChange: (change) => tell({ source: 'tenants', ...change }),
  }),
  certificates: new Snapshot<CertificateSummary, 'names' | 'owner'>({
    clock,
    idOf: ({ arn }) => arn,
    indexes: { names: ({ names }) => [names.join(' ')], owner: ({ arn }) => [owners.get(arn)].filter((owner) => owner !== undefined) },
    onChange: (change) => tell({ source: 'certificates', ...change }),
  }),
  renewals: new Snapshot<RenewalSummary, never>({ clock, idOf: ({ arn }) => arn, indexes: {}, onChange: (change) => tell({ source: 'renewals', ...change }) }),
  connectionGroups: new Snapshot<ConnectionGroupSummary, 'default' | 'name' | 'endpoint'>({
    clock,
    idOf: ({ id }) => id,
    indexes: { default: ({ isDefault }) => [String(isDefault)], name: ({ name }) => [name], endpoint: ({ endpoint }) => [endpoint] },
    onChange: (change) => tell({ source: 'connectionGroups', ...change }),
  }),
  blueprints: new Snapshot<Blueprint, never>({ clock, idOf: ({ id }) => id, indexes: {}, onChange: (change) => tell({ source: 'blueprints', ...change }) }),
  webAcls: new Snapshot<WafSummary, never>({ clock, idOf: ({ name }) => name, indexes: {}, onChange: (change) => tell({ source: 'webAcls', ...change }) }),
  ipSets: new Snapshot<WafSummary, never>({ clock, idOf: ({ name }) => name, indexes: {}, onChange: (change) => tell({ source: 'ipSets', ...change }) }),
});
