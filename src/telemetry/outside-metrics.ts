import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { meaningOf } from '../../reconcilers/aws/error-table.ts';
import { awsOperations } from '../../reconcilers/ports/aws.ts';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import type { CallEntry } from '../aws/layers.ts';
import { defaultRates, standings } from '../aws/rates.ts';
import type { Attempt } from '../kubernetes/transport.ts';

/** What is told of the calls that leave this process. */
export type OutsideMetrics = {
  /** One attempt at the API server. */
  readonly kubernetesRequest: (attempt: Attempt) => void;
  /** One call to AWS, its wait in the budget included; of one that was never sent, only that wait counts. */
  readonly awsCall: (call: Pick<CallEntry, 'name' | 'outcome' | 'code' | 'waitedMs' | 'ms'>) => void;
};

const requestBuckets = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30];
const waitBuckets = [0.01, 0.1, 0.5, 1, 5, 15, 60, 300];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Attempt['method'][];
const outcomes = ['success', 'invalid', 'blocked', 'conflict', 'throttled', 'transient', 'unsettled', 'aborted'] as const satisfies readonly CallEntry['outcome'][];

/** Adds them to the registry, all finite labels at zero. `host`: the API server, as `name:port`. */
export const createOutsideMetrics = (registry: Registry, host: string): OutsideMetrics => ({
  kubernetesRequest: createKubernetesMetrics(registry, host),
  awsCall: createAwsMetrics(registry),
});

/** Under client-go's names. */
const createKubernetesMetrics = (registry: Registry, host: string): OutsideMetrics['kubernetesRequest'] => {
  const registers = [registry];
  const requests = new Counter({ name: 'rest_client_requests_total', help: 'Requests to the API server.', labelNames: ['code', 'method', 'host'], registers });
  const durations = new Histogram({
    name: 'rest_client_request_duration_seconds',
    help: 'Duration of requests to the API server.',
    labelNames: ['verb', 'host'],
    buckets: requestBuckets,
    registers,
  });
  for (const verb of methods) durations.zero({ verb, host });
  return ({ method, code, ms }) => {
    // client-go writes this where no answer came.
    requests.inc({ code: code === 0 ? '<error>' : String(code), method, host });
    durations.observe({ verb: method, host }, ms / 1_000);
  };
};

const createAwsMetrics = (registry: Registry): OutsideMetrics['awsCall'] => {
  const registers = [registry];
  const calls = new Counter({
    name: 'aws_requests_total',
    help: 'Calls to AWS; shared ones are made for the whole fleet.',
    labelNames: ['aws_service', 'operation', 'outcome', 'shared'],
    registers,
  });
  const throttles = new Counter({ name: 'aws_throttles_total', help: 'Calls that AWS refused for their rate, by class of the budget.', labelNames: ['class'], registers });
  const denials = new Counter({ name: 'aws_denied_total', help: 'Calls that AWS refused for want of a permission.', labelNames: ['aws_service', 'operation'], registers });
  const waits = new Histogram({ name: 'aws_limiter_wait_seconds', help: 'Wait of calls for their turn, by class of the budget.', labelNames: ['class'], buckets: waitBuckets, registers });
  const durations = new Histogram({ name: 'aws_request_duration_seconds', help: 'Duration of calls, without that wait.', labelNames: ['aws_service', 'operation'], buckets: requestBuckets, registers });
  for (const name of Object.keys(awsOperations).filter(isCall)) {
    durations.zero(operationLabels(name));
    denials.inc(operationLabels(name), 0);
    for (const outcome of outcomes) calls.inc({ ...callLabels(name), outcome }, 0);
  }
  for (const callClass of Object.keys(defaultRates)) {
    throttles.inc({ class: callClass }, 0);
    waits.zero({ class: callClass });
  }
  return ({ name, outcome, code, waitedMs, ms }) => {
    const { callClass } = standings[name];
    waits.observe({ class: callClass }, waitedMs / 1_000);
    if (ms === undefined) return;
    calls.inc({ ...callLabels(name), outcome });
    durations.observe(operationLabels(name), ms / 1_000);
    if (outcome === 'throttled') throttles.inc({ class: callClass });
    if (code !== undefined && meaningOf(code, undefined).reason === 'AccessDenied') denials.inc(operationLabels(name));
  };
};

const isCall = (name: string): name is keyof Aws => Object.hasOwn(awsOperations, name);
// Not `service`: the ServiceMonitor gives every series a label of that name.
const operationLabels = (name: keyof Aws) => ({ aws_service: awsOperations[name].service, operation: awsOperations[name].operation });
const callLabels = (name: keyof Aws) => ({ ...operationLabels(name), shared: String(standings[name].shared) });
