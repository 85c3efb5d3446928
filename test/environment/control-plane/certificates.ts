import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { bitString, integer, octetString, oid, sequence, setOf, tagged, utcTime, utf8, yes } from './der.ts';

/** A certificate and its private key, both PEM. */
export type KeyPair = { readonly certificate: string; readonly key: string };

/** All that a control plane proves itself with, and is asked with. PEM throughout. */
export type Credentials = {
  /** The certificate of the authority that signed the two key pairs; its key is forgotten. */
  readonly authority: string;
  /** Serves 127.0.0.1 and localhost. */
  readonly server: KeyPair;
  /** A client in `system:masters`, whom RBAC lets do everything. */
  readonly admin: KeyPair;
  /** Signs and checks ServiceAccount tokens. */
  readonly serviceAccount: { readonly publicKey: string; readonly privateKey: string };
};

type Party = { readonly name: Buffer; readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const ids = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

const hourMs = 3_600_000;
const signatureAlgorithm = sequence(oid(ids.ecdsaWithSha256));

const pem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;

const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' });
const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject): Buffer => createHash('sha256').update(spki(key)).digest().subarray(0, 20);

const attribute = (id: string, text: string): Buffer => setOf(sequence(oid(id), utf8(text)));

const party = (commonName: string, organization?: string): Party => {
  const names = [...(organization === undefined ? [] : [attribute(ids.organization, organization)]), attribute(ids.commonName, commonName)];
  return { name: sequence(...names), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
};

const extension = (id: string, value: Buffer): Buffer => sequence(oid(id), octetString(value));
const criticalExtension = (id: string, value: Buffer): Buffer => sequence(oid(id), yes, octetString(value));

const authorityExtensions = (subject: Party): readonly Buffer[] => [
  criticalExtension(ids.basicConstraints, sequence(yes)),
  criticalExtension(ids.keyUsage, bitString(Buffer.of(0b0000_0100), 2)), // keyCertSign, bit 5
  extension(ids.subjectKeyId, octetString(keyId(subject.publicKey))),
];

const leafExtensions = (issuer: Party, usage: string): readonly Buffer[] => [
  criticalExtension(ids.keyUsage, bitString(Buffer.of(0b1000_0000), 7)), // digitalSignature, bit 0
  extension(ids.extendedKeyUsage, sequence(oid(usage))),
  extension(ids.authorityKeyId, sequence(tagged(0, keyId(issuer.publicKey), false))),
];

// GeneralName: [2] is a DNS name, [7] an address (RFC 5280, 4.2.1.6).
const loopbackNames = extension(
  ids.subjectAltName,
  sequence(tagged(2, Buffer.from('localhost', 'ascii'), false), tagged(7, Buffer.of(127, 0, 0, 1), false)),
);

/** Serials are positive and differ within one issuer; the fixed first byte keeps them free of a leading zero. */
const serial = (): Buffer => Buffer.concat([Buffer.of(0x01), randomBytes(15)]);

const certify = (subject: Party, issuer: Party, extensions: readonly Buffer[], now: Date): string => {
  // One hour back, for whoever's clock is behind; a year ahead, because no control plane of a test lives longer.
  const validity = sequence(utcTime(new Date(now.getTime() - hourMs)), utcTime(new Date(now.getTime() + 365 * 24 * hourMs)));
  const body = sequence(
    tagged(0, integer(Buffer.of(2))), // version 3
    integer(serial()),
    signatureAlgorithm,
    issuer.name,
    validity,
    subject.name,
    spki(subject.publicKey),
    tagged(3, sequence(...extensions)),
  );
  return pem('CERTIFICATE', sequence(body, signatureAlgorithm, bitString(sign('sha256', body, issuer.privateKey))));
};

/**
 * A fresh authority with what it signed for one control plane, valid for a year from `now`. Nothing is shared between two calls, so
 * that a client of one control plane can never take another one for it.
 *
 * @see https://kubernetes.io/docs/setup/best-practices/certificates/
 */
export const issueCredentials = (now: Date): Credentials => {
  const authority = party('tenant-edge test authority');
  const server = party('kube-apiserver');
  const admin = party('admin', 'system:masters');
  const serviceAccount = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    authority: certify(authority, authority, authorityExtensions(authority), now),
    server: {
      certificate: certify(server, authority, [...leafExtensions(authority, ids.serverAuth), loopbackNames], now),
      key: pkcs8(server.privateKey),
    },
    admin: { certificate: certify(admin, authority, leafExtensions(authority, ids.clientAuth), now), key: pkcs8(admin.privateKey) },
    serviceAccount: {
      publicKey: serviceAccount.publicKey.export({ type: 'spki', format: 'pem' }),
      privateKey: pkcs8(serviceAccount.privateKey),
    },
  };
};
