import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CertificateRequest, certificateTokenOf, configHashOf, tenantNameOf } from '../../reconcilers/names.ts';

const kubernetesName = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
const owner = fc.record({ installation: fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/), namespace: kubernetesName, name: kubernetesName });

const nameOf = ([installation = '', namespace = '', name = '']: readonly string[]): string => tenantNameOf({ installation, namespace, name });

describe('tenantNameOf', () => {
  // @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistributionTenant.html (Name)
  test('is what CloudFront takes, for every owner, whatever stands in its names', () => {
    const anything = fc.record({ installation: fc.string(), namespace: fc.string(), name: fc.string() });
    fc.assert(fc.property(fc.oneof(owner, anything), (of) => /^[a-zA-Z0-9][a-zA-Z0-9.-]{1,126}[a-zA-Z0-9]$/.test(tenantNameOf(of))));
  });

  test('begins with what a person knows', () => {
    expect(tenantNameOf({ installation: 'prod', namespace: 'client-brand', name: 'shop' })).toMatch(/^client-brand-shop-[0-9a-f]{24}$/);
  });

  test('never changes: renaming a tenant would be a second one', () => {
    expect(tenantNameOf({ installation: 'prod', namespace: 'client-brand', name: 'shop' })).toBe('client-brand-shop-6574b41b2f7d659c0660df65');
  });

  test.each([
    { name: 'another cut between namespace and name', a: ['prod', 'a-b', 'c'], b: ['prod', 'a', 'b-c'] },
    { name: 'another installation', a: ['prod', 'a', 'b'], b: ['test', 'a', 'b'] },
    { name: 'names equal in what is shown of them', a: ['prod', 'n'.repeat(63), `${'x'.repeat(62)}1`], b: ['prod', 'n'.repeat(63), `${'x'.repeat(62)}2`] },
  ])('differs for $name', ({ a, b }) => {
    expect(nameOf(a)).not.toBe(nameOf(b));
  });

  test('differs for any two owners', () => {
    fc.assert(
      fc.property(owner, owner, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(tenantNameOf(a)).not.toBe(tenantNameOf(b));
      }),
    );
  });
});

describe('certificateTokenOf', () => {
  const request: CertificateRequest = { installation: 'prod', uid: 'u1', names: ['a.example.com', 'b.example.com'], keyAlgorithm: 'RSA_2048', deadArns: ['arn:1', 'arn:2'] };

  // @see https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html (IdempotencyToken)
  test('is what ACM takes', () => {
    expect(certificateTokenOf(request)).toMatch(/^\w{32}$/);
  });

  test('does not depend on an order that means nothing', () => {
    expect(certificateTokenOf({ ...request, names: request.names.toReversed(), deadArns: request.deadArns.toReversed() })).toBe(certificateTokenOf(request));
  });

  test.each<{ name: string; other: Partial<CertificateRequest> }>([
    { name: 'the installation', other: { installation: 'test' } },
    { name: 'the object', other: { uid: 'u2' } },
    { name: 'the names', other: { names: ['a.example.com'] } },
    { name: 'the key algorithm', other: { keyAlgorithm: 'EC_prime256v1' } },
    { name: 'no key algorithm', other: { keyAlgorithm: undefined } },
    { name: 'the dead certificates', other: { deadArns: ['arn:1'] } },
    { name: 'what is a name and what is a dead certificate', other: { names: [], deadArns: [...request.names, ...request.deadArns] } },
  ])('differs with $name', ({ other }) => {
    expect(certificateTokenOf({ ...request, ...other })).not.toBe(certificateTokenOf(request));
  });
});

describe('configHashOf', () => {
  test.each([
    { name: 'keys in another order', a: { x: 1, y: { b: [1, 2], a: null } }, b: { y: { a: null, b: [1, 2] }, x: 1 }, same: true },
    { name: 'a member that is undefined and one that is absent', a: { x: 1, y: undefined }, b: { x: 1 }, same: true },
    { name: 'items in another order', a: [1, 2], b: [2, 1], same: false },
    { name: 'text and number', a: { x: 1 }, b: { x: '1' }, same: false },
    { name: 'an absent value and an empty one', a: undefined, b: {}, same: false },
  ])('of $name: the same is $same', ({ a, b, same }) => {
    expect(configHashOf(a) === configHashOf(b)).toBe(same);
    expect(configHashOf(a)).toMatch(/^[0-9a-f]{16}$/);
  });
});
