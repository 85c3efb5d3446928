import { Failure } from '../failure.ts';
import { printable } from '../printable.ts';
import { meaningOf } from './error-table.ts';

/** What was tried, in words ("create distribution tenant"), and on what. */
export type Tried = { readonly operation: string; readonly subject?: string };

const maxTextCharacters = 300;
const maxSubjectCharacters = 128;

/**
 * An error of an AWS call as a `Failure`, judged by its name and status and never by its text. One that is a `Failure` already stays
 * as it is.
 * @throws the error itself where it is an abort: that ends a pass and says nothing of AWS
 */
export const failureFrom = (error: unknown, tried: Tried): Failure => {
  if (error instanceof Failure) return error;
  if (nameOf(error) === 'AbortError') throw error;
  const code = codeOf(error);
  const subject = tried.subject === undefined ? '' : ` "${printable(tried.subject, maxSubjectCharacters)}"`;
  return new Failure({
    ...meaningOf(code, statusOf(error)),
    code,
    message: `${tried.operation}${subject}: ${code}: ${printable(scrubbed(textOf(error)), maxTextCharacters)}`,
    cause: error,
  });
};

const memberOf = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined);

const wordOf = (value: unknown, key: string): string | undefined => {
  const word = memberOf(value, key);
  return typeof word === 'string' && word !== '' ? word : undefined;
};

const nameOf = (error: unknown): string | undefined => wordOf(error, 'name');

const statusOf = (error: unknown): number | undefined => {
  const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
};

/** AWS's error name; of a plain `Error` of the network what the system calls it (ECONNRESET). */
const codeOf = (error: unknown): string => {
  const name = nameOf(error);
  const code = name === undefined || name === 'Error' ? (wordOf(error, 'code') ?? name) : name;
  return printable(code ?? 'UnknownError', maxSubjectCharacters);
};

/** An `AggregateError` of a dual-stack connection has no text of its own. */
const textOf = (error: unknown): string => wordOf(error, 'message') ?? wordOf(memberOf(memberOf(error, 'errors'), '0'), 'message') ?? 'no text';

/**
 * AWS's text without what differs from call to call (a condition that changes with every look would be written with every look), and
 * without accounts and sessions, which are nobody's business who reads a TenantDomain (R15).
 */
const scrubbed = (text: string): string =>
  text
    .replaceAll(/\(?(?:extended )?request[ -]?id:? *[^\s,;)]+\)?/gi, '')
    .replaceAll(/encoded authorization failure message: *\S+/gi, '')
    .replaceAll(/(assumed-role\/[^/\s]+)\/[^\s,;]+/g, '$1')
    .replaceAll(/(?<![0-9a-f-])[\d*]{12}(?![0-9a-f-])/gi, '(account)')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
