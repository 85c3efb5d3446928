import type { Decision, Verdict } from '../../contract.ts';
import type { CertificateSummary } from '../../ports/fleet.ts';
import { type Certificate, type CertificateAction, type CertificateSpec, concern, isFrom, isServed, type QuotaView, servingOne } from './certificate.ts';

/*
 * ACM grants so many requests in 365 days, and deleting gives nothing back. What is left is kept for those who are served already: new
 * customers wait once little is left, and a mere change of the issuer waits much sooner.
 *
 *   replacing  who is served, and whose names changed or whose certificate died    always
 *   new        nothing serves yet                                                  while less than 90 % is used
 *   switching  the present certificate is fine, only the issuer changes            while less than 50 % is used
 *
 * Nothing is kept of the count: a new process counts what is there, and not what was deleted in the year before. What ACM itself refuses
 * corrects it, for an hour at a time: meanwhile none but replacements are tried.
 */

const yearMs = 365 * 24 * 3_600_000;
const countedForMs = 60_000;
const shownWithinMs = 10 * 60_000;
const refusedForMs = 60 * 60_000;

const allowedShare = { new: 0.9, switching: 0.5 } as const;

/** What a request is for. */
export type Purpose = keyof typeof allowedShare | 'replacing';

/** What a request for this certificate would be for. What serves is not known where the tenant could not be read: then it counts as new. */
export const purposeOf = (spec: CertificateSpec, known: readonly Certificate[]): Purpose => {
  if (spec.serving.is !== 'some' || spec.serving.active.length === 0) return 'new';
  const present = servingOne(spec, known);
  return isServed(spec, known) && !(present && isFrom(spec.source, present)) ? 'switching' : 'replacing';
};

/** Says that no request is made now for the sake of others; undefined where one may be made. */
export const reservedVerdict = (spec: CertificateSpec, known: readonly Certificate[], { used, perYear, refused = false }: QuotaView): Verdict | undefined => {
  const purpose = purposeOf(spec, known);
  if (purpose === 'replacing') return undefined;
  const share = allowedShare[purpose];
  if (used < share * perYear && !refused) return undefined;
  // Without the count, which moves with each request: what waits is not written anew for it.
  const said = refused ? 'ACM refused a request with LimitExceededException: ask AWS to raise its quotas' : `${share * 100} % of the ${perYear} certificates that ACM grants in 365 days are used: ask AWS to raise that quota`;
  const whom = refused ? 'replacing certificates that serve comes first' : 'the rest is kept for replacing certificates that serve';
  const what = purpose === 'new' ? whom : 'the issuer is changed once less are used, and the present certificate goes on serving';
  return { type: concern, status: purpose === 'new' ? 'False' : 'True', reason: 'CertificatesReserved', message: `${said}; ${what}` };
};

/** A decision that waits for a person to have the quota raised. */
export const reserved = (condition: Verdict): Decision<CertificateAction> => ({ condition, move: { is: 'waiting', on: 'person' } });

/** How much of the quota is used, counted from the list of certificates once a minute: a cache of one process. */
export type Quota = {
  /** Whether the count is too old to be believed. */
  readonly isDue: () => boolean;
  /** Counts what the account has, and those that this process saw before: ACM counts them, though they were deleted since. Those deleted before are missed. */
  readonly count: (certificates: readonly CertificateSummary[]) => void;
  /** One more was asked for. */
  readonly spend: () => void;
  /** ACM refused a request, since this quota or that of the certificates that are there is used up. */
  readonly refuse: () => void;
  readonly view: () => QuotaView;
};

export const createQuota = (now: () => Date, perYear: number): Quota => {
  let countedAtMs = Number.NEGATIVE_INFINITY;
  let spentAtMs: readonly number[] = [];
  let refusedAtMs = Number.NEGATIVE_INFINITY;
  const createdAtMs = new Map<string, number>();
  return {
    isDue: () => now().getTime() - countedAtMs >= countedForMs,
    count: (certificates) => {
      countedAtMs = now().getTime();
      const before = createdAtMs.size;
      for (const { arn, issued, createdAt } of certificates) if (issued === 'ACM' && createdAt !== undefined) createdAtMs.set(arn, createdAt.getTime());
      // What was asked for shows some time later, or never, where CloudFront ignored it.
      spentAtMs = spentAtMs.slice(createdAtMs.size - before).filter((atMs) => countedAtMs - atMs < shownWithinMs);
      for (const [arn, atMs] of createdAtMs) if (countedAtMs - atMs >= yearMs) createdAtMs.delete(arn);
    },
    spend: () => {
      spentAtMs = [...spentAtMs, now().getTime()];
    },
    refuse: () => {
      refusedAtMs = now().getTime();
    },
    view: () => ({ used: createdAtMs.size + spentAtMs.length, perYear, ...(now().getTime() - refusedAtMs < refusedForMs ? { refused: true } : {}) }),
  };
};
