import type { DomainName } from '../../crds/domain-name.ts';
import { conditionsOf } from '../conditions.ts';
import type { StatusInput } from '../contract.ts';
import { asBefore, type Judged } from '../summary.ts';
import { concern } from './certificate/certificate.ts';
import { isDenial } from './certificate/managed/observe.ts';
import { takenUpVerdict } from './certificate/managed/plan.ts';
import type { TenantDomainKind } from './kind.ts';

/*
 * A request for a certificate of CloudFront's goes with the tenant's write, so that the verdict on the certificate is made before anybody
 * knows what became of the request. What the write was answered is the newer word.
 */

type Input = StatusInput<TenantDomainKind>;

/** The write of this pass that took a request with it, and what it was answered. */
const requestIn = ({ outcomes }: Input): { readonly names: readonly DomainName[]; readonly outcome: Input['outcomes'][number] } | undefined => {
  const asked = outcomes.flatMap((outcome) => ('request' in outcome.action && outcome.action.request !== undefined ? [{ names: outcome.action.config.domains, outcome }] : []));
  return asked.at(-1);
};

/** Our DNS saw every name lead to the endpoint, and CloudFront's resolvers have the older answer for some minutes. */
const unproved = ({ verdict, turn }: Judged, { subject }: Input): Judged => {
  if (subject.accepted.is === 'refused') return { verdict, turn };
  const { names, group } = subject.accepted.wants;
  const message = `our DNS sees ${names.join(', ')} lead to ${group?.endpoint ?? 'the endpoint'}, CloudFront does not yet; it is asked again`;
  return { verdict: { ...verdict, reason: 'WaitingForValidation', message }, turn };
};

/** The verdict on the certificate as it reads after the actions; any other as it is. */
export const afterRequest = (judged: Judged, input: Input): Judged => {
  const { verdict, turn } = judged;
  if (verdict.type !== concern || verdict.status === 'True') return judged;
  const request = requestIn(input);
  const failure = request?.outcome.failure;
  if (request && failure === undefined) return { verdict: takenUpVerdict(request), turn: 'ours' };
  if (request && failure && isDenial(request.outcome.action, failure)) return { verdict: { ...verdict, reason: failure.reason, message: failure.message }, turn: 'person' };
  if (verdict.reason !== 'RequestingCertificate') return judged;
  // It has changed nothing for the certificate, and what to do is told of the tenant.
  const before = conditionsOf(input.subject.generation, input.object.status?.conditions).find(({ type }) => type === concern);
  if (failure?.reason === 'DomainTaken' && before) return { verdict: asBefore(before), turn };
  return input.observed.tenant.unproved !== undefined || failure?.reason === 'WaitingForValidation' ? unproved(judged, input) : judged;
};
