import { expect, test } from 'vitest';
import type { Action, Decision, Verdict } from '../../reconcilers/contract.ts';
import { heldBack } from '../../reconcilers/hold-back.ts';
import { acting, action, ago, failure, minutes, noon } from './builders.ts';

const updating: Verdict = { type: 'Programmed', status: 'False', reason: 'Updating', message: 'being updated' };
const issued: Verdict = { type: 'Programmed', status: 'True', reason: 'Issued', message: 'issued' };
const words = 'call AWS: AccessDenied: no';
const nobody = (leftMs: number) => ({ is: 'waiting', on: 'person', between: { minMs: leftMs, maxMs: leftMs } });

type Row = { readonly name: string; readonly because: string; readonly condition: Verdict; readonly planned: Action; readonly kind: 'blocked' | 'transient'; readonly agoMs: number; readonly want: { readonly condition: Verdict; readonly move: object } };

const [change, deletion] = [action(), action({ verb: 'Delete', destroys: true })];
const rows: readonly Row[] = [
  { name: 'a change', because: 'AWS speaks for the concern', condition: updating, planned: change, kind: 'blocked', agoMs: minutes(1), want: { condition: { ...updating, reason: 'AWSError', message: words }, move: nobody(minutes(9)) } },
  { name: 'the deletion of what is no longer needed', because: 'all is as it should be, and a person hears of the rest', condition: issued, planned: deletion, kind: 'blocked', agoMs: minutes(1), want: { condition: { ...issued, message: `issued; ${words}` }, move: nobody(minutes(9)) } },
  { name: 'a change, ten minutes later', because: 'somebody may have acted', condition: updating, planned: change, kind: 'blocked', agoMs: minutes(10), want: { condition: updating, move: acting(change) } },
  { name: 'a change that may work next time', because: 'it is tried', condition: updating, planned: change, kind: 'transient', agoMs: 0, want: { condition: updating, move: acting(change) } },
];

test.each(rows)('$name, refused: $because', ({ condition, planned, kind, agoMs, want }) => {
  const decision: Decision<Action> = { condition, move: acting(planned) };
  expect(heldBack(decision, [{ action: planned, failure: failure(kind, 'AccessDenied'), at: ago(agoMs) }], noon)).toEqual(want);
});
