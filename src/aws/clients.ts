import { ACMClient } from '@aws-sdk/client-acm';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import { acmCalls, cloudFrontCalls, wafv2Calls } from './commands.ts';
import { fencedAgents } from './fenced-agents.ts';

/** How AWS is reached. */
export type AwsOptions = {
  /** Instead of AWS's own endpoints, for all three services: `http://127.0.0.1:4566`. */
  readonly endpoint?: string;
  /** Instead of the SDK's chain (environment, web identity, Pod Identity, instance). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** How long AWS may take to begin its answer, and to be silent within it. */
  readonly requestTimeoutMs?: number;
  /** Asked when a call has its credentials and signature, just before it is sent; what it throws is the call's error. */
  readonly fence?: () => void;
};

// The fleet's slowest call is a list page; AWS answers in well under a second, and a pass has minutes.
const defaultRequestTimeoutMs = 10_000;
const connectionTimeoutMs = 3_000;

/** CloudFront, its certificates and its web ACLs are all managed in this region. @see CloudFront Developer Guide, "Requirements for SSL/TLS certificates" */
const region = 'us-east-1';

/**
 * The SDK's clients behind the port `Aws`, each call sent once: a retry of the SDK repeats a create whose answer was lost (R4).
 * Rejects with what the SDK throws; `classified` (layers.ts) makes a `Failure` of it. `close` ends the connections.
 */
export const connectAws = ({ endpoint, credentials, requestTimeoutMs = defaultRequestTimeoutMs, fence = () => undefined }: AwsOptions): { readonly aws: Aws; readonly close: () => void } => {
  const options = {
    region,
    maxAttempts: 1,
    // The request timeout ends with the answer's headers, the socket's with silence: a body that stalls needs the latter.
    requestHandler: { requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true, socketTimeout: requestTimeoutMs, connectionTimeout: connectionTimeoutMs, ...fencedAgents(fence) },
    ...(endpoint === undefined ? {} : { endpoint }),
  };
  const cloudFront = new CloudFrontClient({ ...options, ...(credentials === undefined ? {} : { credentials }) });
  // One chain of credentials for all three, so that STS is asked once.
  const shared = { ...options, credentials: cloudFront.config.credentials };
  const acm = new ACMClient(shared);
  const wafv2 = new WAFV2Client(shared);
  const last = { step: 'finalizeRequest', priority: 'low', name: 'fence' } as const;
  cloudFront.middlewareStack.add(asking(fence), last);
  acm.middlewareStack.add(asking(fence), last);
  wafv2.middlewareStack.add(asking(fence), last);
  return {
    aws: { ...cloudFrontCalls(cloudFront), ...acmCalls(acm), ...wafv2Calls(wafv2) },
    close: () => {
      for (const client of [cloudFront, acm, wafv2]) client.destroy();
    },
  };
};

type Next<Args, Output> = (args: Args) => Promise<Output>;

/** A step of the SDK's before the request goes out. */
const asking = (fence: () => void) => <Args, Output>(next: Next<Args, Output>): Next<Args, Output> => async (args) => {
  fence();
  return next(args);
};
