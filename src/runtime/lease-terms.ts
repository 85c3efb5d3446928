/*
 * Who of several replicas works. A candidate takes the lease when it has seen no renewal for a whole lease time, by its own clock: two
 * machines' clocks are never compared. Whoever leads may send nothing new when half of that time has gone since its last renewal, so
 * that the last effect of an old leader comes before a new one acts:
 *
 *   renewed                    no call is sent          its last call            another
 *      │                        from here on            has ended              may lead
 *      0 ──────────────────────── 1/2 ───────────────────── 5/6 ─────────────────── 1   lease time
 *
 * That narrows what two leaders could do to each other; it excludes nothing (R10). A lost lease ends the process.
 */

/** What a lease says. */
export type LeaseTerms = {
  /** Empty where nobody holds it. */
  readonly holder: string;
  readonly durationMs: number;
  readonly acquiredAt: Date;
  readonly renewedAt: Date;
  /** How often it has changed hands. */
  readonly transitions: number;
};

/** A lease in the version it was read. */
export type StoredLease = LeaseTerms & { readonly version: string };

type Asking = { readonly signal: AbortSignal; readonly timeoutMs: number };

/** Where the lease is kept. Rejects where it is not known what became of the request. */
export type LeaseStore<Held extends StoredLease> = {
  readonly get: (options: Asking) => Promise<Held | undefined>;
  /** Replaces exactly `before`, creates where that is undefined. Undefined where somebody was faster. */
  readonly put: (before: Held | undefined, terms: LeaseTerms, options: Asking) => Promise<Held | undefined>;
};

/** All times of an election, in milliseconds. */
export type ElectionTimes = { readonly leaseMs: number; readonly renewMs: number; readonly retryMs: number; readonly callMs: number };

/**
 * All times in proportion to the lease's, so that none can be set against another: 30 s give a deadline of 15 s for renewals, a try every
 * 3 s, and 10 s for the longest call, to AWS or one that changes something in Kubernetes; the 5 s between its end and the next leader are the
 * margin.
 */
export const timesOf = (leaseMs: number): ElectionTimes => ({ leaseMs, renewMs: leaseMs / 2, retryMs: leaseMs / 10, callMs: leaseMs / 3 });
