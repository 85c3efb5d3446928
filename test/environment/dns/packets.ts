import type { Answer, DecodedPacket, Packet } from 'dns-packet';
import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_DESIRED, TRUNCATED_RESPONSE } from 'dns-packet';
import type { ZoneRecord } from './records.ts';
import type { PlainAnswer, Zones } from './zones.ts';

export type Transport = 'udp' | 'tcp';

/** A question as it came, its name in lower case. */
export type DnsQuery = { readonly name: string; readonly type: string; readonly transport: Transport };

/** What to do with one packet: the question that it asked, if it can be read, and the bytes to send back, if any. */
export type Reply = { readonly query?: DnsQuery; readonly bytes?: Buffer };

/** RFC 1035, section 4.1.1. */
const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/** RFC 1035, section 4.2.1: what a UDP answer may hold, unless the question says more (EDNS). */
const plainUdpBytes = 512;
const ttlSeconds = 60;

/** The answer of `zones` to one packet. What is no question at all gets no answer. Never throws on what comes from outside. */
export const replyTo = (packet: Buffer, transport: Transport, zones: Zones): Reply => {
  const asked = decoded(packet);
  if (asked === undefined || asked.flag_qr) return {};
  const [question, ...others] = asked.questions ?? [];
  if (question === undefined || others.length > 0) return { bytes: encode(answered(asked, rcodes.FORMERR)) };
  const query = { name: question.name.toLowerCase(), type: question.type, transport };
  const answer = zones.answer(question);
  if (answer.is !== 'truncate') return { query, ...fitted(asked, answer, transport) };
  return { query, ...(transport === 'udp' ? { bytes: encode(truncated(asked)) } : fitted(asked, answer.overTcp, transport)) };
};

const decoded = (packet: Buffer): DecodedPacket | undefined => {
  try {
    return decode(packet);
  } catch {
    // Whoever sends something else than DNS gets no answer: there is no id to answer with.
    return undefined;
  }
};

const fitted = (asked: DecodedPacket, answer: PlainAnswer, transport: Transport): Reply => {
  const whole = packetFrom(asked, answer);
  if (whole === undefined) return {};
  const bytes = encode(whole);
  return { bytes: transport === 'udp' && bytes.length > udpBytesOf(asked) ? encode(truncated(asked)) : bytes };
};

const udpBytesOf = (asked: DecodedPacket): number => {
  const option = asked.additionals?.find((additional) => additional.type === 'OPT');
  return Math.max(plainUdpBytes, option?.udpPayloadSize ?? plainUdpBytes);
};

const packetFrom = (asked: DecodedPacket, answer: PlainAnswer): Packet | undefined => {
  switch (answer.is) {
    case 'records':
      return { ...answered(asked, rcodes.NOERROR), answers: answer.records.map(recordFrom) };
    case 'missing':
      return answered(asked, rcodes[answer.rcode]);
    case 'servfail':
      return answered(asked, rcodes.SERVFAIL);
    case 'refused':
      return answered(asked, rcodes.REFUSED);
    case 'silence':
      return undefined;
  }
};

const answered = (asked: DecodedPacket, rcode: number, flags = AUTHORITATIVE_ANSWER): Packet => ({
  type: 'response',
  id: asked.id,
  flags: flags | rcode | (asked.flag_rd ? RECURSION_DESIRED : 0),
  questions: asked.questions,
});

const truncated = (asked: DecodedPacket): Packet => answered(asked, rcodes.NOERROR, AUTHORITATIVE_ANSWER | TRUNCATED_RESPONSE);

const recordFrom = (record: ZoneRecord): Answer => {
  const { name } = record;
  switch (record.type) {
    case 'TXT':
      return { type: 'TXT', name, ttl: ttlSeconds, data: [...record.strings] };
    case 'CAA':
      return { type: 'CAA', name, ttl: ttlSeconds, data: { flags: record.flags, tag: record.tag, value: record.issuer } };
    case 'A':
    case 'AAAA':
    case 'CNAME':
    case 'NS':
      return { type: record.type, name, ttl: ttlSeconds, data: record.target };
  }
};
