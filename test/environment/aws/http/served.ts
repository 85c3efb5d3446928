import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import type { Members, Service } from '../contract.ts';
import type { Backend } from './protocol.ts';
import { startAwsServer } from './server.ts';
import type { AwsServer, AwsServerOptions } from './server.ts';
import { exampleCredentials, secretsOf } from './signature.ts';
import type { Credentials } from './signature.ts';

/** One call as the backend saw it. */
export type Heard = { readonly service: Service; readonly operation: string; readonly input: Members; readonly caller: string | undefined };

/** A backend that answers every call with `reply` and remembers what it heard. */
export type ScriptedBackend = Backend & { readonly heard: readonly Heard[] };

export function scripted(reply: (call: Heard) => Record<string, unknown> = () => ({})): ScriptedBackend {
  const heard: Heard[] = [];
  return {
    heard,
    call: async (service, operation, input, caller) => {
      const call = { service, operation, input, caller };
      heard.push(call);
      return Promise.resolve(reply(call));
    },
  };
}

/** The real SDK clients, pointed at the server, with nothing that would hide an answer from a test. */
export type Clients = {
  readonly cloudfront: CloudFrontClient;
  readonly acm: ACMClient;
  readonly wafv2: WAFV2Client;
  readonly destroy: () => void;
};

export function clientsOf(url: string, signWith: Credentials = exampleCredentials): Clients {
  const config = { endpoint: url, region: 'us-east-1', credentials: signWith, maxAttempts: 1 };
  const clients = { cloudfront: new CloudFrontClient(config), acm: new ACMClient(config), wafv2: new WAFV2Client(config) };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** A front with its clients; `stop` ends both. */
export type Served = AwsServer & Clients;

export async function serve(backend: Backend, options: Partial<AwsServerOptions> = {}): Promise<Served> {
  const server = await startAwsServer({ backend, secretOf: secretsOf(exampleCredentials), now: () => new Date(), ...options });
  const clients = clientsOf(server.url);
  const stop = async (): Promise<void> => {
    clients.destroy();
    await server.stop();
  };
  return { ...server, ...clients, stop };
}
