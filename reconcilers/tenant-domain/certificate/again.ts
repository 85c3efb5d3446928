import type { Move } from '../../contract.ts';
import type { Certificate, CertificateAction } from './certificate.ts';

/*
 * When another certificate is requested after those that died. Each request costs one of the 5,000 that ACM grants in a year, and ACM
 * says the same again until somebody mends what it met: those who never come must not use up what others need.
 *
 *   FAILED                as no public certificate for such names is made     when the names change
 *                         for any other reason                                1, 4, then 16 hours after the request that failed
 *   VALIDATION_TIMED_OUT  what validates the names is in DNS                  now
 *                         it is known, and it is not                          once it is
 *                         it is not known: a redirect would do as well        once DNS leads here, or 1, 8, then 64 days later
 *   any other             it served, or somebody deleted it                   now
 */

const hours = 3_600_000;
const days = 24 * hours;
/** ACM, DNS validation: a request is given up after 72 hours. */
const validationMs = 72 * hours;

/** Kept beside their successor, so that the pace of new requests can tell how often it went wrong; ACM holds 2,500 in all. */
export const maxDeadKept = 3;

const hopeless: readonly string[] = ['INVALID_PUBLIC_DOMAIN', 'DOMAIN_NOT_ALLOWED'];

/** Whether ACM refused these names themselves, so that it refuses every request for them. */
export const isHopeless = ({ status, trouble }: Certificate): boolean => status === 'FAILED' && trouble !== undefined && hopeless.includes(trouble);

/** Whether DNS proves the names: it does, it does not, or something else may. */
export type Proof = 'seen' | 'missing' | 'unknown';

const youngestMs = (certificates: readonly Certificate[]): number => Math.max(0, ...certificates.map(({ createdAt }) => createdAt?.getTime() ?? 0));

/** So many times in all, at most as many as are kept: that often the wait has grown. */
const grown = (factor: number, { length }: readonly Certificate[]): number => factor ** (Math.min(length, maxDeadKept) - 1);

/** What the next request waits for after these, which ACM will never issue; undefined where it may be made now. */
export const waitAfter = (dead: readonly Certificate[], proof: Proof, now: Date): Extract<Move<CertificateAction>, { is: 'waiting' }> | undefined => {
  if (dead.some(isHopeless)) return { is: 'waiting', on: 'person' };
  const refused = dead.filter(({ status }) => status === 'FAILED');
  const refusedMs = refused.length === 0 ? 0 : youngestMs(refused) + grown(4, refused) * hours - now.getTime();
  // Whoever mends what was refused may do so meanwhile, and nothing here would see it.
  if (refusedMs > 0) return { is: 'waiting', on: 'customer', between: { minMs: Math.min(refusedMs, 600_000), maxMs: 600_000 } };
  const idle = dead.filter(({ status }) => status === 'VALIDATION_TIMED_OUT');
  if (idle.length === 0 || proof === 'seen') return undefined;
  const isDue = proof === 'unknown' && youngestMs(idle) + validationMs + grown(8, idle) * days <= now.getTime();
  return isDue ? undefined : { is: 'waiting', on: 'customer' };
};
