import type { Decision, Desired, Verdict } from '../../contract.ts';
import { type Certificate, type CertificateAction, type CertificateObserved, type CertificateSpec, type CertificateView, concern, isCoveredBy, livingOf, servingOne } from './certificate.ts';
import { planDistribution, planGiven } from './foreign.ts';
import { markUnmarked, partialOf, planManaged } from './managed/plan.ts';
import { planOwn } from './own.ts';
import { tearDown } from './retire.ts';

/**
 * The certificate to serve with, once it is there: the exact set before one that merely serves it now, whoever issued that. Of CloudFront's
 * also one for some of the names only, where it serves more of them than what serves now.
 */
export const usableCertificate = (spec: CertificateSpec, observed: CertificateObserved): Certificate | undefined => {
  if (!observed.known) return undefined;
  const { known, given, blueprint } = observed.value;
  const fits = (certificate: Certificate | undefined): certificate is Certificate =>
    certificate?.status === 'ISSUED' && spec.names.every((name) => isCoveredBy(name, certificate));
  switch (spec.source.is) {
    case 'own':
      return [...livingOf(spec, known), servingOne(spec, known)].find(fits);
    case 'cloudfront':
      return [...livingOf(spec, known), servingOne(spec, known)].find(fits) ?? partialOf(spec, known);
    case 'given':
      return [given?.allowed ? given.certificate : undefined].find(fits);
    case 'distribution':
      return [blueprint].find(fits);
  }
};

/** What CloudFront requested for our tenant is marked besides, whatever is wished for by now: it is lost to us once the tenant is gone. */
const withMark = ({ condition, move }: Decision<CertificateAction>, view: CertificateView): Decision<CertificateAction> => {
  const mark = markUnmarked(view);
  if (mark === undefined) return { condition, move };
  if (move.is === 'acting') return { condition, move: { ...move, actions: [...move.actions, mark] } };
  return { condition, move: { is: 'acting', actions: [mark], ...(move.is === 'waiting' ? { on: move.on } : {}) } };
};

const planPresent = (spec: CertificateSpec, view: CertificateView, now: Date): Decision<CertificateAction> => {
  switch (spec.source.is) {
    case 'own':
      return withMark(planOwn(spec, view, now), view);
    case 'cloudfront':
      return planManaged(spec, view, now);
    case 'given':
      return withMark(planGiven(spec, spec.source.arn, view), view);
    case 'distribution':
      return withMark(planDistribution(spec, view), view);
  }
};

/** Decides about the certificate: pure. */
export const planCertificate = (desired: Desired<CertificateSpec>, observed: CertificateObserved, now: Date): Decision<CertificateAction> => {
  if (!observed.known) {
    const { failure } = observed;
    return { condition: { type: concern, status: 'Unknown', reason: failure.reason, message: failure.message }, move: { is: 'unseen', failure } };
  }
  switch (desired.is) {
    case 'held': {
      const serving = observed.value.known.find((certificate) => certificate.status === 'ISSUED');
      const condition: Verdict = serving
        ? { type: concern, status: 'True', reason: 'Issued', message: `certificate ${serving.arn} is issued; ${desired.message}` }
        : { type: concern, status: 'Unknown', reason: desired.reason, message: desired.message };
      return withMark({ condition, move: { is: 'waiting', on: desired.on } }, observed.value);
    }
    case 'absent':
      return tearDown(observed.value.known.filter((certificate) => certificate.ours));
    case 'present':
      return planPresent(desired.spec, observed.value, now);
  }
};
