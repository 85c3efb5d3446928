import { createSocket } from 'node:dgram';
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { DnsQuery, Transport } from './packets.ts';
import { replyTo } from './packets.ts';
import type { Zones } from './zones.ts';

/**
 * - `address`: as a resolver's list of servers takes it.
 * - `queries`: every question that came, oldest first, those that got no answer too.
 * - `stop`: resolves when the port is free again. May be repeated.
 */
export type DnsServer = {
  readonly address: `127.0.0.1:${number}`;
  readonly port: number;
  readonly queries: readonly DnsQuery[];
  readonly stop: () => Promise<void>;
};

type Answerer = (packet: Buffer, transport: Transport) => Buffer | undefined;

const host = '127.0.0.1';

// A port that is free for UDP is nearly always free for TCP.
const maxPortTries = 20;

/** Serves the zones, as they are at each question, over UDP and TCP on one free loopback port. */
export const startDnsServer = async (zones: Zones): Promise<DnsServer> => {
  const queries: DnsQuery[] = [];
  const answer: Answerer = (packet, transport) => {
    const { query, bytes } = replyTo(packet, transport, zones);
    if (query !== undefined) queries.push(query);
    return bytes;
  };
  const connections = new Set<Socket>();
  const { udp, tcp, port } = await bothOnOnePort();
  udp.on('message', (packet, from) => {
    const bytes = answer(packet, 'udp');
    if (bytes !== undefined) udp.send(bytes, from.port, from.address);
  });
  // A client that has gone meanwhile is told so by ICMP: nothing to do.
  udp.on('error', () => undefined);
  tcp.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    serve(connection, answer);
  });

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    for (const connection of connections) connection.destroy();
    await Promise.all([closed(tcp), closed(udp)]);
  };
  return { address: `${host}:${port}`, port, queries, stop: () => (stopped ??= stop()) };
};

const bothOnOnePort = async (tries = maxPortTries): Promise<{ readonly udp: UdpSocket; readonly tcp: Server; readonly port: number }> => {
  const udp = createSocket('udp4');
  udp.bind(0, host);
  await once(udp, 'listening');
  const { port } = udp.address();
  const tcp = createServer();
  tcp.listen(port, host);
  try {
    await once(tcp, 'listening');
    return { udp, tcp, port };
  } catch (error) {
    await closed(udp);
    if (tries <= 1) throw new Error(`listen on ${host}: no port is free for both UDP and TCP`, { cause: error });
    return bothOnOnePort(tries - 1);
  }
};

/** RFC 1035, section 4.2.2: each packet has its length in two bytes before it; one connection carries any number of them. */
const serve = (connection: Socket, answer: Answerer): void => {
  let received = Buffer.alloc(0);
  connection.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      const bytes = answer(received.subarray(2, end), 'tcp');
      received = received.subarray(end);
      if (bytes !== undefined) connection.write(Buffer.concat([lengthOf(bytes), bytes]));
    }
  });
  // A reset ends the connection, and 'close' follows.
  connection.on('error', () => undefined);
};

const lengthOf = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return length;
};

const closed = (socket: UdpSocket | Server): Promise<void> =>
  new Promise((resolve) => {
    socket.close(() => {
      resolve();
    });
  });
