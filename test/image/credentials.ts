import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Credentials } from '../environment/aws/http/signature.ts';

/** The two ways in which EKS gives credentials to a pod, at one address. */
export type CredentialServer = {
  /** Where STS is. */
  readonly stsUrl: string;
  /** Where the agent of Pod Identity is. */
  readonly agentUrl: string;
  /** The tokens that were shown, each with where. */
  readonly shown: readonly string[];
  readonly stop: () => Promise<void>;
};

const sessionToken = 'session';
const lifetimeMs = 3_600_000;

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
const assumedRole = ({ accessKeyId, secretAccessKey }: Credentials, role: string, expires: string): string => `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <AssumedRoleUser><Arn>${role}</Arn><AssumedRoleId>AROAEXAMPLEEXAMPLE:controller</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${accessKeyId}</AccessKeyId>
      <SecretAccessKey>${secretAccessKey}</SecretAccessKey>
      <SessionToken>${sessionToken}</SessionToken>
      <Expiration>${expires}</Expiration>
    </Credentials>
  </AssumeRoleWithWebIdentityResult>
</AssumeRoleWithWebIdentityResponse>`;

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
const podIdentity = ({ accessKeyId, secretAccessKey }: Credentials, expires: string): string =>
  JSON.stringify({ AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Expiration: expires });

/** Gives these credentials to whoever shows a token, any token, and keeps what was shown. On loopback, and without TLS, as the agent is. */
export const startCredentialServer = async (credentials: Credentials): Promise<CredentialServer> => {
  const shown: string[] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = (await request.toArray()).map(String).join('');
      const expires = new Date(Date.now() + lifetimeMs).toISOString();
      if (request.url === '/agent') {
        shown.push(`agent ${request.headers.authorization ?? 'nothing'}`);
        response.setHeader('content-type', 'application/json').end(podIdentity(credentials, expires));
        return;
      }
      const form = new URLSearchParams(body);
      shown.push(`${form.get('Action') ?? 'nothing'} ${form.get('WebIdentityToken') ?? 'nothing'}`);
      response.setHeader('content-type', 'text/xml').end(assumedRole(credentials, form.get('RoleArn') ?? '', expires));
    };
    answer().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`give out credentials: listening at ${String(address)}`);
  const url = `http://127.0.0.1:${address.port}`;
  return {
    stsUrl: url, agentUrl: `${url}/agent`, shown,
    stop: async () => {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
    },
  };
};
