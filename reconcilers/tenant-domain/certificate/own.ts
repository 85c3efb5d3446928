import type { Decision, Verdict } from '../../contract.ts';
import { waitAfter } from './again.ts';
import { type Certificate, type CertificateAction, type CertificateSpec, type CertificateView, concern, deadOf, isFrom, isHidden, livingOf, type RequestCertificate, servingOne } from './certificate.ts';
import { reserved, reservedVerdict } from './quota.ts';
import { retire, shownPace, withRetirement } from './retire.ts';
import { requestedVerdict, verdictOf, whileServed } from './verdict.ts';

const requestOf = (spec: CertificateSpec, failed: readonly Certificate[]): RequestCertificate => ({
  concern, verb: 'RequestCertificate', because: `request certificate for ${spec.names.join(', ')}`, destroys: false, needs: 'shared',
  names: spec.names, keyAlgorithm: spec.source.is === 'own' ? spec.source.keyAlgorithm : undefined, deadArns: failed.map((certificate) => certificate.arn).toSorted(),
});

/** Decides about our own certificates: request, wait, replace by overlap, retire. `known` may hold others' too; they are left alone. */
export const planOwn = (spec: CertificateSpec, { known, quota }: Pick<CertificateView, 'known' | 'quota'>, now: Date): Decision<CertificateAction> => {
  const ours = known.filter((certificate) => certificate.ours);
  const [wanted] = livingOf(spec, ours);
  const failed = deadOf(spec, ours);
  const retirement = retire(spec, ours.filter((certificate) => certificate !== wanted), wanted?.status === 'ISSUED');
  const hidden = ours.find(isHidden);
  const present = servingOne(spec, ours);
  // Where CloudFront's certificate serves and ours is to follow, nobody has to hurry.
  const told = (verdict: Verdict): Verdict => (present && !isFrom(spec.source, present) ? whileServed(spec, ours, verdict) : verdict);
  const condition = told(verdictOf(spec, wanted ?? hidden, failed));
  if (wanted?.status === 'ISSUED') return withRetirement(condition, retirement, { is: 'settled' });
  if (wanted) {
    const turn = wanted.records === undefined || spec.proof === 'seen' ? 'aws' : 'customer';
    return withRetirement(condition, retirement, wanted.records === undefined ? { is: 'waiting', on: 'aws', between: shownPace } : { is: 'waiting', on: turn });
  }
  if (hidden) return withRetirement(condition, retirement, { is: 'waiting', on: 'aws', between: shownPace });
  // A superseded pending certificate goes before another is asked for, so that a spec that changes often holds no more than two.
  if (retirement.deletions.length > 0) return withRetirement(condition, retirement, { is: 'settled' });
  const wait = waitAfter(failed, spec.proof, now);
  if (wait) return { condition, move: wait };
  const held = reservedVerdict(spec, known, quota);
  if (held) return reserved(told(held));
  return { condition, move: { is: 'acting', afterwards: told(requestedVerdict(spec)), actions: [requestOf(spec, failed)] } };
};
