import { Agent, request } from 'undici';
import type { Credentials } from './certificates.ts';

/** What the API server answered. `body` is what its JSON says, or the text where it is not JSON. */
export type Answer = { readonly status: number; readonly body: unknown };

/** Asks the API server as admin. Any answer at all resolves; only a connection that failed rejects. */
export type Admin = {
  /** `path` with its query. `body` is sent as JSON, under `contentType` where given (patches need their own). */
  readonly request: (method: Method, path: string, body?: unknown, contentType?: string) => Promise<Answer>;
};

/** The verbs of the Kubernetes API. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const parseJson = (text: string): unknown => JSON.parse(text);

const timeoutMs = 30_000;

/** A client for tests and set-up: a client certificate, no retries, no cache. `close` ends its connections. */
export const adminClient = (
  url: string,
  credentials: Pick<Credentials, 'authority' | 'admin'>,
): { readonly admin: Admin; readonly close: () => Promise<void> } => {
  const agent = new Agent({
    allowH2: false,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { ca: credentials.authority, cert: credentials.admin.certificate, key: credentials.admin.key },
  });
  return {
    admin: {
      request: async (method, path, body, contentType = 'application/json') => {
        const answer = await request(`${url}${path}`, {
          dispatcher: agent,
          method,
          headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': contentType }) },
          body: body === undefined ? null : JSON.stringify(body),
        });
        const text = await answer.body.text();
        const isJson = String(answer.headers['content-type'] ?? '').startsWith('application/json');
        return { status: answer.statusCode, body: isJson ? (parseJson(text)) : text };
      },
    },
    close: () => agent.destroy(),
  };
};
