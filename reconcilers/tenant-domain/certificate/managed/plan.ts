import type { Decision, Move, Verdict } from '../../../contract.ts';
import type { Failure } from '../../../failure.ts';
import { waitAfter } from '../again.ts';
import { takenUpWithinMs } from '../asked.ts';
import { type Certificate, type CertificateAction, type CertificateObserved, type CertificateSpec, type CertificateView, concern, deadOf, isCoveredBy, isDead, isFrom, isHidden, isServed, livingOf, type MarkCertificate, servingOne } from '../certificate.ts';
import { reservedVerdict } from '../quota.ts';
import { inUsePace, retire, shownPace, withRetirement } from '../retire.ts';
import { whileServed } from '../verdict.ts';
import { failedVerdict, ignoredVerdict, issuedManaged, requestingVerdict, takenUpVerdict, waitingVerdict } from './verdict.ts';

export { takenUpVerdict } from './verdict.ts';

/*
 * A certificate that CloudFront requests for the tenant. The request travels with the tenant's own write, all wanted names on it, and
 * AWS says nothing of what came of it but in the details of the tenant: that they name the certificate is what proves it ours.
 *
 *   wanted ──the tenant's write takes the request──> taken up ──details name it──> unmarked ──mark──> pending
 *     ^  ^                                              │                                               │ DNS leads here, or redirects
 *     │  └── 7 days, another spec ─── ignored <─────────┘ 2 minutes on, every name served               v
 *     └───────────── failed, timed out: again.ts ───────────────────────────────────────────────────  issued ──> the tenant swaps
 *
 * One request at a time: what is pending for wanted names is waited for, though it be for some of them only, and attached; what is pending
 * for a name that nobody wants any more is deleted, which ends it.
 */

const minutes = 60_000;
/** A request of which nothing came and that left names unserved is made again. */
const againAfterMs = 10 * minutes;
/** One that CloudFront ignored is hardly worth more: every name is served, and each try is a deployment. */
const ignoredForMs = 7 * 24 * 60 * minutes;

/** Where the request for a certificate of CloudFront's stands. */
export type Stage =
  | { readonly is: 'issued'; readonly certificate: Certificate }
  | { readonly is: 'partial'; readonly certificate: Certificate }
  | { readonly is: 'unmarked'; readonly arn: string }
  | { readonly is: 'pending'; readonly certificate: Certificate }
  | { readonly is: 'superseded' }
  | { readonly is: 'retiring'; readonly certificate: Certificate }
  | { readonly is: 'taken up' }
  | { readonly is: 'ignored' }
  | { readonly is: 'denied'; readonly failure: Failure }
  | { readonly is: 'paced'; readonly wait: Move<CertificateAction> }
  | { readonly is: 'reserved'; readonly verdict: Verdict }
  | { readonly is: 'wanted' };

/** An issued one for some of the names, where it serves more of them than what serves now: a step on the way. */
export const partialOf = (spec: CertificateSpec, known: readonly Certificate[]): Certificate | undefined => {
  const serving = servingOne(spec, known);
  const covered = (certificate: Certificate | undefined): readonly string[] => (certificate?.status === 'ISSUED' ? spec.names.filter((name) => isCoveredBy(name, certificate)) : []);
  const before = covered(serving);
  const isUnsure = spec.serving.is === 'unknown' || (spec.serving.is === 'some' && spec.serving.arn !== undefined && serving === undefined);
  return isUnsure ? undefined : known.find((certificate) => certificate.ours && isFrom(spec.source, certificate) && covered(certificate).length > before.length && before.every((name) => covered(certificate).includes(name)));
};

/** What came of the last request, where nothing is to be seen of it. */
const sinceAsked = (spec: CertificateSpec, { known, managed }: CertificateView, failed: readonly Certificate[], now: Date): 'taken up' | 'ignored' | undefined => {
  const { asked } = managed;
  if (asked === undefined || (asked.names !== undefined && asked.names !== spec.names.join(' '))) return undefined;
  if (failed.some(({ createdAt }) => createdAt !== undefined && createdAt >= asked.at)) return undefined;
  const elapsedMs = now.getTime() - asked.at.getTime();
  if (elapsedMs < takenUpWithinMs) return 'taken up';
  // The tenant that was asked for it is gone, and the request with it.
  if (spec.serving.is === 'none') return undefined;
  if (isServed(spec, known)) return elapsedMs < ignoredForMs ? 'ignored' : undefined;
  return elapsedMs < againAfterMs ? 'taken up' : undefined;
};

/** The request that CloudFront or ACM shows as under way. */
const underWay = (spec: CertificateSpec, ours: readonly Certificate[], { request }: CertificateView['managed']): Stage | undefined => {
  const marked = request.is === 'made' && ours.some(({ arn }) => arn === request.arn);
  if (request.is === 'made' && !marked && !request.gone) return { is: 'unmarked', arn: request.arn };
  const open = ours.find((certificate) => isHidden(certificate) || (certificate.managedBy === 'CloudFront' && certificate.status === 'PENDING_VALIDATION'));
  if (open) return isHidden(open) || open.names.every((name) => spec.names.some((wanted) => wanted === name)) ? { is: 'pending', certificate: open } : { is: 'superseded' };
  return request.is === 'made' && request.gone && request.pending ? { is: 'superseded' } : undefined;
};

/**
 * The certificate that serves all wanted names, and others, while one that it replaced is still there or CloudFront is still deploying it:
 * nobody has to hurry, and who holds three certificates holds one too many.
 */
const retiringOf = (spec: CertificateSpec, ours: readonly Certificate[]): Certificate | undefined => {
  const serving = servingOne(spec, ours);
  if (serving?.status !== 'ISSUED' || spec.serving.is !== 'some' || !spec.names.every((name) => isCoveredBy(name, serving))) return undefined;
  const isAlone = ours.every((certificate) => certificate === serving || isDead(certificate));
  return isAlone && spec.serving.settled ? undefined : serving;
};

/** Where it stands, as far as was seen. */
export const stageOf = (spec: CertificateSpec, view: CertificateView, now: Date): Stage => {
  const ours = view.known.filter((certificate) => certificate.ours);
  const issued = livingOf(spec, ours).find(({ status }) => status === 'ISSUED');
  if (issued) return { is: 'issued', certificate: issued };
  const open = underWay(spec, ours, view.managed);
  if (open) return open;
  const certificate = partialOf(spec, ours);
  if (certificate) return { is: 'partial', certificate };
  const present = retiringOf(spec, ours);
  if (present) return { is: 'retiring', certificate: present };
  const { denied } = view.managed;
  if (denied) return { is: 'denied', failure: denied };
  const failed = deadOf(spec, ours);
  const wait = waitAfter(failed, spec.names.every((name) => spec.pointing.some((one) => one === name)) ? 'seen' : 'unknown', now);
  if (wait) return { is: 'paced', wait };
  const outcome = sinceAsked(spec, view, failed, now);
  if (outcome) return { is: outcome };
  const verdict = reservedVerdict(spec, view.known, view.quota);
  return verdict ? { is: 'reserved', verdict } : { is: 'wanted' };
};

/** Where a request stands that this source would make; undefined where it makes none, or nothing could be seen. */
export const requestStage = (spec: CertificateSpec, observed: CertificateObserved, now: Date): Stage | undefined =>
  spec.source.is === 'cloudfront' && observed.known ? stageOf(spec, observed.value, now) : undefined;

/** Marks the certificate that CloudFront's details of our tenant name, and nothing of ours does yet. */
export const markUnmarked = ({ known, managed: { request } }: CertificateView): MarkCertificate | undefined =>
  request.is !== 'made' || request.gone || known.some(({ arn, ours }) => ours && arn === request.arn)
    ? undefined
    : { concern, verb: 'MarkCertificate', because: `mark certificate ${request.arn}, which CloudFront requested for this tenant`, destroys: false, needs: 'shared', aside: true, arn: request.arn };

type Told = { readonly verdict: Verdict; readonly move: Move<CertificateAction> };

/** Validated names are CloudFront's turn; where DNS does not lead here, the customer's, by record or redirect. */
const waiting = (spec: CertificateSpec, certificate: Certificate): Told => ({
  verdict: waitingVerdict(spec, certificate),
  move: isHidden(certificate) ? { is: 'waiting', on: 'aws', between: shownPace } : { is: 'waiting', on: certificate.names.every((name) => spec.pointing.some((one) => one === name)) ? 'aws' : 'customer' },
});

const toldOf = (stage: Stage, spec: CertificateSpec, view: CertificateView): Told => {
  const onAws: Move<CertificateAction> = { is: 'waiting', on: 'aws' };
  const mark = markUnmarked(view);
  switch (stage.is) {
    case 'issued':
      return { verdict: issuedManaged(spec, stage.certificate), move: { is: 'settled' } };
    case 'partial':
      return { verdict: requestingVerdict(spec), move: { is: 'waiting', on: 'sibling' } };
    case 'unmarked':
      return { verdict: takenUpVerdict(spec), move: mark ? { is: 'acting', actions: [mark] } : onAws };
    case 'pending':
      return waiting(spec, stage.certificate);
    case 'retiring':
      return { verdict: issuedManaged(spec, stage.certificate), move: { is: 'waiting', on: 'aws', between: inUsePace } };
    case 'superseded':
    case 'taken up':
      return { verdict: takenUpVerdict(spec), move: onAws };
    case 'ignored':
      return { verdict: ignoredVerdict(spec, servingOne(spec, view.known)), move: { is: 'settled' } };
    case 'denied':
      return { verdict: { type: concern, status: 'False', reason: stage.failure.reason, message: stage.failure.message }, move: { is: 'waiting', on: 'person' } };
    case 'reserved':
      return { verdict: stage.verdict, move: { is: 'waiting', on: 'person' } };
    case 'paced':
    case 'wanted': {
      const verdict = failedVerdict(spec, deadOf(spec, view.known)) ?? requestingVerdict(spec);
      return { verdict, move: stage.is === 'paced' ? stage.wait : { is: 'waiting', on: 'sibling' } };
    }
  }
};

/** Decides about a certificate of CloudFront's: mark, wait, retire what it replaces. It is asked for with the tenant's own write. */
export const planManaged = (spec: CertificateSpec, view: CertificateView, now: Date): Decision<CertificateAction> => {
  const stage = stageOf(spec, view, now);
  const kept = [partialOf(spec, view.known), 'certificate' in stage ? stage.certificate : undefined];
  const { verdict, move } = toldOf(stage, spec, view);
  const condition = stage.is === 'issued' ? verdict : whileServed(spec, view.known, verdict);
  if (move.is === 'acting') return { condition, move };
  return withRetirement(condition, retire(spec, view.known.filter((certificate) => certificate.ours && !kept.includes(certificate)), stage.is === 'issued'), move);
};
