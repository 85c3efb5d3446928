import { timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Service } from '../contract.ts';
import { Refusal } from './protocol.ts';
import type { WireRequest } from './protocol.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

/** AWS's own example key, good for nothing anywhere else: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds-programmatic-access.html */
export const exampleCredentials: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** The secret of an access key; undefined where there is no such key. */
export type SecretOf = (accessKeyId: string) => string | undefined;

/** Whose only keys are these. */
export const secretsOf = (...keys: readonly Credentials[]): SecretOf => (asked) => keys.find(({ accessKeyId }) => accessKeyId === asked)?.secretAccessKey;

/** The parts of an `Authorization` header, before anything is verified. */
export type Claim = {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
};

const header = new RegExp(
  [
    String.raw`^AWS4-HMAC-SHA256 Credential=(?<accessKeyId>[^/,\s]+)/(?<day>\d{8})/(?<region>[^/]+)/(?<service>[^/]+)/aws4_request`,
    String.raw`SignedHeaders=(?<signed>[^,]+)`,
    String.raw`Signature=(?<signature>[0-9a-f]{64})$`,
  ].join(', ?'),
);

/** What the request says of its signer; undefined when it is not signed, or not in this form. */
export function claimOf(request: WireRequest): Claim | undefined {
  const groups = header.exec(request.headers['authorization'] ?? '')?.groups;
  if (groups === undefined) return undefined;
  const { accessKeyId = '', day = '', region = '', service = '', signed = '', signature = '' } = groups;
  return { accessKeyId, day, region, service, signedHeaders: signed.split(';'), signature };
}

// CloudFront, its certificates and its web ACLs live in us-east-1: https://docs.aws.amazon.com/general/latest/gr/cf_region.html
const region = 'us-east-1';

// "within five minutes": https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
const toleranceMs = 5 * 60_000;

function signingTimeOf(request: WireRequest, claim: Claim): Date {
  const stamp = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(request.headers['x-amz-date'] ?? '');
  if (stamp === null) throw new Refusal('incomplete signature', "Authorization header requires existence of a 'X-Amz-Date' header.");
  const [whole, year = '', month = '', day = '', hour = '', minute = '', second = ''] = stamp;
  if (!whole.startsWith(claim.day))
    throw new Refusal('wrong signature', `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date: ${whole}`);
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function requireScope(claim: Claim, service: Service): void {
  if (claim.region !== region) throw new Refusal('wrong signature', `Credential should be scoped to a valid region, not '${claim.region}'.`);
  if (claim.service !== service) throw new Refusal('wrong signature', `Credential should be scoped to correct service: '${service}'.`);
}

function requireFresh(signedAt: Date, now: Date): void {
  const difference = now.getTime() - signedAt.getTime();
  if (difference > toleranceMs)
    throw new Refusal('wrong signature', `Signature expired: ${signedAt.toISOString()} is now earlier than ${now.toISOString()} - 5 min.`);
  if (-difference > toleranceMs)
    throw new Refusal(
      'wrong signature',
      `Signature not yet current: ${signedAt.toISOString()} is still later than ${now.toISOString()} + 5 min.`,
    );
}

async function signatureFor(request: WireRequest, claim: Claim, credentials: Credentials, signingDate: Date): Promise<string> {
  const signer = new SignatureV4({ credentials, region: claim.region, service: claim.service, sha256: Sha256, applyChecksum: false });
  const headers = Object.fromEntries(claim.signedHeaders.map((name) => [name, request.headers[name] ?? '']));
  const { method, path, query, body } = request;
  const unsigned = new HttpRequest({ method, path, query: { ...query }, headers, body });
  const signed = await signer.sign(unsigned, { signingDate, signableHeaders: new Set(claim.signedHeaders) });
  return signed.headers['authorization']?.split('Signature=')[1] ?? '';
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** A payload hash in a header is what was signed instead of the body, so it must be the body's. */
async function requirePayload(request: WireRequest): Promise<void> {
  const stated = request.headers['x-amz-content-sha256'];
  if (stated === undefined) return;
  const hash = new Sha256();
  hash.update(request.body);
  const actual = Buffer.from(await hash.digest()).toString('hex');
  if (stated !== actual) throw new Refusal('wrong signature', mismatch);
}

/** Who is asking, what they must be signed for, and what time it is. */
export type Verification = { readonly request: WireRequest; readonly service: Service; readonly secretOf: SecretOf; readonly now: Date };

/**
 * The access key id that signed the request with Signature Version 4 for this service in us-east-1, at most 5 minutes off `now`.
 * Throws {@link Refusal} otherwise.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export async function signerOf({ request, service, secretOf, now }: Verification): Promise<string> {
  if (request.headers['authorization'] === undefined) throw new Refusal('unsigned', 'Missing Authentication Token');
  const claim = claimOf(request);
  if (claim === undefined)
    throw new Refusal('incomplete signature', 'Authorization header requires Credential, SignedHeaders and Signature parameters.');
  if (!claim.signedHeaders.includes('host')) throw new Refusal('wrong signature', "'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const signedAt = signingTimeOf(request, claim);
  requireScope(claim, service);
  const secretAccessKey = secretOf(claim.accessKeyId);
  if (secretAccessKey === undefined) throw new Refusal('unknown key', 'The security token included in the request is invalid.');
  requireFresh(signedAt, now);
  await requirePayload(request);
  const expected = await signatureFor(request, claim, { accessKeyId: claim.accessKeyId, secretAccessKey }, signedAt);
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(claim.signature))) throw new Refusal('wrong signature', mismatch);
  return claim.accessKeyId;
}
