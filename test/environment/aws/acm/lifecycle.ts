import type { FailureReason, KeyAlgorithm, ValidationMethod } from '@aws-sdk/client-acm';
import { digest } from '../random.ts';
import { Shown, stalenessOfDelete } from '../shown.ts';
import { delay, type World } from '../world.ts';
import type { Certificate, NameValidation } from './state.ts';

/** What a certificate is made from. The first of `names` is the common name. */
export type CertificateOrder = {
  readonly names: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly type: Certificate['type'];
  readonly method?: ValidationMethod;
  readonly managed?: Certificate['managed'];
  readonly tags?: ReadonlyMap<string, string>;
  /** Of an imported one. */
  readonly notAfter?: Date;
};

/**
 * The record that proves a name: the same for every certificate of one account, and for a name and the wildcard of it.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export const recordFor = (accountId: string, name: string): NameValidation['record'] => {
  const apex = name.replace(/^\*\./, '');
  return {
    name: `_${digest(accountId, apex, 'name')}.${apex}.`,
    value: `_${digest(accountId, apex, 'value')}.${digest(accountId, apex, 'zone').slice(0, 10)}.acm-validations.aws.`,
  };
};

/** Puts a new certificate on the shelf: an imported one is issued at once, the others wait for their proof. */
export const addCertificate = (world: World, order: CertificateOrder): Certificate => {
  const { timeline, certificates, accountId } = world;
  const certificate: Certificate = {
    id: `arn:aws:acm:us-east-1:${accountId}:certificate/${world.random.uuid('certificate')}`,
    sequence: certificates.nextSequence(),
    names: order.names,
    keyAlgorithm: order.keyAlgorithm,
    type: order.type,
    method: order.method,
    managedBy: order.managed === undefined ? undefined : 'CLOUDFRONT',
    createdAt: timeline.now,
    validations: (order.type === 'IMPORTED' ? [] : order.names).map((name) => ({ name, record: recordFor(accountId, name), validFromMs: undefined, validated: false })),
    tags: new Map(order.tags),
    shown: new Shown(),
    optionsFromMs: timeline.nowMs + delay(world, 'validationOptionsMs'),
    recordsFromMs: timeline.nowMs + delay(world, 'validationRecordMs'),
    managed: order.managed,
    status: 'PENDING_VALIDATION',
    issuedAt: undefined,
    notBefore: undefined,
    notAfter: undefined,
    revokedAt: undefined,
    failureReason: undefined,
    renewal: undefined,
    knownToCloudFrontFromMs: 0,
    checking: false,
    gone: false,
  };
  certificate.shown.write(true, { reads: Infinity, untilMs: timeline.nowMs + delay(world, 'certificateHiddenMs') });
  certificates.add(certificate);
  if (order.type === 'IMPORTED') issueCertificate(world, certificate, order.notAfter);
  else waitForProof(world, certificate);
  return certificate;
};

const waitForProof = (world: World, certificate: Certificate): void => {
  if (certificate.method !== 'EMAIL') world.dueChecks.add(certificate);
  world.timeline.in(world.knobs.validationTimeoutMs, () => {
    if (certificate.status === 'PENDING_VALIDATION') changeStatus(certificate, 'VALIDATION_TIMED_OUT');
  });
};

const changeStatus = (certificate: Certificate, status: Certificate['status']): void => {
  certificate.status = status;
  certificate.managed?.changed();
};

/** A failed certificate never comes back. */
export const failCertificate = (certificate: Certificate, reason: FailureReason): void => {
  certificate.failureReason = reason;
  changeStatus(certificate, 'FAILED');
};

/** Nothing is served with it from now on. */
export const revokeCertificate = (world: World, certificate: Certificate): void => {
  certificate.revokedAt = world.timeline.now;
  changeStatus(certificate, 'REVOKED');
};

/** Ends it now, as time or a failed renewal does. */
export const expireCertificate = (world: World, certificate: Certificate): void => {
  certificate.notAfter = world.timeline.now;
  if (certificate.renewal !== undefined) certificate.renewal = { status: 'FAILED', updatedAt: world.timeline.now };
  changeStatus(certificate, 'EXPIRED');
};

const isForbiddenByCaa = (world: World, name: string): boolean => {
  const labels = name.replace(/^\*\./, '').split('.');
  return labels.some((_, index) => world.caaForbidden.has(labels.slice(index).join('.')));
};

/** Issues it, or renews it under the same ARN, unless a CAA record forbids. */
export const issueCertificate = (world: World, certificate: Certificate, notAfter?: Date): void => {
  const { timeline, knobs } = world;
  const isRenewal = certificate.status === 'ISSUED';
  if (certificate.type !== 'IMPORTED' && certificate.names.some((name) => isForbiddenByCaa(world, name))) {
    if (isRenewal) certificate.renewal = { status: 'FAILED', updatedAt: timeline.now, reason: 'CAA_ERROR' };
    else failCertificate(certificate, 'CAA_ERROR');
    return;
  }
  if (isRenewal) certificate.renewal = { status: 'SUCCESS', updatedAt: timeline.now };
  else certificate.knownToCloudFrontFromMs = timeline.nowMs + delay(world, 'certificateUnknownToCloudFrontMs');
  certificate.issuedAt = timeline.now;
  certificate.notBefore = timeline.now;
  certificate.notAfter = notAfter ?? new Date(timeline.nowMs + knobs.certificateValidityMs);
  for (const validation of certificate.validations) validation.validated = true;
  changeStatus(certificate, 'ISSUED');
  planEnd(world, certificate);
};

const planEnd = (world: World, certificate: Certificate): void => {
  const endMs = certificate.notAfter?.getTime() ?? Infinity;
  const leftMs = endMs - world.timeline.nowMs;
  const isStillThis = (): boolean => !certificate.gone && certificate.status === 'ISSUED' && certificate.notAfter?.getTime() === endMs;
  world.timeline.in(leftMs, () => {
    if (isStillThis()) expireCertificate(world, certificate);
  });
  if (certificate.type === 'IMPORTED') return;
  world.timeline.in(leftMs - world.knobs.renewalLeadMs, () => {
    if (isStillThis()) beginRenewal(world, certificate, endMs);
  });
}

// Only a certificate in use is renewed; one that comes into use later is taken up within a day.
const renewalLookMs = 24 * 60 * 60 * 1_000;

const beginRenewal = (world: World, certificate: Certificate, endMs: number): void => {
  if (certificate.gone || certificate.status !== 'ISSUED' || certificate.notAfter?.getTime() !== endMs) return;
  if (world.uses.held(certificate.id) === 0) {
    world.timeline.in(renewalLookMs, () => {
      beginRenewal(world, certificate, endMs);
    });
    return;
  }
  certificate.renewal = { status: 'PENDING_AUTO_RENEWAL', updatedAt: world.timeline.now };
  for (const validation of certificate.validations) Object.assign(validation, { validFromMs: undefined, validated: false });
  world.dueChecks.add(certificate);
};

/** Moves the life of an issued certificate back, as if it were so old that it ends at `notAfter`; near the end its renewal begins at once. */
export const ageCertificate = (world: World, certificate: Certificate, notAfter: Date): void => {
  const byMs = (certificate.notAfter ?? notAfter).getTime() - notAfter.getTime();
  const earlier = (time: Date): Date => new Date(time.getTime() - byMs);
  certificate.createdAt = earlier(certificate.createdAt);
  certificate.issuedAt = certificate.issuedAt && earlier(certificate.issuedAt);
  certificate.notBefore = certificate.notBefore && earlier(certificate.notBefore);
  certificate.notAfter = notAfter;
  planEnd(world, certificate);
};

/** Deletes it, whoever uses it: callers check first. */
export const removeCertificate = (world: World, certificate: Certificate): void => {
  const staleness = stalenessOfDelete(world);
  certificate.gone = true;
  certificate.shown.write(undefined, staleness);
  world.dueChecks.delete(certificate);
  world.timeline.in(staleness.untilMs - world.timeline.nowMs, () => {
    world.certificates.remove(certificate);
  });
};
