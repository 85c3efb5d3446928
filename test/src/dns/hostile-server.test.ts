import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { DecodedPacket } from 'dns-packet';
import { decode, encode } from 'dns-packet';
import type { DnsAnswer } from '../../../reconcilers/ports/dns.ts';
import { createResolver } from '../../../src/dns/resolver.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const open: { readonly close: () => void }[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

/** The packets that a server sends for a question, in this order, over UDP. There is nobody on its TCP port. */
type Responder = (asked: DecodedPacket) => readonly Buffer[];

/** Asks a resolver for the texts of a name, which asks that server. */
const askThrough = async (respond: Responder): Promise<(name: string) => Promise<DnsAnswer>> => {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (packet, from) => {
    for (const bytes of respond(decode(packet))) socket.send(bytes, from.port, from.address);
  });
  const servers = [`127.0.0.1:${socket.address().port}`];
  const dns = createResolver({ servers, timeoutMs: 2000, tries: 1, clock: createVirtualClock() });
  return (name) => dns.lookUp({ name, type: 'TXT' }, new AbortController().signal);
};

const nameOf = (asked: DecodedPacket): string => asked.questions?.[0]?.name ?? '';
const otherId = (asked: DecodedPacket): number => ((asked.id ?? 0) + 1) & 0xffff;
const truth = (asked: DecodedPacket): Buffer => response(asked, { data: 'truth' });
const response = (asked: DecodedPacket, forged: { readonly id?: number; readonly flags?: number; readonly name?: string; readonly data?: string }): Buffer => {
  const { id = asked.id, flags = 0, name = nameOf(asked), data = 'lie' } = forged;
  return encode({ type: 'response', id, flags, questions: [{ type: 'TXT', name }], answers: [{ type: 'TXT', name, data }] });
};

const believed: DnsAnswer = { is: 'found', values: ['truth'] };
const truncated = 0x0200;

describe('createResolver before a hostile or broken server', () => {
  it.each<{ readonly name: string; readonly respond: Responder; readonly want: DnsAnswer }>([
    { name: 'waits on when the answer is to another question', respond: (asked) => [response(asked, { name: 'other.test' }), truth(asked)], want: believed },
    { name: 'waits on when the answer has another id', respond: (asked) => [response(asked, { id: otherId(asked) }), truth(asked)], want: believed },
    { name: 'takes the first answer when there are two', respond: (asked) => [truth(asked), response(asked, {})], want: believed },
    { name: 'calls FORMERR by its name', respond: (asked) => [response(asked, { flags: 1 })], want: { is: 'failed', reason: 'FORMERR' } },
    { name: 'calls NOTIMP by its name', respond: (asked) => [response(asked, { flags: 4 })], want: { is: 'failed', reason: 'NOTIMP' } },
    {
      name: 'says that nobody takes the question over TCP',
      respond: (asked) => [response(asked, { flags: truncated })],
      want: { is: 'failed', reason: 'connection refused' },
    },
  ])('$name', async ({ respond, want }) => {
    const ask = await askThrough(respond);
    expect(await ask('a.test')).toEqual(want);
  });

  it('makes a bounded, printable answer or a failure of any bytes', async () => {
    const edits = new Map<string, (bytes: Buffer) => Buffer>();
    const ask = await askThrough((asked) => [edits.get(nameOf(asked))?.(response(asked, {})) ?? Buffer.alloc(0), truth(asked)]);
    const overwrites = fc.array(fc.record({ at: fc.integer({ min: 2, max: 70 }), byte: fc.nat(255) }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(overwrites, fc.integer({ min: 2, max: 80 }), async (wrong, length) => {
        const name = `round${edits.size}.test`;
        edits.set(name, (bytes) => {
          for (const { at, byte } of wrong) if (at < bytes.length) bytes[at] = byte;
          return bytes.subarray(0, length);
        });
        const answer = await ask(name);
        const texts = answer.is === 'found' ? answer.values : [answer.is === 'failed' ? answer.reason : ''];
        expect(texts.length).toBeLessThanOrEqual(8);
        for (const text of texts) expect(text).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{0,320}$/u);
      }),
      { numRuns: 300 },
    );
  });
});
