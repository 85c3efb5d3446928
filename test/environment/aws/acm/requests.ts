import type { ImportCertificateCommandInput, RequestCertificateCommandInput, Tag } from '@aws-sdk/client-acm';
import { acmFault } from '../errors.ts';
import { digest } from '../random.ts';
import type { World } from '../world.ts';
import { addCertificate, type CertificateOrder } from './lifecycle.ts';
import { addTags } from './tags.ts';
import type { Certificate } from './state.ts';

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const domainPattern = new RegExp(`^(\\*\\.)?(${label}\\.)+${label}$`, 'i');

// The first name becomes the common name of an X.509 subject, which holds 64 octets.
const maxCommonNameOctets = 64;
const yearMs = 365 * 24 * 60 * 60 * 1_000;
const requestableKeys: readonly string[] = ['RSA_2048', 'EC_prime256v1', 'EC_secp384r1'];

const namesOf = (world: World, input: RequestCertificateCommandInput): readonly string[] => {
  const { DomainName: domainName, SubjectAlternativeNames: alternatives = [] } = input;
  if (domainName === undefined) throw acmFault('InvalidParameterException', 'DomainName is required');
  const names = [...new Set([domainName, ...alternatives].map((name) => name.toLowerCase()))];
  const wrong = names.find((name) => name.length > 253 || !domainPattern.test(name));
  if (wrong !== undefined) throw acmFault('InvalidParameterException', `'${wrong}' is not a valid domain name`);
  if (domainName.length > maxCommonNameOctets)
    throw acmFault('InvalidParameterException', 'The first domain name can be at most 64 octets long');
  if (names.length > world.knobs.maxNamesPerCertificate)
    throw acmFault('LimitExceededException', `Error: you have reached your limit of ${world.knobs.maxNamesPerCertificate} domain names per certificate`);
  return names;
};

const checkParameters = (input: RequestCertificateCommandInput): void => {
  if (!requestableKeys.includes(input.KeyAlgorithm ?? 'RSA_2048'))
    throw acmFault('InvalidParameterException', `KeyAlgorithm ${input.KeyAlgorithm} cannot be requested`);
  if (!['EMAIL', 'DNS', 'HTTP'].includes(input.ValidationMethod ?? 'EMAIL'))
    throw acmFault('InvalidParameterException', `ValidationMethod ${input.ValidationMethod} is not known`);
  if (input.ValidationMethod === 'HTTP' && input.ManagedBy !== 'CLOUDFRONT')
    throw acmFault('InvalidParameterException', 'HTTP validation is for certificates managed by CloudFront');
  if (input.IdempotencyToken !== undefined && !/^\w{1,32}$/.test(input.IdempotencyToken))
    throw acmFault('InvalidParameterException', 'IdempotencyToken must match \\w+ and have at most 32 characters');
  if (input.CertificateAuthorityArn !== undefined) throw acmFault('InvalidArnException', 'There is no private certificate authority');
};

/** Counts a request against the stock and the year. Deleting frees the stock, never the year. */
export const spendCertificateQuota = (world: World): void => {
  const { knobs, timeline, certificates, certificateRequests } = world;
  while ((certificateRequests[0] ?? Infinity) <= timeline.nowMs - yearMs) certificateRequests.shift();
  if (certificateRequests.length >= knobs.maxCertificateRequests)
    throw acmFault('LimitExceededException', 'Error: you have reached your limit of certificates in the last year');
  const stock = Number.isFinite(knobs.maxCertificates)
    ? certificates.values().filter(({ type, gone }) => type === 'AMAZON_ISSUED' && !gone).length
    : 0;
  if (stock >= knobs.maxCertificates)
    throw acmFault('LimitExceededException', `Error: you have reached your limit of ${knobs.maxCertificates} certificates`);
  certificateRequests.push(timeline.nowMs);
};

/** The certificate that the same token with the same parameters gave within the hour, whatever has become of it. */
const repeated = (world: World, key: string | undefined): Certificate | undefined => {
  const known = key === undefined ? undefined : world.requestTokens.get(key);
  if (known === undefined || known.untilMs <= world.timeline.nowMs) return undefined;
  return known.certificate.gone && !world.knobs.tokenOutlivesDeletion ? undefined : known.certificate;
};

/** RequestCertificate. Without `ValidationMethod` it is EMAIL, which nobody here ever answers. */
export const requestCertificate = (world: World, input: RequestCertificateCommandInput): { CertificateArn: string } => {
  checkParameters(input);
  const names = namesOf(world, input);
  const { IdempotencyToken: token, ValidationMethod: method = 'EMAIL', KeyAlgorithm: keyAlgorithm = 'RSA_2048' } = input;
  const key = token === undefined ? undefined : digest(token, ...names.toSorted(), names[0] ?? '', method, keyAlgorithm);
  const earlier = repeated(world, key);
  if (earlier !== undefined) return { CertificateArn: earlier.id };
  const tags = newTags(world, input.Tags);
  spendCertificateQuota(world);
  const certificate = addCertificate(world, { names, keyAlgorithm, type: 'AMAZON_ISSUED', method, tags });
  if (key !== undefined) world.requestTokens.set(key, { certificate, untilMs: world.timeline.nowMs + world.knobs.idempotencyMs });
  return { CertificateArn: certificate.id };
};

/** ImportCertificate. The simulator reads no X.509: the names of the certificate are what looks like one in the bytes of `Certificate`. */
export const importCertificate = (world: World, input: ImportCertificateCommandInput): { CertificateArn: string } => {
  if (input.Certificate === undefined || input.PrivateKey === undefined)
    throw acmFault('InvalidParameterException', 'Certificate and PrivateKey are required');
  if (input.CertificateArn !== undefined) throw acmFault('InvalidParameterException', 'Importing again over a certificate is not supported');
  const names = Buffer.from(input.Certificate).toString().split(/\s+/).filter((name) => domainPattern.test(name));
  if (names.length === 0) throw acmFault('ValidationException', 'The certificate is not valid');
  const order: CertificateOrder = { names, keyAlgorithm: 'RSA_2048', type: 'IMPORTED', tags: newTags(world, input.Tags) };
  return { CertificateArn: addCertificate(world, order).id };
};

const newTags = (world: World, tags: readonly Tag[] | undefined): ReadonlyMap<string, string> => {
  const map = new Map<string, string>();
  addTags(world, map, tags ?? []);
  return map;
};
