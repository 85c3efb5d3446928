import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isIPv6 } from 'node:net';
import type { Clock } from '../runtime/clock.ts';

/** How to reach the API server, and as whom. Secret: never to be logged. */
export type Credentials = {
  /** The server's address without a trailing slash, possibly with a path. */
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: Tls;
};

/** What a connection is made with. Two connections with equal material may be one. */
export type Tls = {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
};

/** Reads the credentials anew, from wherever they are kept. Rejects when they cannot be read. */
export type CredentialSource = () => Promise<Credentials>;

/**
 * The pod's own ServiceAccount. `host` and `port` are the values of KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT; `folder` is where
 * `token` and `ca.crt` are mounted, normally /var/run/secrets/kubernetes.io/serviceaccount.
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api
 */
export const inClusterSource =
  (pod: { readonly host: string; readonly port: string; readonly folder: string }): CredentialSource =>
  async () => {
    const read = (file: string): Promise<string> => readFile(join(pod.folder, file), 'utf8');
    const [token, ca] = await Promise.all([read('token'), read('ca.crt')]);
    return {
      server: `https://${isIPv6(pod.host) ? `[${pod.host}]` : pod.host}:${pod.port}`,
      headers: { authorization: `Bearer ${token.trim()}` },
      tls: { ca },
    };
  };

/**
 * The context named, else the current one, of these kubeconfig files, the first of them winning as kubectl has it. Read again each time, so that a rotated
 * certificate or an expired token of an exec plugin is renewed.
 * @throws when no file names a cluster, or the cluster is behind a proxy (`proxy-url` is not supported)
 */
export const kubeconfigSource =
  (files: readonly [string, ...string[]], context?: string): CredentialSource =>
  async () => {
    // Loaded only here: the package costs 50 MB and 0.3 s, which a pod in its cluster does not need to spend.
    const { KubeConfig } = await import('@kubernetes/client-node');
    const config = new KubeConfig();
    config.loadFromFile(files[0]);
    for (const file of files.slice(1)) {
      const further = new KubeConfig();
      further.loadFromFile(file);
      config.mergeConfig(further, true);
    }
    if (context !== undefined) config.setCurrentContext(context);
    const cluster = config.getCurrentCluster();
    if (cluster === null) throw new Error(`read kubeconfig ${files.join(', ')}: no cluster for context "${config.getCurrentContext()}"`);
    if (cluster.proxyUrl) throw new Error(`read kubeconfig ${files.join(', ')}: proxy-url is not supported`);
    const options: Parameters<typeof config.applyToHTTPSOptions>[0] = { headers: {} };
    await config.applyToHTTPSOptions(options);
    return {
      server: cluster.server.replace(/\/+$/, ''),
      headers: headersFrom(options.headers),
      tls: tlsFrom(options),
    };
  };

const headersFrom = (headers: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

const tlsFrom = (options: { readonly [K in keyof Tls]?: unknown }): Tls => ({
  ...pem('ca', options.ca),
  ...pem('cert', options.cert),
  ...pem('key', options.key),
  ...(typeof options.servername === 'string' && { servername: options.servername }),
  ...(typeof options.rejectUnauthorized === 'boolean' && { rejectUnauthorized: options.rejectUnauthorized }),
});

const pem = (name: 'ca' | 'cert' | 'key', value: unknown): Tls => {
  if (Buffer.isBuffer(value)) return { [name]: value.toString('utf8') };
  return typeof value === 'string' ? { [name]: value } : {};
};

// The kubelet renews a mounted token long before it expires; client-go too reads it once a minute.
const maxAgeMs = 60_000;

/** Credentials for every request without reading them for each: at most a minute old, and read once however many ask together. */
export class CredentialCache {
  readonly #source: CredentialSource;
  readonly #clock: Clock;
  #held: { readonly credentials: Credentials; readonly readAtMs: number } | undefined;
  #reading: Promise<Credentials> | undefined;

  constructor(source: CredentialSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** The credentials to use now. Rejects only when none could be read and none that the server has not refused are held. */
  current(): Promise<Credentials> {
    const held = this.#held;
    if (held !== undefined && this.#clock.now().getTime() - held.readAtMs < maxAgeMs) return Promise.resolve(held.credentials);
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Says that the server refused these with 401. Others, read since, stay. */
  drop(refused: Credentials): void {
    if (this.#held?.credentials === refused) this.#held = undefined;
  }

  async #read(): Promise<Credentials> {
    try {
      const credentials = await this.#source();
      this.#held = { credentials, readAtMs: this.#clock.now().getTime() };
      return credentials;
    } catch (error) {
      // A file that is being replaced is no reason to stop: what was good a minute ago most likely still is.
      if (this.#held !== undefined) return this.#held.credentials;
      throw error;
    }
  }
}
