import { AwsFault, services } from '../contract.ts';
import type { Service } from '../contract.ts';
import { awsJson, serviceOfTarget } from './aws-json.ts';
import { faultFrom } from './protocol.ts';
import type { Backend, Protocol, WireAnswer, WireRequest } from './protocol.ts';
import { query } from './query.ts';
import { restXml } from './rest-xml.ts';
import { claimOf, signerOf } from './signature.ts';
import type { SecretOf } from './signature.ts';

const protocols: Readonly<Record<Service, Protocol>> = { cloudfront: restXml, acm: awsJson('acm'), wafv2: awsJson('wafv2'), sts: query };

/**
 * The service a request means. AWS tells by host name; here all four share one, so the form of the request decides, and where it says
 * nothing the credential scope does. CloudFront gets what nobody claims, as it alone has paths.
 */
export function serviceOf(request: WireRequest): Service {
  const targeted = serviceOfTarget(request.headers['x-amz-target'] ?? '');
  if (targeted !== undefined) return targeted;
  if (request.path.startsWith('/2020-05-31/')) return 'cloudfront';
  const scope = claimOf(request)?.service;
  const scoped = services.find((service) => service === scope);
  if (scoped !== undefined) return scoped;
  return request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true ? 'sts' : 'cloudfront';
}

export type FrontParts = { readonly backend: Backend; readonly secretOf: SecretOf; readonly now: () => Date };

const identified = (given: WireAnswer, requestId: string): WireAnswer => ({
  ...given,
  headers: { ...given.headers, 'x-amzn-requestid': requestId },
});

/** One request answered; `lost` means that it was carried out and the client must not hear of it. Never rejects. */
export async function answer(request: WireRequest, requestId: string, parts: FrontParts): Promise<WireAnswer | 'lost'> {
  const service = serviceOf(request);
  const protocol = protocols[service];
  try {
    const caller = await signerOf({ request, service, secretOf: parts.secretOf, now: parts.now() });
    const { operation, input } = await protocol.read(request);
    const output = await parts.backend.call(service, operation, input, caller);
    return identified(protocol.write(operation, output, requestId), requestId);
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 'lost';
    const ownId = error instanceof AwsFault && error.requestId !== '' ? error.requestId : requestId;
    return identified(protocol.refuse(faultFrom(error, protocol), ownId), ownId);
  }
}

/** The answer to a request whose body was not kept, because it was too large. */
export function refuseTooLarge(request: WireRequest, requestId: string, maxBytes: number): WireAnswer {
  const protocol = protocols[serviceOf(request)];
  const fault = {
    ...protocol.refusals['too large'],
    side: 'client' as const,
    message: `the request body exceeds ${String(maxBytes)} bytes`,
    members: {},
  };
  return identified(protocol.refuse(fault, requestId), requestId);
}
