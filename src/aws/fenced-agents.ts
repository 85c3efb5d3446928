import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

// No limit: the budget is the limiter. A request that waited in the agent would meet its timeout there, and go out on a connection that was
// freed without another word of the fence.
const settings = { keepAlive: true };

/**
 * Agents that ask `fence` once more when a new connection stands, before the request that waited for it is written: a process that stood still
 * while it was connecting may lead no longer. Where it throws, the connection is cut, nothing was sent, and the request fails with what it threw.
 */
export const fencedAgents = (fence: () => void): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } => ({
  httpAgent: new FencedHttpAgent(fence),
  httpsAgent: new FencedHttpsAgent(fence),
});

type Connected = (error: Error | null, stream: Duplex) => void;
type Connection = Duplex | null | undefined;

/** This listener comes before Node's own, which writes. */
const guarded = (connection: Connection, event: 'connect' | 'secureConnect', fence: () => void): Connection => {
  connection?.prependOnceListener(event, () => {
    try {
      fence();
    } catch (error) {
      connection.destroy(error instanceof Error ? error : undefined);
    }
  });
  return connection;
};

class FencedHttpAgent extends HttpAgent {
  readonly #fence: () => void;

  constructor(fence: () => void) {
    super(settings);
    this.#fence = fence;
  }

  override createConnection(options: ClientRequestArgs, connected?: Connected): Connection {
    return guarded(super.createConnection(options, connected), 'connect', this.#fence);
  }
}

class FencedHttpsAgent extends HttpsAgent {
  readonly #fence: () => void;

  constructor(fence: () => void) {
    super(settings);
    this.#fence = fence;
  }

  override createConnection(options: ClientRequestArgs, connected?: Connected): Connection {
    return guarded(super.createConnection(options, connected), 'secureConnect', this.#fence);
  }
}
