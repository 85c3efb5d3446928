import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { Refusal } from './protocol.ts';
import type { RefusalKind, WireRequest } from './protocol.ts';
import { exampleCredentials as credentials, secretsOf, signerOf } from './signature.ts';

const now = new Date('2026-09-26T12:00:00.000Z');
const body = Buffer.from('<x/>');

type Signing = {
  readonly secret?: string;
  readonly key?: string;
  readonly region?: string;
  readonly service?: string;
  readonly at?: Date;
  readonly hashed?: boolean;
};

async function signed({ secret, key, region, service, at, hashed }: Signing): Promise<WireRequest> {
  const signer = new SignatureV4({
    credentials: { accessKeyId: key ?? credentials.accessKeyId, secretAccessKey: secret ?? credentials.secretAccessKey },
    region: region ?? 'us-east-1',
    service: service ?? 'cloudfront',
    sha256: Sha256,
    applyChecksum: hashed ?? true,
  });
  const plain = {
    method: 'POST',
    path: '/2020-05-31/distribution-tenant/arn%3Aa%2Fb',
    query: { Marker: 'a b+c' },
    headers: { host: '127.0.0.1:80' },
    body,
  };
  const { headers } = await signer.sign(new HttpRequest(plain), { signingDate: at ?? now });
  return { ...plain, headers };
}

const verify = (request: WireRequest): Promise<string> => signerOf({ request, service: 'cloudfront', secretOf: secretsOf(credentials), now });

test.each([{ hashed: true }, { hashed: false }])('a signature is accepted, with the payload’s hash in a header or not: %o', async (signing) => {
  expect(await verify(await signed(signing))).toBe(credentials.accessKeyId);
});

type Row = {
  readonly name: string;
  readonly signing?: Signing;
  readonly tamper?: (request: WireRequest) => WireRequest;
  readonly want: RefusalKind;
};

const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);
const without = ({ headers, ...rest }: WireRequest, name: string): WireRequest => ({
  ...rest,
  headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
});
const having = (request: WireRequest, headers: Readonly<Record<string, string>>): WireRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

const rows: readonly Row[] = [
  { name: 'no signature', tamper: (request) => without(request, 'authorization'), want: 'unsigned' },
  { name: 'another scheme', tamper: (request) => having(request, { authorization: 'Basic YTpi' }), want: 'incomplete signature' },
  { name: 'no date', tamper: (request) => without(request, 'x-amz-date'), want: 'incomplete signature' },
  { name: 'an unknown key', signing: { key: 'AKIAOTHER' }, want: 'unknown key' },
  { name: 'a wrong secret', signing: { secret: 'guessed' }, want: 'wrong signature' },
  { name: 'another region', signing: { region: 'eu-west-1' }, want: 'wrong signature' },
  { name: 'another service', signing: { service: 'acm' }, want: 'wrong signature' },
  { name: 'a signature of 6 minutes ago', signing: { at: minutes(-6) }, want: 'wrong signature' },
  { name: 'a signature of the future', signing: { at: minutes(6) }, want: 'wrong signature' },
  { name: 'another body than the signed one', tamper: (request) => ({ ...request, body: Buffer.from('<y/>') }), want: 'wrong signature' },
  {
    name: 'another body, its hash in no header',
    signing: { hashed: false },
    tamper: (request) => ({ ...request, body: Buffer.from('<y/>') }),
    want: 'wrong signature',
  },
  { name: 'another path', tamper: (request) => ({ ...request, path: '/2020-05-31/distribution-tenant/dt_2' }), want: 'wrong signature' },
  { name: 'another query', tamper: (request) => ({ ...request, query: {} }), want: 'wrong signature' },
  { name: 'another method', tamper: (request) => ({ ...request, method: 'PUT' }), want: 'wrong signature' },
  { name: 'another host', tamper: (request) => having(request, { host: 'elsewhere' }), want: 'wrong signature' },
];

test.each(rows)('$name is refused as $want', async ({ signing = {}, tamper = (request) => request, want }) => {
  const refused: unknown = await verify(tamper(await signed(signing))).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect(refused).toMatchObject({ kind: want });
});
