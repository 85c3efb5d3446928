import { AwsFault, type Members, type Service } from './calls.ts';

/**
 * What goes wrong with one call.
 * - `before`: the service's 500, nothing done.
 * - `dropped`: no answer, nothing done.
 * - `lost` (or `after`): no answer, done.
 * - `late`: no answer, and it is done `lateCommitMs` after the client gave up.
 * - an answer: nothing done (or done, with `committed`), and AWS answers so.
 */
export type Fault =
  | 'before'
  | 'dropped'
  | 'after'
  | 'lost'
  | 'late'
  | { readonly name: string; readonly status: number; readonly message?: string; readonly members?: Members; readonly committed?: boolean };

/** Which call: the `nth` (1 is the next) of those that match. What is absent matches all. */
export type FaultMatch = { readonly service?: Service; readonly operation?: string; readonly nth?: number };

type Planned = { readonly match: FaultMatch; readonly fault: Fault; left: number };

/** Faults that tests plan, each for one call of anyone but the operator. */
export class FaultPlan {
  #planned: Planned[] = [];

  next(match: FaultMatch, fault: Fault): void {
    this.#planned.push({ match, fault, left: match.nth ?? 1 });
  }

  /** Forgets what has not struck yet. */
  clear(): void {
    this.#planned = [];
  }

  /** Counts a call and says what strikes it. */
  strike(service: Service, operation: string): Fault | undefined {
    let struck: Planned | undefined;
    for (const planned of this.#planned) {
      const { match } = planned;
      if ((match.service ?? service) !== service || (match.operation ?? operation) !== operation) continue;
      planned.left -= 1;
      if (planned.left <= 0) struck ??= planned;
    }
    this.#planned = this.#planned.filter((planned) => planned !== struck);
    return struck?.fault;
  }
}

const internalErrors: Readonly<Record<Service, string>> = {
  cloudfront: 'InternalError',
  acm: 'InternalServerException',
  wafv2: 'WAFInternalErrorException',
  sts: 'InternalFailure',
};

/** The service's own 500. */
export const internalError = (service: Service): AwsFault =>
  new AwsFault(internalErrors[service], { status: 500, message: 'We encountered an internal error. Please try again.' });

/** CloudFront throttles with `Throttling` and 400, not 429. */
export const throttling = (service: Service): AwsFault =>
  new AwsFault(service === 'cloudfront' || service === 'sts' ? 'Throttling' : 'ThrottlingException', { status: 400, message: 'Rate exceeded' });

/** What a service answers when IAM does not allow what a request needs. */
export const accessDenied = (service: Service, message: string): AwsFault =>
  new AwsFault(service === 'cloudfront' || service === 'sts' ? 'AccessDenied' : 'AccessDeniedException', {
    status: service === 'wafv2' ? 400 : 403,
    message,
  });

/** No such operation: each protocol says it in its own way. */
export const unknownOperation = (service: Service, operation: string): AwsFault =>
  new AwsFault(service === 'sts' ? 'InvalidAction' : 'UnknownOperationException', {
    status: service === 'cloudfront' ? 404 : 400,
    message: `Could not find operation ${operation}`,
  });
