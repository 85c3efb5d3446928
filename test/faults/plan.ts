import type { OutsideCall } from '../environment/in-process/process.ts';
import type { Weather } from './workload.ts';

/*
 * A fault plan: one workload, one call of its reference run, one thing that goes wrong there.
 *
 *   crash-before   the process is dropped before the call is sent
 *   crash-after    the call takes effect, and the process is dropped before it hears of it
 *   lost           the call takes effect, and its answer is lost: the process lives on
 *   late           the caller gives up, and the call takes effect half a minute later (AWS mutations)
 *   overtaken      the process is dropped and the next one at work when the call takes effect, half a minute later (AWS mutations): what an
 *                  old leader may have left on the way, if the lease kept nobody apart
 *   <kind>         the call fails once, with nothing done, in a way of that kind of failure
 *
 * Of lookups in DNS only the first of each question is a call that can be struck: they are repeated every 30 s.
 */

export const faults = ['crash-before', 'crash-after', 'lost', 'late', 'overtaken', 'conflict', 'throttled', 'transient', 'blocked', 'unsettled'] as const;
export type FaultName = (typeof faults)[number];

/** `at` counts the calls to the outside from the workload's act on, from 0. */
export type FaultPlan = { readonly workload: string; readonly weather: Weather; readonly seed: number; readonly at: number; readonly fault: FaultName };

/** One line that `FAULT_PLAN` takes to run it again. */
export const idOf = ({ workload, weather, seed, at, fault }: FaultPlan): string => `${workload}/${weather}/${seed}/${at}/${fault}`;

/** The opposite of `idOf`. */
export const planFrom = (id: string): FaultPlan => {
  const [workload = '', weather = '', seed = '', at = '', fault = ''] = id.split('/');
  const known = faults.find((name) => name === fault);
  if (known === undefined) throw new Error(`read fault plan "${id}": the fault is none of ${faults.join(', ')}`);
  if (weather !== 'calm' && weather !== 'hostile') throw new Error(`read fault plan "${id}": the weather is neither calm nor hostile`);
  return { workload, weather, seed: Number(seed), at: Number(at), fault: known };
};

const canFail = (fault: FaultName, { about, mutates }: OutsideCall): boolean => {
  // However a resolver fails, there is one answer: nobody could say.
  if (about.startsWith('dns ')) return fault === 'crash-before' || fault === 'transient';
  switch (fault) {
    case 'crash-before':
    case 'crash-after':
    case 'transient':
    case 'blocked':
      return true;
    case 'lost':
      return mutates;
    case 'late':
    case 'overtaken':
      return mutates && about.startsWith('aws ');
    case 'conflict':
      return mutates;
    case 'throttled':
      return true;
    case 'unsettled':
      return mutates && (about.includes('DistributionTenant') || about.includes('WebAcl')) && !about.includes('delete');
  }
};

/** What makes a process forget, or leaves it in doubt: the rest of what can go wrong is part of hostile weather. */
const unsettling: readonly FaultName[] = ['crash-before', 'crash-after', 'lost', 'late', 'overtaken'];

/** Every plan of one reference run: each call with each fault that it can have; in hostile weather those that make a process forget or doubt. */
export const plansOf = (run: Omit<FaultPlan, 'at' | 'fault'>, calls: readonly OutsideCall[]): readonly FaultPlan[] => {
  const struck = run.weather === 'calm' ? faults : unsettling;
  return calls.flatMap((call, at) => struck.filter((fault) => canFail(fault, call)).map((fault) => ({ ...run, at, fault })));
};
