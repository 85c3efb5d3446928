import type { World } from '../world.ts';
import { delay } from '../world.ts';
import { issueCertificate } from './lifecycle.ts';
import type { Certificate, NameValidation } from './state.ts';

const withoutDot = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const isRecordThere = async (world: World, { record }: NameValidation): Promise<boolean> => {
  const answer = await world.lookUp(withoutDot(record.name), 'CNAME');
  return answer.is === 'found' && answer.values.some((value) => withoutDot(value) === withoutDot(record.value));
};

const isPending = (certificate: Certificate): boolean =>
  !certificate.gone &&
  (certificate.status === 'PENDING_VALIDATION' ||
    (certificate.status === 'ISSUED' && (certificate.renewal?.status === 'PENDING_AUTO_RENEWAL' || certificate.renewal?.status === 'PENDING_VALIDATION')));

/** A proof must be seen, and still be there when its time has come. */
const weigh = (world: World, validation: NameValidation, isProved: boolean, isManaged: boolean): void => {
  if (!isProved) {
    validation.validFromMs = undefined;
    return;
  }
  validation.validFromMs ??= world.timeline.nowMs + delay(world, isManaged ? 'managedValidationMs' : 'dnsValidationMs');
  validation.validated = world.timeline.nowMs >= validation.validFromMs;
};

const conclude = (world: World, certificate: Certificate): void => {
  const { timeline } = world;
  const isRenewal = certificate.status === 'ISSUED';
  if (certificate.validations.every((validation) => validation.validated)) {
    issueCertificate(world, certificate);
    return;
  }
  const isMissing = certificate.validations.some(({ validated, validFromMs }) => !validated && validFromMs === undefined);
  if (isRenewal && isMissing && certificate.renewal?.status !== 'PENDING_VALIDATION')
    certificate.renewal = { status: 'PENDING_VALIDATION', updatedAt: timeline.now };
  const nextMs = certificate.validations.reduce(
    (soonest, { validated, validFromMs }) => (validated ? soonest : Math.min(soonest, validFromMs ?? Infinity)),
    timeline.nowMs + world.knobs.dnsCheckIntervalMs,
  );
  timeline.in(Math.max(1, nextMs - timeline.nowMs), () => {
    if (isPending(certificate)) world.dueChecks.add(certificate);
  });
};

const check = async (world: World, certificate: Certificate): Promise<void> => {
  const { managed } = certificate;
  const open = certificate.validations.filter(({ validated }) => !validated);
  const managedProof = managed?.isProved(certificate.status === 'ISSUED' ? 'renewal' : 'issuance');
  const proofs = await Promise.all(open.map((validation) => managedProof ?? isRecordThere(world, validation)));
  certificate.checking = false;
  if (!isPending(certificate)) return;
  for (const [index, validation] of open.entries()) weigh(world, validation, proofs[index] ?? false, managed !== undefined);
  conclude(world, certificate);
};

/** Looks up in DNS what is due, all at once. A certificate is looked at by one call at a time. */
export const runDueChecks = async (world: World): Promise<void> => {
  if (world.dueChecks.size === 0) return;
  const due = [...world.dueChecks].filter((certificate) => !certificate.checking && isPending(certificate));
  world.dueChecks.clear();
  for (const certificate of due) certificate.checking = true;
  await Promise.all(due.map((certificate) => check(world, certificate)));
};
