import type { Members } from '../contract.ts';
import { models, readJson, writeJson } from './codec.ts';
import type { Model, Operation } from './codec.ts';
import { nonconformity } from './conform.ts';
import { isMembers, Refusal, textOf } from './protocol.ts';
import type { Fault, Protocol, WireAnswer, WireRequest } from './protocol.ts';

const contentType = 'application/x-amz-json-1.1';

const targets: Readonly<Record<string, 'acm' | 'wafv2'>> = { CertificateManager: 'acm', AWSWAF_20190729: 'wafv2' };

/** The service that `X-Amz-Target` selects by what stands before the dot; undefined when it is none of ours. */
export const serviceOfTarget = (target: string): 'acm' | 'wafv2' | undefined => targets[target.slice(0, target.indexOf('.'))];

function operationOf(service: 'acm' | 'wafv2', target: string): Operation {
  const operation = models[service].operations.get(target.slice(target.indexOf('.') + 1));
  if (operation === undefined || serviceOfTarget(target) !== service)
    throw new Refusal('unknown operation', `${target} is not an operation of this service`);
  return operation;
}

/** The document a JSON request carries: no body is an empty one, anything but a structure is refused. */
async function documentOf({ input }: Operation, text: string): Promise<Members> {
  const raw: unknown = JSON.parse(text === '' ? '{}' : text);
  if (!isMembers(raw)) throw new SyntaxError('the document is not a structure');
  const document = input.isStructSchema() ? await readJson(input, text) : {};
  const problem = nonconformity(input, document);
  if (problem !== undefined) throw new SyntaxError(problem);
  return isMembers(document) ? document : {};
}

async function inputFrom(operation: Operation, request: WireRequest): Promise<Members> {
  try {
    return await documentOf(operation, textOf(request));
  } catch (cause) {
    throw new Refusal('malformed', `read ${operation.name}: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

function write(model: Model, name: string, output: unknown): WireAnswer {
  const shape = model.operations.get(name)?.output;
  if (shape === undefined) throw new Error(`write ${name}: not an operation of this service`);
  if (!shape.isStructSchema()) return { status: 200, headers: { 'content-type': contentType }, body: '' };
  const values = output ?? {};
  const problem = nonconformity(shape, values);
  if (problem !== undefined) throw new Error(`write ${name}: ${problem}`);
  return { status: 200, headers: { 'content-type': contentType }, body: writeJson(shape, values) };
}

// The SDK's schemas spell it `message` for both; the wire does not: botocore, wafv2/2019-07-29 and acm/2015-12-08.
const spellings = { acm: 'message', wafv2: 'Message' } as const;

/** `__type` first, then the text, then what else the model knows of the error. */
function documentFrom(service: 'acm' | 'wafv2', fault: Fault): string {
  const shape = models[service].errors.get(fault.name);
  if (shape === undefined) return JSON.stringify({ __type: fault.name, message: fault.message });
  const problem = nonconformity(shape, fault.members);
  const text = problem === undefined ? fault.message : `${fault.message} (and the simulator erred: ${problem})`;
  const members: unknown = problem === undefined ? JSON.parse(writeJson(shape, fault.members)) : {};
  return JSON.stringify({ __type: fault.name, [spellings[service]]: text, ...(isMembers(members) ? members : {}) });
}

/**
 * AWS JSON 1.1, as ACM and WAFv2 speak it: the operation is in `X-Amz-Target`, every client error is 400.
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function awsJson(service: 'acm' | 'wafv2'): Protocol {
  const model = models[service];
  return {
    read: async (request) => {
      const operation = operationOf(service, request.headers['x-amz-target'] ?? '');
      return { operation: operation.name, input: await inputFrom(operation, request) };
    },
    write: (operation, output) => write(model, operation, output),
    refuse: (fault) => ({
      status: fault.status,
      headers: { 'content-type': contentType, 'x-amzn-errortype': fault.name },
      body: documentFrom(service, fault),
    }),
    refusals: {
      unsigned: { name: 'MissingAuthenticationTokenException', status: 400 },
      'incomplete signature': { name: 'IncompleteSignatureException', status: 400 },
      'unknown key': { name: 'UnrecognizedClientException', status: 400 },
      'wrong signature': { name: 'InvalidSignatureException', status: 400 },
      malformed: { name: 'SerializationException', status: 400 },
      'unknown operation': { name: 'UnknownOperationException', status: 400 },
      'too large': { name: 'RequestTooLargeException', status: 413 },
    },
  };
}
