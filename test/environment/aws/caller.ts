import type { Clock } from '../../../src/runtime/clock.ts';
import { acmOperations } from './acm/operations.ts';
import type { CallLog } from './call-log.ts';
import { cloudfrontOperations } from './cloudfront/operations.ts';
import { AwsFault, LostAnswer, type CallLogEntry, type Members, type Service } from './contract.ts';
import { accessDenied, internalError, throttling, unknownOperation, type Fault, type FaultPlan } from './faults.ts';
import type { Iam } from './iam/iam.ts';
import { operationErrors } from './operation-errors.ts';
import { stsOperations } from './sts.ts';
import { TokenBuckets } from './token-bucket.ts';
import { delay, frozen, type World } from './world.ts';
import { wafv2Operations } from './wafv2/operations.ts';

const operations: Readonly<Record<Service, Readonly<Record<string, unknown>>>> = {
  cloudfront: cloudfrontOperations,
  acm: acmOperations,
  wafv2: wafv2Operations,
  sts: stsOperations,
};

// Each operation checks its own input, as AWS does: what arrives may be anything.
type Operation = (world: World, input: Members) => unknown;

const isOperation = (candidate: unknown): candidate is Operation => typeof candidate === 'function';

const isMutating = (operation: string): boolean => !/^(Get|List|Search|Describe|Verify|Check)/.test(operation);

const subjectMembers = [
  'Name',
  'Identifier',
  'Id',
  'CertificateArn',
  'DomainName',
  'Resource',
  'ResourceARN',
  'ARN',
  'Domain',
  'RoutingEndpoint',
  'WebACLArn',
  'WebACLARN',
] as const;

const subjectOf = (input: Members): { readonly subject?: string } => {
  for (const member of subjectMembers) {
    const value = input[member];
    if (typeof value === 'string') return { subject: value };
  }
  return {};
};

type Request = { readonly service: Service; readonly operation: string; readonly input: Members; readonly caller: string };

type Sent = Request & { readonly requestId: string; readonly mutating: boolean };

/** Takes requests through everything that stands before an operation, and its answer through everything after. */
export class Caller {
  readonly #world: World;
  readonly #clock: Clock;
  readonly #log: CallLog;
  readonly #faults: FaultPlan;
  readonly #iam: Iam;
  readonly #settle: () => Promise<void>;
  readonly #buckets = new TokenBuckets();
  readonly #late = new Set<Promise<void>>();

  constructor(parts: { readonly world: World; readonly clock: Clock; readonly log: CallLog; readonly faults: FaultPlan; readonly iam: Iam; readonly settle: () => Promise<void> }) {
    this.#world = parts.world;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#faults = parts.faults;
    this.#iam = parts.iam;
    this.#settle = parts.settle;
  }

  async call(request: Request): Promise<Record<string, unknown>> {
    const { service, operation, caller } = request;
    await this.#travel();
    if (this.#world.knobs.waitsForDns) await this.#settle();
    else void this.#settle();
    const input = frozen(structuredClone(request.input));
    const sent: Sent = { service, operation, caller, input, requestId: this.#world.random.uuid('request'), mutating: isMutating(operation) };
    const refusal = this.#refusal(sent);
    if (refusal !== undefined) return this.#fail(sent, refusal, false);
    const fault = this.#faults.strike(service, operation) ?? this.#chance(sent);
    return fault === undefined ? this.#answer(sent) : this.#strike(sent, fault);
  }

  /** Resolves when the late commits whose time has come are done. */
  async settled(): Promise<void> {
    await Promise.all(this.#late);
  }

  /** The way to AWS takes time only if a knob says so: a timer of the clock. */
  async #travel(): Promise<void> {
    const latencyMs = delay(this.#world, 'latencyMs');
    if (latencyMs <= 0) return;
    await new Promise<void>((resolve) => {
      this.#clock.after(latencyMs, resolve);
    });
  }

  #refusal(sent: Sent): AwsFault | undefined {
    const { service, operation } = sent;
    const { knobs, random, timeline } = this.#world;
    if (!Object.hasOwn(operations[service], operation)) return unknownOperation(service, operation);
    const lacking = this.#iam.refusalOf(this.#world, sent);
    if (lacking !== undefined) return accessDenied(service, lacking);
    if (knobs.rates !== 'off' && !this.#buckets.take(sent, knobs.rates, timeline.nowMs)) return throttling(service);
    return random.chance(`throttle ${service}`, knobs.throttleProbability) ? throttling(service) : undefined;
  }

  #chance({ service, mutating }: Sent): Fault | undefined {
    const { knobs, random } = this.#world;
    if (random.chance(`fail ${service}`, knobs.failureProbability)) return 'before';
    if (mutating && random.chance(`lose ${service}`, knobs.lostProbability)) return 'lost';
    return mutating && random.chance(`late ${service}`, knobs.lateProbability) ? 'late' : undefined;
  }

  async #strike(sent: Sent, fault: Fault): Promise<Record<string, unknown>> {
    if (fault === 'before') return this.#fail(sent, internalError(sent.service), false);
    if (fault === 'late')
      this.#clock.after(this.#world.knobs.lateCommitMs, () => {
        const commit = this.#commitLate(sent).finally(() => this.#late.delete(commit));
        this.#late.add(commit);
      });
    if (fault === 'late' || fault === 'dropped') return this.#fail(sent, new LostAnswer(sent.requestId), false);
    if (fault === 'lost' || fault === 'after') return this.#fail(sent, new LostAnswer(sent.requestId), (await this.#run(sent)).committed);
    const committed = fault.committed === true && (await this.#run(sent)).committed;
    const { name, status, message = name, members = {} } = fault;
    return this.#fail(sent, new AwsFault(name, { status, message, members }), committed);
  }

  /** What the client gave up on happens after all; if AWS refuses by then, nobody hears of it but the log. */
  async #commitLate(sent: Sent): Promise<void> {
    await this.#settle();
    const { committed, error } = await this.#run(sent);
    this.#record(sent, error?.name ?? 'ok', committed);
  }

  async #answer(sent: Sent): Promise<Record<string, unknown>> {
    const { committed, error, output } = await this.#run(sent);
    if (error !== undefined) return this.#fail(sent, error, committed);
    this.#record(sent, 'ok', committed);
    return output;
  }

  async #run(sent: Sent): Promise<{ readonly committed: boolean; readonly error?: AwsFault; readonly output: Record<string, unknown> }> {
    const { service, operation, input, mutating, caller } = sent;
    try {
      const run = operations[service][operation];
      const output = isOperation(run) ? await run({ ...this.#world, rights: this.#iam.rightsOf(this.#world, caller) }, input) : undefined;
      return { committed: mutating, output: typeof output === 'object' ? { ...output } : {} };
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      if (operationErrors[service][operation]?.includes(error.name) !== true)
        throw new Error(`simulate ${service}.${operation}: AWS declares no ${error.name}`, { cause: error });
      return { committed: error.committed, error, output: {} };
    }
  }

  #fail(sent: Sent, error: AwsFault | LostAnswer, committed: boolean): never {
    if (error instanceof AwsFault) error.requestId = sent.requestId;
    this.#record(sent, error.name, committed);
    throw error;
  }

  #record({ service, operation, caller, mutating, requestId, input }: Sent, outcome: string, committed: boolean): void {
    const at = this.#world.timeline.now;
    const entry: CallLogEntry = { at, service, operation, caller, ...subjectOf(input), mutating, outcome, committed, requestId, input };
    this.#log.add(entry);
  }
}
