import { createHttpServer, text } from './http-server.ts';
import type { Answer, HttpServer, HttpServerOptions } from './http-server.ts';

/** One thing that is looked at; `failure` says in a few words what is wrong, and nothing while all is well. Must not throw. */
export type Check = { readonly name: string; readonly failure: () => string | undefined };

export type HealthOptions = Pick<HttpServerOptions, 'port' | 'address' | 'onError'> & {
  /** What only a new process can mend. Never the API server or AWS: restarting does not bring them back. */
  readonly live: readonly Check[];
  /** What keeps this process from doing its work, for now. */
  readonly ready: readonly Check[];
};

// That it is answered shows that the event loop turns.
const ping: Check = { name: 'ping', failure: () => undefined };

/**
 * The probes: `/livez` and `/readyz`. 200 and `ok` when every check passes, else 500 and the list, as the API server has it; `?verbose` shows the
 * list in any case.
 * @see https://kubernetes.io/docs/reference/using-api/health-checks/
 */
export const createHealthServer = ({ live, ready, ...options }: HealthOptions): HttpServer =>
  createHttpServer({
    ...options,
    name: 'health',
    routes: {
      '/livez': (url) => verdict('livez', [ping, ...live], url),
      '/readyz': (url) => verdict('readyz', [ping, ...ready], url),
    },
  });

/** A check that passes until the signal is aborted: what is stopping gets no more traffic. */
export const notStopping = (stop: AbortSignal): Check => ({ name: 'shutdown', failure: () => (stop.aborted ? 'process is stopping' : undefined) });

/** A check that no pass goes on in spite of its deadline. The log names the keys: not everybody who may probe may know them. */
export const noneStuck = (controller: string, stuck: () => readonly string[]): Check => ({
  name: `workers-${controller}`,
  failure: () => {
    const count = stuck().length;
    return count === 0 ? undefined : `${count} stuck`;
  },
});

/** A check that a cache shows what there is. */
export const synced = (cache: string, hasSynced: () => boolean): Check => ({ name: `cache-${cache}`, failure: () => (hasSynced() ? undefined : 'not synced') });

/** The metrics, at `/metrics` on a port of their own: who may scrape need not reach the probes. */
export const createMetricsServer = (
  options: Pick<HttpServerOptions, 'port' | 'address' | 'onError'> & { readonly page: () => Promise<{ readonly type: string; readonly body: string }> },
): HttpServer =>
  createHttpServer({
    ...options,
    name: 'metrics',
    routes: { '/metrics': async () => ({ code: 200, ...(await options.page()) }) },
  });

const verdict = (name: string, checks: readonly Check[], url: URL): Answer => {
  const results = checks.map((check) => ({ name: check.name, failure: check.failure() }));
  const passed = results.every(({ failure }) => failure === undefined);
  if (passed && !url.searchParams.has('verbose')) return text(200, 'ok');
  const lines = results.map((result) => (result.failure === undefined ? `[+]${result.name} ok` : `[-]${result.name} failed: ${result.failure}`));
  return text(passed ? 200 : 500, [...lines, `${name} check ${passed ? 'passed' : 'failed'}`].join('\n'));
};
