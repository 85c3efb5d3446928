import { acmFault } from '../errors.ts';
import type { World } from '../world.ts';
import type { Certificate } from './state.ts';

const arnPattern = /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/;

const get = (world: World, arn: string | undefined): Certificate | undefined => {
  if (arn === undefined) throw acmFault('ValidationException', 'CertificateArn is required');
  if (!arnPattern.test(arn)) throw acmFault('InvalidArnException', `'${arn}' is not the ARN of a certificate`);
  return world.certificates.get(arn);
};

const notFound = (world: World, arn: string | undefined) =>
  acmFault('ResourceNotFoundException', `Could not find certificate ${arn} in account ${world.accountId}.`);

/** The certificate as it is: for writes. */
export const findCertificate = (world: World, arn: string | undefined): Certificate => {
  const certificate = get(world, arn);
  if (certificate === undefined || certificate.gone) throw notFound(world, arn);
  return certificate;
};

/** The certificate if readers see it: too new ones are hidden, deleted ones linger. */
export const seeCertificate = (world: World, arn: string | undefined): Certificate => {
  const certificate = get(world, arn);
  if (certificate?.shown.read(world.timeline.nowMs) === undefined) throw notFound(world, arn);
  return certificate;
};
