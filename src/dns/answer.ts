import type { DnsAnswer } from '../../reconcilers/ports/dns.ts';
import { printable } from '../../reconcilers/printable.ts';

// What the status of an object has room for: `dnsRecords[].observed` holds 8 values of 320 characters.
const maxValues = 8;
const maxValueLength = 320;

/** RFC 1035, section 2.3.4: 255 octets on the wire, which is 253 characters as text. */
const maxNameLength = 253;
const askable = /^(?:[a-z0-9_*-]{1,63}\.)*[a-z0-9_*-]{1,63}$/;

/** A name in the one spelling that answers are kept and compared by: lower case, without a trailing dot. ASCII only, as in DNS itself. */
export const foldedName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/\.$/, '');

/**
 * Whether a folded name may be asked for. The target of somebody's CNAME is anything: a backslash escape, a NUL (where the resolver
 * library would end the name), a value that we cut. Those are not handed to it.
 */
export const isAskable = (name: string): boolean => name.length <= maxNameLength && askable.test(name);

/** What a question gets that `isAskable` refuses. */
export const notAskable: DnsAnswer = { is: 'failed', reason: 'not a name that can be asked for' };

/** What the port promises of the values that DNS gave, in any order and spelling; none at all is `missing`. */
export const answerFrom = (values: readonly string[]): DnsAnswer => {
  if (values.length === 0) return { is: 'missing' };
  const folded = new Set(values.map((value) => printable(foldedName(value), maxValueLength)));
  return { is: 'found', values: [...folded].toSorted().slice(0, maxValues) };
};

/** Nobody answered in the time that one question has. */
export const noAnswerWithin = (timeoutMs: number): DnsAnswer => ({ is: 'failed', reason: `no answer within ${timeoutMs / 1000} s` });
