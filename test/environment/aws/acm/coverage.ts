import type { Certificate } from './state.ts';

/** Whether a certificate's names secure a domain: a wildcard stands for exactly one label, and a wildcard domain needs itself. */
export const covers = (names: readonly string[], domain: string): boolean => {
  if (names.includes(domain)) return true;
  const dot = domain.indexOf('.');
  return !domain.startsWith('*') && dot > 0 && names.includes(`*${domain.slice(dot)}`);
};

// EC P-384 is not among the key types that CloudFront takes:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
const keyTypesOfCloudFront: readonly string[] = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1'];

/** Whether viewers can be served with it. */
export const isServing = (certificate: Certificate | undefined, nowMs: number): certificate is Certificate =>
  certificate !== undefined && !certificate.gone && certificate.status === 'ISSUED' && (certificate.notAfter?.getTime() ?? 0) > nowMs;

/** Why CloudFront would not attach it, if so. */
export const whyNotAttachable = (certificate: Certificate | undefined, nowMs: number): string | undefined => {
  if (certificate === undefined || certificate.gone) return 'The specified certificate does not exist.';
  const { status } = certificate;
  if (!isServing(certificate, nowMs)) return `The specified certificate is not valid: it is ${status}.`;
  if (nowMs < certificate.knownToCloudFrontFromMs) return 'The specified certificate does not exist.';
  return keyTypesOfCloudFront.includes(certificate.keyAlgorithm) ? undefined : 'The key type of the specified certificate is not supported.';
};
