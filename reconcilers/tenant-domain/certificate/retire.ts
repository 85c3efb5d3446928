import type { Decision, Move, Verdict } from '../../contract.ts';
import { maxDeadKept } from './again.ts';
import { type Certificate, type CertificateAction, type CertificateSpec, concern, deadOf, type DeleteCertificate, isDead, isHidden, type Serving } from './certificate.ts';

/** ACM needs 4 to 20 minutes, at times days, to see that nothing uses a certificate any more (facts of third parties). */
export const inUsePace = { minMs: 30_000, maxMs: 600_000 };

/** ACM shows a request, and then its validation records, after some seconds, at times minutes. */
export const shownPace = { minMs: 10_000, maxMs: 60_000 };

const deletion = (certificate: Certificate, because: string): DeleteCertificate => ({
  concern, verb: 'DeleteCertificate', because: `delete certificate ${certificate.arn}: ${because}`, destroys: true, needs: 'live', arn: certificate.arn,
});

/** Why this certificate may not be deleted yet; undefined when it may. */
const retained = (certificate: Certificate, serving: Serving): 'serving' | 'in use' | 'unsure' | undefined => {
  if (serving.is === 'unknown') return 'unsure';
  if (serving.is === 'some' && serving.arn === certificate.arn) return 'serving';
  if (isHidden(certificate)) return 'unsure';
  // Nothing uses one that is pending, unless it is in a state that AWS has added since (aws/summaries.ts).
  if ((certificate.status === 'PENDING_VALIDATION' && !certificate.inUse) || isDead(certificate)) return undefined;
  if (serving.is === 'some' && !serving.settled) return 'unsure';
  return certificate.inUse ? 'in use' : undefined;
};

/** What goes now, and whether more will go later by itself. */
export type Retirement = { readonly deletions: readonly DeleteCertificate[]; readonly lingering: boolean };

/** What may go: superseded certificates that serve nothing. Dead ones of the wanted set stay until their successor is issued. */
export const retire = (spec: CertificateSpec, others: readonly Certificate[], issued: boolean): Retirement => {
  const there = others.filter((certificate) => certificate.status !== 'GONE');
  const deadOfSet = deadOf(spec, there);
  const kept = issued ? [] : deadOfSet.toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0)).slice(0, maxDeadKept);
  const superseded = there.filter((certificate) => !kept.includes(certificate));
  return {
    deletions: superseded.filter((certificate) => retained(certificate, spec.serving) === undefined).map((certificate) => deletion(certificate, 'superseded, and it serves nothing')),
    lingering: superseded.some((certificate) => ['in use', 'unsure'].includes(retained(certificate, spec.serving) ?? '')),
  };
};

/** The decision, with what goes now; what lingers is looked at again. */
export const withRetirement = (condition: Verdict, { deletions, lingering }: Retirement, otherwise: Move<CertificateAction>): Decision<CertificateAction> => {
  const [first, ...rest] = deletions;
  if (first) return { condition, move: { is: 'acting', actions: [first, ...rest] } };
  if (lingering && otherwise.is === 'settled') return { condition, move: { is: 'waiting', on: 'aws', between: inUsePace } };
  return { condition, move: otherwise };
};

/** Another source serves now: what was requested before goes, once nothing uses it. */
export const retireAll = (condition: Verdict, spec: CertificateSpec, known: readonly Certificate[]): Decision<CertificateAction> =>
  withRetirement(condition, retire(spec, known.filter((certificate) => certificate.ours), true), { is: 'settled' });

/**
 * Everything of ours goes, each certificate as soon as ACM shows it and says that nothing uses it. Asked for once the tenant is gone.
 */
export const tearDown = (ours: readonly Certificate[]): Decision<CertificateAction> => {
  const there = ours.filter((certificate) => certificate.status !== 'GONE');
  const inUse = there.filter((certificate) => certificate.inUse);
  const hidden = there.filter(isHidden);
  const [first, ...rest] = there.filter((certificate) => !certificate.inUse && !isHidden(certificate)).map((certificate) => deletion(certificate, 'its TenantDomain is being deleted'));
  const message = inUse.length > 0
    ? `ACM still reports ${inUse.map((certificate) => certificate.arn).join(', ')} as used by CloudFront; this ends by itself, mostly within 20 minutes`
    : 'the certificate is being deleted';
  const condition: Verdict = { type: concern, status: 'False', reason: inUse.length > 0 ? 'InUse' : 'Deleting', message };
  if (first) return { condition, move: { is: 'acting', actions: [first, ...rest] } };
  if (hidden.length > 0) return { condition, move: { is: 'waiting', on: 'aws', between: shownPace } };
  if (inUse.length > 0) return { condition, move: { is: 'waiting', on: 'aws', between: inUsePace } };
  return { condition, move: { is: 'gone' } };
};
