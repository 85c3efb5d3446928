import * as Acm from '@aws-sdk/client-acm';
import * as CloudFront from '@aws-sdk/client-cloudfront';
import * as Wafv2 from '@aws-sdk/client-wafv2';
import { describe, expect, test } from 'vitest';
import { awsErrors } from '../../../reconcilers/aws/error-table.ts';
import { failureFrom } from '../../../reconcilers/aws/errors.ts';
import { Failure } from '../../../reconcilers/failure.ts';

const tried = { operation: 'create distribution tenant', subject: 'shop-brand' };

/** An error as the SDK throws it. */
const awsError = (name: string, status?: number, message = 'no'): Error => Object.assign(new Error(message), { name, $metadata: status === undefined ? {} : { httpStatusCode: status } });

const networkError = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });

describe('the kind of an error', () => {
  test.each([
    { name: 'CloudFront refuses for want of permission', error: awsError('AccessDenied', 403), want: ['blocked', 'AccessDenied', 'AccessDenied'] },
    { name: 'CloudFront does not see a fresh certificate yet', error: awsError('InvalidArgument', 400), want: ['unsettled', 'Pending', 'InvalidArgument'] },
    { name: 'a stale ETag', error: awsError('PreconditionFailed', 412), want: ['conflict', 'Conflict', 'PreconditionFailed'] },
    { name: 'something gone', error: awsError('EntityNotFound', 404), want: ['conflict', 'Conflict', 'EntityNotFound'] },
    { name: 'a domain that another serves', error: awsError('CNAMEAlreadyExists', 409), want: ['blocked', 'DomainTaken', 'CNAMEAlreadyExists'] },
    { name: 'a name that exists: ours or not, the next look says', error: awsError('EntityAlreadyExists', 409), want: ['conflict', 'NameTaken', 'EntityAlreadyExists'] },
    { name: 'a quota of ACM, which the SDK takes for throttling', error: awsError('LimitExceededException', 400), want: ['blocked', 'QuotaExceeded', 'LimitExceededException'] },
    { name: 'throttling by CloudFront, which comes as 400', error: awsError('Throttling', 400), want: ['throttled', 'Throttled', 'Throttling'] },
    { name: 'throttling under a name nobody knows', error: awsError('CalmDown', 429), want: ['throttled', 'Throttled', 'CalmDown'] },
    { name: 'a certificate still in use', error: awsError('ResourceInUseException', 400), want: ['unsettled', 'InUse', 'ResourceInUseException'] },
    { name: 'an unknown refusal', error: awsError('NewRule', 409), want: ['blocked', 'AWSError', 'NewRule'] },
    { name: 'an unknown fault', error: awsError('Oops', 500), want: ['transient', 'AWSError', 'Oops'] },
    { name: 'an unknown error without a status', error: awsError('Oops'), want: ['transient', 'AWSError', 'Oops'] },
    { name: 'an answer that is no answer of AWS', error: awsError('SyntaxError', 200), want: ['transient', 'AWSError', 'SyntaxError'] },
    { name: 'a reset connection', error: networkError('ECONNRESET'), want: ['transient', 'AWSError', 'ECONNRESET'] },
    { name: 'a name that does not resolve', error: networkError('EAI_AGAIN'), want: ['transient', 'AWSError', 'EAI_AGAIN'] },
    { name: 'a time-out', error: Object.assign(networkError('ETIMEDOUT'), { name: 'TimeoutError' }), want: ['transient', 'AWSError', 'TimeoutError'] },
    { name: 'credentials that expired', error: awsError('ExpiredToken', 403), want: ['transient', 'AWSError', 'ExpiredToken'] },
    { name: 'credentials that AWS does not know', error: awsError('UnrecognizedClientException', 400), want: ['blocked', 'AccessDenied', 'UnrecognizedClientException'] },
    { name: 'a thrown text', error: 'boom', want: ['transient', 'AWSError', 'UnknownError'] },
    { name: 'a name that every object has', error: awsError('constructor', 400), want: ['blocked', 'AWSError', 'constructor'] },
  ])('$name', ({ error, want }) => {
    const { kind, reason, code, cause } = failureFrom(error, tried);
    expect([kind, reason, code]).toEqual(want);
    expect(cause).toBe(error);
  });

  test('an abort is thrown on as it is', () => {
    const abort = new DOMException('This operation was aborted', 'AbortError');
    expect(() => failureFrom(abort, tried)).toThrow(abort);
  });

  test('a failure stays what it is', () => {
    const failure = new Failure({ kind: 'invalid', reason: 'InvalidDomain', code: 'X', message: 'x' });
    expect(failureFrom(failure, tried)).toBe(failure);
  });
});

/** The errors that AWS's models name for the calls we make (the Errors of each operation in the API references). */
const modelled = {
  CloudFront: 'AccessDenied EntityNotFound EntityAlreadyExists CNAMEAlreadyExists InvalidTagging InvalidAssociation EntityLimitExceeded InvalidArgument PreconditionFailed InvalidIfMatchVersion ResourceNotDisabled NoSuchDistribution NoSuchResource',
  ACM: 'InvalidParameterException TagPolicyException TooManyTagsException InvalidArnException InvalidTagException InvalidDomainValidationOptionsException LimitExceededException ValidationException ResourceNotFoundException InvalidArgsException ResourceInUseException ConflictException AccessDeniedException ThrottlingException',
  WAFv2: 'WAFInternalErrorException WAFInvalidParameterException WAFNonexistentItemException WAFInvalidOperationException WAFTagOperationException WAFTagOperationInternalErrorException',
};

describe('the table', () => {
  test.each(Object.entries(modelled))('has every error that %s may answer our calls with', (_service, names) => {
    expect(names.split(' ').filter((name) => !Object.hasOwn(awsErrors, name))).toEqual([]);
  });

  test("spells the services' errors as the SDK does", () => {
    const known = new Set([...Object.keys(CloudFront), ...Object.keys(Acm), ...Object.keys(Wafv2)]);
    expect(Object.values(modelled).join(' ').split(' ').filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the message', () => {
  test.each([
    { name: 'says what was tried, on what, and what came back', text: 'One or more of the CNAMEs are taken.', want: 'One or more of the CNAMEs are taken.' },
    { name: 'leaves out what differs from call to call', text: 'Rate exceeded (Request ID: 0a1b2c3d-1111-2222-3333-444455556666)', want: 'Rate exceeded' },
    { name: 'leaves out accounts, also masked ones', text: 'arn:aws:acm:us-east-1:111122223333:certificate/x is held by ******223344', want: 'arn:aws:acm:us-east-1:(account):certificate/x is held by (account)' },
    { name: 'keeps an id that ends in twelve digits', text: 'certificate/0a1b2c3d-1111-2222-3333-444455556666', want: 'certificate/0a1b2c3d-1111-2222-3333-444455556666' },
    {
      name: 'keeps the role and the action of a refusal, not the session',
      text: 'User: arn:aws:sts::111122223333:assumed-role/edge/session-17 is not authorized to perform: acm:RequestCertificate',
      want: 'User: arn:aws:sts::(account):assumed-role/edge is not authorized to perform: acm:RequestCertificate',
    },
    { name: 'is one printable line', text: 'a\nb\u001b[31mc', want: 'a\\u000ab\\u001b[31mc' },
    { name: 'is cut', text: 'x'.repeat(1_000), want: `${'x'.repeat(299)}…` },
    { name: 'says so where AWS says nothing', text: '', want: 'no text' },
  ])('$name', ({ text, want }) => {
    expect(failureFrom(awsError('SomeError', 400, text), tried).message).toBe(`create distribution tenant "shop-brand": SomeError: ${want}`);
  });

  test('needs no subject', () => {
    expect(failureFrom(awsError('SomeError', 400), { operation: 'list certificates' }).message).toBe('list certificates: SomeError: no');
  });

  test('takes the first of the errors of a connection that was tried over two families', () => {
    const error = Object.assign(new AggregateError([networkError('ECONNREFUSED')], ''), { code: 'ECONNREFUSED', name: 'Error' });
    expect(failureFrom(error, tried).message).toBe('create distribution tenant "shop-brand": ECONNREFUSED: connect ECONNREFUSED');
  });
});
