import type { Members } from '../contract.ts';
import { cloudfrontNamespace, membersOf, models, readXml, writeXml } from './codec.ts';
import type { Member, Operation } from './codec.ts';
import { nonconformity } from './conform.ts';
import { isMembers, Refusal, textOf } from './protocol.ts';
import type { Call, Protocol, WireAnswer, WireRequest } from './protocol.ts';
import { routesOf } from './routes.ts';
import type { Match } from './routes.ts';
import { errorEnvelope } from './xml.ts';

const { operations } = models.cloudfront;
const routes = routesOf(operations.values());

function find(request: WireRequest): Match {
  let match: Match | undefined;
  try {
    match = routes(request.method, request.path, request.query);
  } catch (cause) {
    throw new Refusal('malformed', `read the path ${request.path}: not a percent-encoding`, cause);
  }
  if (match === undefined) throw new Refusal('unknown operation', `${request.method} ${request.path} is not an operation of this service`);
  return match;
}

/** A header, query or label value: text, or a number where the model has one. */
function scalarFrom({ shape }: Member, text: string): unknown {
  if (shape.isNumericSchema()) return Number(text);
  if (shape.isBooleanSchema()) return text.toLowerCase() === 'true';
  return text;
}

function boundValue(member: Member, request: WireRequest, labels: Members): unknown {
  const source: Members = member.place === 'label' ? labels : member.place === 'header' ? request.headers : request.query;
  const text = source[member.wireName];
  return typeof text === 'string' ? scalarFrom(member, text) : undefined;
}

function payloadValue({ shape }: Member, request: WireRequest): unknown {
  if (request.body.length === 0) return undefined;
  return shape.isBlobSchema() ? request.body : readXml(shape, textOf(request));
}

function inputFrom({ operation, labels }: Match, request: WireRequest): Members {
  const members = membersOf(operation.input);
  const inBody = members.some(({ place }) => place === 'body') && request.body.length > 0;
  const body = inBody ? readXml(operation.input, textOf(request)) : {};
  const valueOf = (member: Member): unknown => {
    if (member.place === 'body') return isMembers(body) ? body[member.name] : undefined;
    return member.place === 'payload' ? payloadValue(member, request) : boundValue(member, request, labels);
  };
  const entries = members.map((member) => [member.name, valueOf(member)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function read(request: WireRequest): Call {
  const match = find(request);
  const { name } = match.operation;
  try {
    const input = inputFrom(match, request);
    const problem = nonconformity(match.operation.input, input);
    if (problem !== undefined) throw new SyntaxError(problem);
    return { operation: name, input };
  } catch (cause) {
    throw new Refusal('malformed', `read ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function bodyOf(operation: Operation, members: readonly Member[], output: Members): string | Uint8Array {
  const payload = members.find(({ place }) => place === 'payload');
  if (payload !== undefined) {
    const value = output[payload.name];
    return value === undefined ? '' : writeXml(payload.shape, value);
  }
  const inBody = members.filter(({ place }) => place === 'body');
  if (inBody.length === 0) return '';
  return writeXml(operation.output, Object.fromEntries(inBody.map(({ name }) => [name, output[name]])));
}

function write(name: string, output: unknown): WireAnswer {
  const operation = operations.get(name);
  if (operation?.http === undefined) throw new Error(`write ${name}: not an operation of this service`);
  const values: Members = isMembers(output) ? output : {};
  const members = membersOf(operation.output);
  const problem = operation.output.isStructSchema() ? nonconformity(operation.output, values) : undefined;
  if (problem !== undefined) throw new Error(`write ${name}: ${problem}`);
  const body = bodyOf(operation, members, values);
  const headers = members.flatMap(({ name: member, place, wireName }): [string, string][] => {
    const value = values[member];
    return place === 'header' && typeof value === 'string' ? [[wireName, value]] : [];
  });
  const document = typeof body === 'string' && body !== '';
  return {
    status: operation.http.status,
    headers: { ...Object.fromEntries(headers), ...(document ? { 'content-type': 'text/xml' } : {}) },
    body: document ? `<?xml version="1.0"?>\n${body}` : body,
  };
}

/**
 * CloudFront: REST-XML.
 * Codes of refusals: MalformedInput is what it answers to XML it cannot read; signature errors are 403 on the XML services.
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/CommonErrors.html
 */
export const restXml: Protocol = {
  read: async (request) => Promise.resolve(read(request)),
  write,
  refuse: (fault, requestId) => ({
    status: fault.status,
    headers: { 'content-type': 'text/xml' },
    body: errorEnvelope(cloudfrontNamespace, fault, requestId),
  }),
  refusals: {
    unsigned: { name: 'MissingAuthenticationToken', status: 403 },
    'incomplete signature': { name: 'IncompleteSignature', status: 403 },
    'unknown key': { name: 'InvalidClientTokenId', status: 403 },
    'wrong signature': { name: 'SignatureDoesNotMatch', status: 403 },
    malformed: { name: 'MalformedInput', status: 400 },
    'unknown operation': { name: 'UnknownOperationException', status: 404 },
    'too large': { name: 'RequestEntityTooLarge', status: 413 },
  },
};
