import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const listen = async (): Promise<Server> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`find a free port: the socket is at ${String(address)}`);
  return address.port;
};

/**
 * `count` different ports of 127.0.0.1 that nobody listened on a moment ago. All are held until the last is known, and then let go:
 * somebody else may still take one before its user does, so that whoever binds it must be ready to ask again.
 */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
  return ports;
};
