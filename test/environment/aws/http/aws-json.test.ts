import { describe, expect, test } from 'vitest';
import { AwsFault } from '../contract.ts';
import { awsJson } from './aws-json.ts';
import { faultFrom } from './protocol.ts';
import type { WireRequest } from './protocol.ts';

const acm = awsJson('acm');
const wafv2 = awsJson('wafv2');

const request = (target: string, body: string): WireRequest => ({
  method: 'POST',
  path: '/',
  query: {},
  headers: { 'x-amz-target': target },
  body: Buffer.from(body),
});

const bodyOf = (answer: { readonly body: string | Uint8Array }): unknown => JSON.parse(String(answer.body));

describe('requests', () => {
  test('absent, empty and filled members stay apart, and null is absent', async () => {
    const body = JSON.stringify({ DomainName: 'a.example.com', SubjectAlternativeNames: [], Options: {}, IdempotencyToken: null, Unheard: 1 });
    expect(await acm.read(request('CertificateManager.RequestCertificate', body))).toEqual({
      operation: 'RequestCertificate',
      input: { DomainName: 'a.example.com', SubjectAlternativeNames: [], Options: {} },
    });
  });

  test('no body is an empty document', async () => {
    expect(await acm.read(request('CertificateManager.ListCertificates', ''))).toEqual({ operation: 'ListCertificates', input: {} });
  });

  const deep = `${'{"NotStatement":{"Statement":'.repeat(50_000)}{}${'}}'.repeat(50_000)}`;
  const rows: readonly { name: string; target: string; body: string; want: string }[] = [
    { name: 'text that is not JSON', target: 'CertificateManager.ListCertificates', body: '{', want: 'SerializationException' },
    { name: 'a list', target: 'CertificateManager.ListCertificates', body: '[]', want: 'SerializationException' },
    { name: 'null', target: 'CertificateManager.ListCertificates', body: 'null', want: 'SerializationException' },
    {
      name: 'a number where a text belongs',
      target: 'CertificateManager.DescribeCertificate',
      body: '{"CertificateArn":5}',
      want: 'SerializationException',
    },
    {
      name: 'a text where a list belongs',
      target: 'CertificateManager.RequestCertificate',
      body: '{"SubjectAlternativeNames":"a"}',
      want: 'SerializationException',
    },
    {
      name: 'a hole in a list',
      target: 'CertificateManager.RequestCertificate',
      body: '{"SubjectAlternativeNames":[null]}',
      want: 'SerializationException',
    },
    {
      name: 'a document deeper than any',
      target: 'AWSWAF_20190729.CreateWebACL',
      body: `{"Rules":[{"Statement":${deep}}]}`,
      want: 'SerializationException',
    },
    { name: 'an operation nobody has', target: 'CertificateManager.Nope', body: '{}', want: 'UnknownOperationException' },
    { name: 'an operation of another service', target: 'AWSWAF_20190729.RequestCertificate', body: '{}', want: 'UnknownOperationException' },
  ];
  test.each(rows)('$name is refused', async ({ target, body, want }) => {
    const service = target.startsWith('AWSWAF') ? wafv2 : acm;
    const refused: unknown = await service.read(request(target, body)).catch((error: unknown) => error);
    expect(faultFrom(refused, service)).toMatchObject({ name: want, status: 400, side: 'client' });
  });
});

describe('answers', () => {
  test('dates are epoch seconds with a fraction', () => {
    const answer = acm.write('DescribeCertificate', { Certificate: { CreatedAt: new Date(1_790_000_000_250), InUseBy: [] } }, 'r');
    expect(bodyOf(answer)).toEqual({ Certificate: { CreatedAt: 1_790_000_000.25, InUseBy: [] } });
  });

  test('an operation without a result has an empty body, one with an empty result an empty document', () => {
    expect(acm.write('DeleteCertificate', {}, 'r').body).toBe('');
    expect(wafv2.write('DeleteWebACL', {}, 'r').body).toBe('{}');
  });

  test('a member AWS does not have is the simulator’s mistake', () => {
    expect(() => acm.write('RequestCertificate', { Arn: 'x' }, 'r')).toThrow(/Arn is not a member/);
  });

  test('ACM spells the text of an error message, WAFv2 Message, with its own members beside it', () => {
    expect(acm.refuse(new AwsFault('ResourceNotFoundException', { status: 400, message: 'gone' }), 'r')).toEqual({
      status: 400,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': 'ResourceNotFoundException' },
      body: '{"__type":"ResourceNotFoundException","message":"gone"}',
    });
    const invalid = new AwsFault('WAFInvalidParameterException', {
      status: 400,
      message: 'bad',
      members: { Field: 'WEB_ACL', Parameter: 'x', Reason: 'y' },
    });
    expect(bodyOf(wafv2.refuse(invalid, 'r'))).toEqual({
      __type: 'WAFInvalidParameterException',
      Message: 'bad',
      Field: 'WEB_ACL',
      Parameter: 'x',
      Reason: 'y',
    });
  });

  test('an error outside the model still says its name and text', () => {
    expect(bodyOf(acm.refuse(new AwsFault('ThrottlingExceptionOfTomorrow', { status: 400, message: 'slow' }), 'r'))).toEqual({
      __type: 'ThrottlingExceptionOfTomorrow',
      message: 'slow',
    });
  });
});
