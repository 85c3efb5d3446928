import type { Dns, DnsAnswer } from '../../../reconcilers/ports/dns.ts';
import { answerFrom, foldedName, isAskable, noAnswerWithin, notAskable } from '../../../src/dns/answer.ts';
import type { ZoneRecord } from './records.ts';
import type { PlainAnswer, Zones } from './zones.ts';

// Nothing waits in process; the failure says what a resolver with this deadline would say.
const timeoutMs = 2000;

/**
 * The port over zones without packets or time, for thousands of passes a second: what `createResolver` with a deadline of 2 s would
 * answer through `startDnsServer(zones)`, at once and always afresh.
 */
export const dnsOf = (zones: Zones): Dns => ({
  lookUp: async ({ name, type }, signal) => {
    signal.throwIfAborted();
    const asked = foldedName(name);
    if (!isAskable(asked)) return notAskable;
    const answer = zones.answer({ name: asked, type });
    return answerOf(answer.is === 'truncate' ? answer.overTcp : answer, type);
  },
});

const answerOf = (answer: PlainAnswer, type: string): DnsAnswer => {
  switch (answer.is) {
    case 'records':
      return answerFrom(answer.records.filter((record) => record.type === type).map(textOf));
    case 'missing':
      return { is: 'missing' };
    case 'servfail':
      return { is: 'failed', reason: 'SERVFAIL' };
    case 'refused':
      return { is: 'failed', reason: 'REFUSED' };
    case 'silence':
      return noAnswerWithin(timeoutMs);
  }
};

const textOf = (record: ZoneRecord): string => {
  switch (record.type) {
    case 'TXT':
      return Buffer.concat(record.strings).toString('utf8');
    case 'A':
    case 'AAAA':
      return record.target;
    case 'CNAME':
    case 'NS':
      return presented(record.target);
    case 'CAA':
      return `${record.flags} ${record.tag} "${record.issuer}"`;
  }
};

/** A name as resolvers print it: a byte that is no visible ASCII in decimal, special characters behind a backslash (RFC 1035, section 5.1). */
const presented = (name: string): string =>
  Buffer.from(name)
    .toString('latin1')
    .replaceAll(/[^ -~]|[";\\()@$]/g, (byte) => (/[ -~]/.test(byte) ? `\\${byte}` : `\\${byte.charCodeAt(0).toString().padStart(3, '0')}`));
