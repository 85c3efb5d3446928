import { isMembers, Refusal, textOf } from './protocol.ts';
import type { Protocol, WireAnswer } from './protocol.ts';
import { errorEnvelope, escapeText } from './xml.ts';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
const operation = 'GetCallerIdentity';

function write(output: unknown, requestId: string): WireAnswer {
  const identity = isMembers(output) ? output : {};
  const fields = ['Arn', 'UserId', 'Account'].map((name) => {
    const value = identity[name];
    if (typeof value !== 'string') throw new Error(`write ${operation}: ${name} is not a string`);
    return `<${name}>${escapeText(value)}</${name}>`;
  });
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body:
      `<${operation}Response xmlns="${namespace}"><${operation}Result>${fields.join('')}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${escapeText(requestId)}</RequestId></ResponseMetadata></${operation}Response>`,
  };
}

/**
 * STS in the query protocol: a form in, XML out. Its only operation is the one that tells a client who it is.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const query: Protocol = {
  read: (request) => {
    const action = new URLSearchParams(textOf(request)).get('Action') ?? request.query['Action'] ?? '';
    if (action === operation) return Promise.resolve({ operation, input: {} });
    return Promise.reject(new Refusal('unknown operation', `Could not find operation ${action} for version 2011-06-15`));
  },
  write: (_operation, output, requestId) => write(output, requestId),
  refuse: (fault, requestId) => ({
    status: fault.status,
    headers: { 'content-type': 'text/xml' },
    body: errorEnvelope(namespace, fault, requestId),
  }),
  refusals: {
    unsigned: { name: 'MissingAuthenticationToken', status: 403 },
    'incomplete signature': { name: 'IncompleteSignature', status: 403 },
    'unknown key': { name: 'InvalidClientTokenId', status: 403 },
    'wrong signature': { name: 'SignatureDoesNotMatch', status: 403 },
    malformed: { name: 'MalformedInput', status: 400 },
    'unknown operation': { name: 'InvalidAction', status: 400 },
    'too large': { name: 'RequestEntityTooLarge', status: 413 },
  },
};
