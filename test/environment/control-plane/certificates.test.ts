import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issueCredentials } from './certificates.ts';

const now = new Date('2026-03-01T12:00:00Z');

describe('credentials of a control plane', () => {
  const credentials = issueCredentials(now);
  const authority = new X509Certificate(credentials.authority);
  const server = new X509Certificate(credentials.server.certificate);
  const admin = new X509Certificate(credentials.admin.certificate);

  test.each([
    { name: 'server', certificate: server, key: credentials.server.key },
    { name: 'admin', certificate: admin, key: credentials.admin.key },
  ])('the $name certificate is the authority\'s, fits its key, and is good for a year from now', ({ certificate, key }) => {
    expect(certificate.verify(authority.publicKey)).toBe(true);
    expect(certificate.checkIssued(authority)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(certificate.ca).toBe(false);
    expect([certificate.validFromDate, certificate.validToDate]).toEqual([new Date('2026-03-01T11:00:00Z'), new Date('2027-03-01T12:00:00Z')]);
  });

  test('the authority signs itself and may sign others', () => {
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
  });

  test('the server is known by its loopback names and by no other', () => {
    expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
  });

  test('the admin is in the group that RBAC does not limit', () => {
    expect(admin.subject).toBe('O=system:masters\nCN=admin');
  });

  test('no authority signs for another one', () => {
    const other = new X509Certificate(issueCredentials(now).authority);
    expect(server.verify(other.publicKey)).toBe(false);
  });
});
