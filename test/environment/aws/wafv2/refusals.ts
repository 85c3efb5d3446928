import type { AwsFault } from '../contract.ts';
import { wafFault } from '../errors.ts';

/** The error that WAF answers to a wrong member. */
export const invalidParameter = (field: string, parameter: unknown, reason: string): AwsFault =>
  wafFault('WAFInvalidParameterException', `Error reason: ${reason}, field: ${field}, parameter: ${String(parameter)}`, {
    Field: field,
    Parameter: String(parameter),
    Reason: reason,
  });

/** The reason, seen of live AWS, for a structure of which exactly one member is to be set. */
export const exactlyOne = 'You have used none or multiple values for a field that requires exactly one value.';

/** The reason, seen of live AWS, for text that cannot be read. */
export const badFormat = 'The parameter contains formatting that is not valid.';

/** What is named, or what a rule refers to, is not there. */
export const nonexistent = (): AwsFault =>
  wafFault('WAFNonexistentItemException', 'AWS WAF couldn’t perform the operation because your resource doesn’t exist.');

/** What a rule refers to cannot be had yet. */
export const unavailable = (): AwsFault => wafFault('WAFUnavailableEntityException', 'AWS WAF couldn’t retrieve the resource that you requested. Retry your request.');

/** The name is taken. */
export const duplicate = (): AwsFault =>
  wafFault('WAFDuplicateItemException', 'AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.');

/** A quota is used up; `sourceType` says which, in words that AWS does not publish. */
export const limitsExceeded = (sourceType: string): AwsFault =>
  wafFault('WAFLimitsExceededException', 'AWS WAF couldn’t perform the operation because you exceeded your resource limit.', { SourceType: sourceType });

/** The lock token is not the last. */
export const changedSince = (): AwsFault =>
  wafFault('WAFOptimisticLockException', 'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it.');

/** It is used, or was a moment ago. */
export const associated = (): AwsFault =>
  wafFault('WAFAssociatedItemException', 'AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.');
