import type { Move } from '../../contract.ts';
import type { Certificate, CertificateAction, Proof } from './certificate.ts';

/*
 * When another certificate is requested after those that died. Each request costs one of the 5,000 that ACM grants in a year, and ACM
 * says the same again until somebody mends what it met: those who never come must not use up what others need.
 *
 *   FAILED                as the names are no public ones                     when the names change, or it is deleted
 *                         for any other reason                                1 hour, 1 day, then 24 days after the request that failed
 *   VALIDATION_TIMED_OUT  what validates the names is in DNS                  now
 *                         it is not                                           once it is
 *                         nobody can say, or a redirect would do as well      once it is, or 1, 8, then 64 days later
 *   any other             it served, or somebody deleted it                   now
 *
 * The youngest of those that failed or timed out decides; one whose names are refused decides for good.
 */

const hours = 3_600_000;
const days = 24 * hours;
/** ACM, DNS validation: a request is given up after 72 hours. */
const validationMs = 72 * hours;

/** Kept beside their successor, so that the pace of new requests can tell how often it went wrong; ACM holds 2,500 in all. */
export const maxDeadKept = 3;

/** Whether ACM refused these names themselves, so that it refuses every request for them. */
export const isHopeless = ({ status, trouble }: Certificate): boolean => status === 'FAILED' && trouble === 'INVALID_PUBLIC_DOMAIN';

const createdMs = ({ createdAt }: Certificate): number => createdAt?.getTime() ?? 0;

/** The one of these dead that tells why there is no certificate, and what the next request waits for; undefined where none failed or timed out. */
export const decisiveOf = (dead: readonly Certificate[]): Certificate | undefined =>
  dead.find(isHopeless) ?? dead.filter(({ status }) => status === 'FAILED' || status === 'VALIDATION_TIMED_OUT').toSorted((a, b) => createdMs(b) - createdMs(a))[0];

/** So many times in all, at most as many as are kept: that often the wait has grown. */
const grown = (factor: number, { length }: readonly Certificate[]): number => factor ** (Math.min(length, maxDeadKept) - 1);

/** What the next request waits for after these, which ACM will never issue; undefined where it may be made now. */
export const waitAfter = (dead: readonly Certificate[], proof: Proof, now: Date): Extract<Move<CertificateAction>, { is: 'waiting' }> | undefined => {
  const last = decisiveOf(dead);
  if (last === undefined) return undefined;
  if (isHopeless(last)) return { is: 'waiting', on: 'person' };
  const alike = dead.filter(({ status }) => status === last.status);
  if (last.status === 'FAILED') {
    // It may be deleted meanwhile by whoever mends what was refused, and only a look shows that.
    const leftMs = createdMs(last) + grown(24, alike) * hours - now.getTime();
    return leftMs > 0 ? { is: 'waiting', on: 'customer', between: { minMs: Math.min(leftMs, 600_000), maxMs: 600_000 } } : undefined;
  }
  if (proof === 'seen') return undefined;
  const isDue = proof === 'unknown' && createdMs(last) + validationMs + grown(8, alike) * days <= now.getTime();
  return isDue ? undefined : { is: 'waiting', on: 'customer' };
};
