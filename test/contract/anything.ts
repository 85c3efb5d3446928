import * as fc from 'fast-check';
import { reasons, type Reason } from '../../crds/reasons.ts';
import type { Desired, Wait } from '../../reconcilers/contract.ts';
import { Failure, type FailureKind, type Seen } from '../../reconcilers/failure.ts';
import { ago, domains, hours } from '../reconcilers/builders.ts';
import { arnOf, recordOf } from '../reconcilers/tenant-domain/builders.ts';

/*
 * Anything that may be asked for or seen, sane or not: a plan is total. Small alphabets, so that things meet: the same names, ARNs and
 * versions turn up in the spec and in the world.
 */

export const kinds: readonly FailureKind[] = ['invalid', 'blocked', 'conflict', 'throttled', 'transient', 'unsettled'];
const waits: readonly Wait[] = ['aws', 'customer', 'sibling', 'reference', 'person'];

export const anyFailure = fc.constantFrom(...kinds).map((kind) => new Failure({ kind, reason: 'AWSError', code: 'Code', message: `call AWS: ${kind}` }));
export const anyReason = fc.constantFrom(...(Object.keys(reasons) as Reason[]));

/** A read that succeeded or failed. */
export const anySeen = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Seen<Value>> =>
  fc.oneof({ weight: 6, arbitrary: value.map((seen) => ({ known: true, value: seen }) as const) }, { weight: 1, arbitrary: anyFailure.map((failure) => ({ known: false, failure }) as const) });

export const anyDesired = <Spec>(spec: fc.Arbitrary<Spec>): fc.Arbitrary<Desired<Spec>> =>
  fc.oneof(
    { weight: 4, arbitrary: spec.map((one) => ({ is: 'present', spec: one }) as const) },
    { weight: 1, arbitrary: fc.constant({ is: 'absent' } as const) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant('held' as const), reason: anyReason, message: fc.constant('held'), on: fc.constantFrom(...waits) }) },
  );

export const names = domains('a.example.com', 'b.example.com', 'c.example.com', '*.example.com');
export const anyNames = fc.subarray([...names], { minLength: 1 }).map((some) => some.toSorted((a, b) => (a < b ? -1 : 1)));
export const anyArn = fc.constantFrom(...['a', 'b', 'c', 'd'].map(arnOf));
export const anyDate = fc.integer({ min: 0, max: hours(100) }).map(ago);
export const anyRecords = fc.subarray(names.map((name) => recordOf(name.replace('*.', ''))));
