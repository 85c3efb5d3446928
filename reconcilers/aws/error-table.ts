import type { Reason } from '../../crds/reasons.ts';
import type { FailureKind } from '../failure.ts';

/** What an AWS error means to us. */
export type Meaning = { readonly kind: FailureKind; readonly reason: Reason };

const denied: Meaning = { kind: 'blocked', reason: 'AccessDenied' };
const quota: Meaning = { kind: 'blocked', reason: 'QuotaExceeded' };
const refused: Meaning = { kind: 'blocked', reason: 'InvalidRequest' };
const invalid: Meaning = { kind: 'invalid', reason: 'InvalidRequest' };
const stale: Meaning = { kind: 'conflict', reason: 'Conflict' };
const exists: Meaning = { kind: 'conflict', reason: 'NameTaken' };
const inUse: Meaning = { kind: 'unsettled', reason: 'InUse' };
const unsettled: Meaning = { kind: 'unsettled', reason: 'Pending' };
const throttled: Meaning = { kind: 'throttled', reason: 'Throttled' };
const broken: Meaning = { kind: 'transient', reason: 'AWSError' };

/**
 * The one table of AWS's errors, by name: CloudFront, ACM, WAFv2, and what any of them (or STS, asked for credentials) may answer.
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html and the Errors of each operation
 */
export const awsErrors: Readonly<Record<string, Meaning>> = {
  // Not there: what the plan was made from is old. Who expects it asks with `unlessMissing`.
  EntityNotFound: stale,
  NoSuchDistribution: stale,
  NoSuchResource: stale,
  ResourceNotFoundException: stale,
  WAFNonexistentItemException: stale,

  // Changed since it was read. A tenant is deleted only once seen disabled, so ResourceNotDisabled is an old picture too.
  PreconditionFailed: stale,
  InvalidIfMatchVersion: stale,
  ResourceNotDisabled: stale,
  ConflictException: stale,
  InvalidStateException: stale,
  WAFOptimisticLockException: stale,

  // Mine or someone else's? The next look tells, by mark (R2). It is also how a create looks whose answer was lost.
  EntityAlreadyExists: exists,
  WAFDuplicateItemException: exists,
  // Names no domain: the next plan asks for each.
  CNAMEAlreadyExists: { kind: 'blocked', reason: 'DomainTaken' },

  // Ends by itself, mostly within 20 minutes, at times in days.
  ResourceInUse: inUse,
  ResourceInUseException: inUse,
  CannotDeleteEntityWhileInUse: inUse,
  WAFAssociatedItemException: inUse,

  // Our own validation has passed, so CloudFront mostly does not see a fresh certificate or web ACL yet.
  InvalidArgument: unsettled,
  WAFUnavailableEntityException: unsettled,
  RequestInProgressException: unsettled,

  // The spec must change. ACM judges nothing but the names and the key algorithm that the spec gave it.
  InvalidParameterException: invalid,
  InvalidDomainValidationOptionsException: invalid,
  InvalidArnException: invalid,
  ValidationException: invalid,
  WAFInvalidParameterException: invalid,

  // Somebody outside must act, and it is neither a quota nor a permission.
  InvalidAssociation: refused,
  InvalidTagging: refused,
  IllegalUpdate: refused,
  InvalidArgsException: refused,
  InvalidTagException: refused,
  TagPolicyException: refused,
  TooManyTagsException: refused,
  WAFInvalidOperationException: refused,

  EntityLimitExceeded: quota,
  // ACM's quota, although the SDK takes it for throttling.
  LimitExceededException: quota,
  WAFLimitsExceededException: quota,

  AccessDenied: denied,
  AccessDeniedException: denied,
  UnauthorizedOperation: denied,
  NotAuthorized: denied,
  OptInRequired: denied,
  InvalidClientTokenId: denied,
  UnrecognizedClientException: denied,
  SignatureDoesNotMatch: denied,
  InvalidSignatureException: denied,

  // CloudFront throttles with HTTP 400 and this name, which no operation lists.
  Throttling: throttled,
  ThrottlingException: throttled,
  ThrottledException: throttled,
  RequestThrottled: throttled,
  RequestThrottledException: throttled,
  RequestLimitExceeded: throttled,
  TooManyRequestsException: throttled,
  SlowDown: throttled,
  PriorRequestNotComplete: throttled,

  // The next call gets new credentials, or a corrected clock.
  ExpiredToken: broken,
  ExpiredTokenException: broken,
  RequestExpired: broken,
  RequestTimeTooSkewed: broken,
  IDPCommunicationError: broken,
  CredentialsProviderError: broken,

  TimeoutError: broken,
  RequestTimeout: broken,
  InternalServerException: broken,
  InternalFailure: broken,
  ServiceUnavailable: broken,
  WAFInternalErrorException: broken,
  WAFTagOperationException: broken,
  WAFTagOperationInternalErrorException: broken,
};

/** What an error name that is not in the table means: told by its HTTP status, if it came with one. */
export const meaningOf = (name: string, status: number | undefined): Meaning => {
  const known = Object.hasOwn(awsErrors, name) ? awsErrors[name] : undefined;
  if (known !== undefined) return known;
  if (status === 429) return throttled;
  return status !== undefined && status >= 400 && status < 500 ? { kind: 'blocked', reason: 'AWSError' } : broken;
};
