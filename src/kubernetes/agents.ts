import { Agent } from 'undici';
import type { Tls } from './auth.ts';

/** The connections of one process to one API server, kept apart so that a watch never stands in a request's way. */
export type Agents = { readonly api: Agent; readonly watch: Agent };

/** Hands out the agents for the TLS material at hand; new ones when it has changed. */
export class AgentPool {
  #current: { readonly tls: Tls; readonly agents: Agents } | undefined;
  readonly #open = new Set<Agent>();

  /** The agents for this material. Those for other material finish what they are doing, and close. */
  for(tls: Tls): Agents {
    if (this.#current !== undefined && equal(this.#current.tls, tls)) return this.#current.agents;
    if (this.#current !== undefined) this.#retire(this.#current.agents);
    const agents = { api: apiAgent(tls), watch: watchAgent(tls) };
    this.#current = { tls, agents };
    this.#open.add(agents.api).add(agents.watch);
    return agents;
  }

  /** Cuts every connection, those of retired agents too. */
  async destroy(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    this.#current = undefined;
    await Promise.all(open.map((agent) => agent.destroy()));
  }

  #retire({ api, watch }: Agents): void {
    for (const agent of [api, watch]) {
      const forget = (): void => {
        this.#open.delete(agent);
      };
      // Rejects only when it was destroyed meanwhile, which is as closed as can be.
      agent.close().then(forget, forget);
    }
  }
}

const equal = (a: Tls, b: Tls): boolean =>
  a.ca === b.ca && a.cert === b.cert && a.key === b.key && a.servername === b.servername && a.rejectUnauthorized === b.rejectUnauthorized;

// HTTP/1.1 throughout: one bad connection hurts one request, and a watch shares flow control with nothing.
const shared = (tls: Tls): Agent.Options => ({
  allowH2: false,
  // Node probes a silent connection after 30 s, before load balancers forget it.
  connect: { ...tls, timeout: 10_000, keepAlive: true, keepAliveInitialDelay: 30_000 },
  headersTimeout: 15_000,
});

const apiAgent = (tls: Tls): Agent => new Agent({ ...shared(tls), connections: 16, keepAliveTimeout: 30_000, bodyTimeout: 30_000 });

// A quiet watch is a healthy watch: its silence is judged by the reflector, not here.
const watchAgent = (tls: Tls): Agent => new Agent({ ...shared(tls), bodyTimeout: 0 });
