import { runDueChecks } from './acm/dns-checks.ts';
import { CallLog } from './call-log.ts';
import { Caller } from './caller.ts';
import type { Simulator, SimulatorOptions } from './contract.ts';
import { FaultPlan } from './faults.ts';
import { createIam, usualRole } from './iam/iam.ts';
import { createInspect } from './inspect.ts';
import { calmKnobs } from './knobs.ts';
import type { Deed } from './operator.ts';
import { blueprintDeeds, tenantDeeds } from './operator-cloudfront.ts';
import { certificateDeeds, wafDeeds } from './operator-security.ts';
import { probe } from './prober.ts';
import { createWorld } from './world.ts';

/**
 * A new, empty AWS account.
 *
 *     call ──> time catches up ──> permission ──> throttle ──> planned fault? ──> operation ──> log ──> listeners ──> answer
 *                (DNS included)                                                     │
 *                                                          state of `World`, changed in one synchronous step
 */
export const createSimulator = (options: SimulatorOptions): Simulator => {
  const { clock, seed, dns, accountId = '123456789012' } = options;
  const knobs = { ...calmKnobs, ...options.knobs };
  const world = createWorld({ clock, seed, dns, accountId, knobs });
  const log = new CallLog();
  const faults = new FaultPlan();
  const iam = createIam(options.roleOf ?? usualRole, options.onDecision);
  const catchUp = (): void => {
    world.timeline.advanceTo(clock.now().getTime());
  };
  const settle = async (): Promise<void> => {
    catchUp();
    await runDueChecks(world);
    catchUp();
  };
  const caller = new Caller({ world, clock, log, faults, iam, settle });
  const deed: Deed = (about, run) => {
    catchUp();
    const result = run();
    log.add({ at: world.timeline.now, caller: 'operator', mutating: true, outcome: 'ok', committed: true, requestId: world.random.uuid('request'), ...about });
    return result;
  };
  return {
    call: (service, operation, input, who = 'administrator') => caller.call({ service, operation, input, caller: who }),
    log: log.entries,
    clearLog: () => {
      log.clear();
    },
    knobs,
    operator: { ...blueprintDeeds(world, deed), ...tenantDeeds(world, deed), ...certificateDeeds(world, deed), ...wafDeeds(world, deed) },
    inspect: createInspect(world, catchUp),
    serves: (domain) => {
      catchUp();
      return probe(world, domain);
    },
    onMutation: (listener) => log.onMutation(listener),
    onEvent: (listener) => world.timeline.onEvent(listener),
    faults,
    settle: async () => {
      await settle();
      await caller.settled();
    },
  };
};
