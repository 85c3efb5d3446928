import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DecodedPacket, Question } from 'dns-packet';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { DnsServer } from './server.ts';
import { startDnsServer } from './server.ts';
import type { Zones } from './zones.ts';
import { createZones } from './zones.ts';

let zones: Zones;
let server: DnsServer;

beforeEach(async () => {
  zones = createZones();
  server = await startDnsServer(zones);
});

afterEach(() => server.stop());

const packetFor = (id: number, questions: Question[], udpPayloadSize?: number): Buffer =>
  encode({
    type: 'query',
    id,
    flags: RECURSION_DESIRED,
    questions,
    ...(udpPayloadSize !== undefined && {
      additionals: [{ type: 'OPT', name: '.', udpPayloadSize, extendedRcode: 0, ednsVersion: 0, flags: 0, flag_do: false, options: [] }],
    }),
  });

/** The first answer to come, whichever of the packets it is for. */
const overUdp = async (...packets: readonly Buffer[]): Promise<DecodedPacket> => {
  const client = createSocket('udp4');
  for (const packet of packets) client.send(packet, server.port, '127.0.0.1');
  const answer = await new Promise<Buffer>((resolve) => client.once('message', resolve));
  client.close();
  return decode(answer);
};

const framed = (packet: Buffer): Buffer => Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 0xff]), packet]);

/** The answers that come over one connection onto which `chunks` are written one by one. */
const overTcp = async (chunks: readonly Buffer[], wanted: number): Promise<readonly DecodedPacket[]> => {
  const client = connect(server.port, '127.0.0.1').setNoDelay(true);
  await once(client, 'connect');
  for (const chunk of chunks) await new Promise((resolve) => client.write(chunk, resolve));
  const answers: DecodedPacket[] = [];
  let received = Buffer.alloc(0);
  while (answers.length < wanted) {
    const chunk = await new Promise<Buffer>((resolve) => client.once('data', resolve));
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      answers.push(decode(received.subarray(2, end)));
      received = received.subarray(end);
    }
  }
  client.destroy();
  return answers;
};

describe('startDnsServer', () => {
  it('answers with authority, and with the id and the spelling of the question', async () => {
    zones.set('a.test', 'A', ['192.0.2.1']);
    const answer = await overUdp(packetFor(4711, [{ type: 'A', name: 'A.tEsT' }]));
    expect(answer).toMatchObject({ id: 4711, rcode: 'NOERROR', flag_qr: true, flag_aa: true, flag_tc: false, flag_rd: true });
    expect(answer.questions).toEqual([{ type: 'A', name: 'A.tEsT', class: 'IN' }]);
    expect(answer.answers).toMatchObject([{ type: 'A', name: 'a.test', data: '192.0.2.1', class: 'IN' }]);
    expect(server.queries).toEqual([{ name: 'a.test', type: 'A', transport: 'udp' }]);
  });

  it('serves CAA records', async () => {
    zones.set('a.test', 'CAA', ['128 issue "amazon.com"']);
    const { answers } = await overUdp(packetFor(1, [{ type: 'CAA', name: 'a.test' }]));
    expect(answers).toMatchObject([{ type: 'CAA', data: { flags: 128, tag: 'issue', value: 'amazon.com' } }]);
  });

  it.each([
    { name: 'a name that is not there', type: 'A', ask: 'gone.test', rcode: 'NXDOMAIN' },
    { name: 'a type that is not there', type: 'MX', ask: 'a.test', rcode: 'NOERROR' },
    { name: 'the root', type: 'NS', ask: '.', rcode: 'NXDOMAIN' },
  ] as const)('answers for $name with $rcode and nothing else', async ({ type, ask, rcode }) => {
    zones.set('a.test', 'A', ['192.0.2.1']);
    expect(await overUdp(packetFor(1, [{ type, name: ask }]))).toMatchObject({ rcode, answers: [] });
  });

  it('truncates over UDP what is longer than 512 bytes, or than the client says it takes', async () => {
    zones.set('a.test', 'TXT', ['x'.repeat(1000)]);
    const question: Question = { type: 'TXT', name: 'a.test' };
    expect(await overUdp(packetFor(1, [question]))).toMatchObject({ flag_tc: true, rcode: 'NOERROR', answers: [] });
    expect(await overUdp(packetFor(1, [question], 1000))).toMatchObject({ flag_tc: true, answers: [] });
    expect(await overUdp(packetFor(1, [question], 1232))).toMatchObject({ flag_tc: false, answers: [{ type: 'TXT', name: 'a.test' }] });
    expect(await overTcp([framed(packetFor(1, [question]))], 1)).toMatchObject([{ flag_tc: false, answers: [{ type: 'TXT', name: 'a.test' }] }]);
  });

  it('answers any number of questions on one connection, in whatever pieces they come', async () => {
    zones.set('a.test', 'A', ['192.0.2.1']);
    const stream = Buffer.concat([1, 2, 3].map((id) => framed(packetFor(id, [{ type: 'A', name: 'a.test' }]))));
    const pieces = [stream.subarray(0, 1), stream.subarray(1, 40), stream.subarray(40)];
    expect((await overTcp(pieces, 3)).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(server.queries).toEqual([1, 2, 3].map(() => ({ name: 'a.test', type: 'A', transport: 'tcp' })));
  });

  it('answers FORMERR to no question and to two', async () => {
    const question: Question = { type: 'A', name: 'a.test' };
    expect(await overUdp(packetFor(1, []))).toMatchObject({ id: 1, rcode: 'FORMERR' });
    expect(await overUdp(packetFor(2, [question, question]))).toMatchObject({ id: 2, rcode: 'FORMERR' });
    expect(server.queries).toEqual([]);
  });

  it('lives through what is no question, and through a client that goes away', async () => {
    const question: Question = { type: 'A', name: 'a.test' };
    const response = encode({ type: 'response', id: 1, questions: [question] });
    const whole = packetFor(2, [question]);
    const leaver = connect(server.port, '127.0.0.1');
    await once(leaver, 'connect');
    leaver.write(framed(whole));
    leaver.resetAndDestroy();
    const answer = await overUdp(Buffer.alloc(0), Buffer.from('not dns'), whole.subarray(0, 15), response, packetFor(3, [question]));
    expect(answer).toMatchObject({ id: 3, rcode: 'NXDOMAIN' });
  });

  it('frees the port and ends open connections when it is stopped, once or twice', async () => {
    const client = connect(server.port, '127.0.0.1');
    await once(client, 'connect');
    const closed = once(client, 'close');
    await Promise.all([server.stop(), server.stop()]);
    await closed;
    const heir = createSocket('udp4');
    heir.bind(server.port, '127.0.0.1');
    await once(heir, 'listening');
    heir.close();
    expect(server.address).toBe(`127.0.0.1:${server.port}`);
  });
});
