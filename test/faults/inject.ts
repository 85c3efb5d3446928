import { KubeError } from '../../src/kubernetes/errors.ts';
import { AwsFault } from '../environment/aws/contract.ts';
import type { OutsideCall, Tap } from '../environment/in-process/process.ts';
import type { World } from '../environment/in-process/world.ts';
import type { FaultName } from './plan.ts';

/** How long after its caller gave up a late call takes effect: after the caller has looked and asked again. */
const lateMs = 30_000;
const restartMs = 1_000;

class LostAnswer extends Error {
  override readonly name = 'TimeoutError';
}

const awsErrors = {
  conflict: ['PreconditionFailed', 412],
  throttled: ['Throttling', 400],
  transient: ['InternalError', 500],
  blocked: ['AccessDenied', 403],
  unsettled: ['InvalidArgument', 400],
} as const;

const kubernetesErrors = {
  conflict: { code: 409, reason: 'Conflict' },
  throttled: { code: 429, reason: 'TooManyRequests' },
  transient: { code: 500, reason: 'InternalError' },
  blocked: { code: 403, reason: 'Forbidden' },
} as const;

const isLookup = (about: string): boolean => about.startsWith('dns ');

const errorOf = (about: string, kind: keyof typeof awsErrors): Error => {
  if (isLookup(about)) return new Error('SERVFAIL');
  if (about.startsWith('kubernetes ')) {
    // CloudFront alone refuses what it does not see yet.
    if (kind === 'unsettled') throw new RangeError(`fault "${about}": it cannot be ${kind}`);
    return new KubeError(about, kubernetesErrors[kind]);
  }
  const [name, status] = awsErrors[kind];
  return new AwsFault(name, { status, message: 'planned fault' });
};

const lostAnswer = (about: string): Error => (about.startsWith('kubernetes ') ? new KubeError(about, { code: 0, reason: 'Timeout' }) : new LostAnswer('the request timed out'));

const never = <Value>(): Promise<Value> => new Promise<Value>(() => {});

const strike = async <Value>(world: World, fault: FaultName, { about }: OutsideCall, run: () => Promise<Value>): Promise<Value> => {
  const crash = (): Promise<Value> => {
    world.kill();
    world.clock.after(restartMs, () => world.start());
    return never();
  };
  const late = (): void => {
    world.clock.after(lateMs, () => {
      // What was asked for long ago may be refused by now; that too nobody hears.
      run().catch(() => undefined);
    });
  };
  switch (fault) {
    case 'crash-before':
      return crash();
    case 'crash-after':
      // Whether it took effect or was refused: nobody hears of it.
      await run().catch(() => undefined);
      return crash();
    case 'lost':
      await run();
      throw lostAnswer(about);
    case 'overtaken':
      late();
      return crash();
    case 'late':
      late();
      throw lostAnswer(about);
    case 'conflict':
    case 'throttled':
    case 'transient':
    case 'blocked':
    case 'unsettled':
      throw errorOf(about, fault);
  }
};

/** A tap that lets all calls through but one, the `at`-th between `arm` and `disarm`, and counts and names them; of lookups the first of each question. */
export const injector = (world: World, plan: { readonly at: number; readonly fault: FaultName } | undefined) => {
  const calls: OutsideCall[] = [];
  const questions = new Set<string>();
  let armed = false;
  const isBoundary = ({ about }: OutsideCall): boolean => armed && !(isLookup(about) && questions.has(about));
  const tap: Tap = (call, run) => {
    if (!isBoundary(call)) return run();
    if (isLookup(call.about)) questions.add(call.about);
    calls.push(call);
    return plan?.at === calls.length - 1 ? strike(world, plan.fault, call, run) : run();
  };
  return {
    tap,
    calls,
    arm: (): void => {
      armed = true;
    },
    /** From here on nothing is counted, and nothing goes wrong. */
    disarm: (): void => {
      armed = false;
    },
  };
};
