import { describe, expect, test } from 'vitest';
import type { Condition } from '../../crds/types.ts';
import type { Action, Decision, Move, Outcome, Verdict } from '../../reconcilers/contract.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { judge, type Judged, summarize } from '../../reconcilers/summary.ts';
import { acting, action, condition, failed, failure, succeeded } from './builders.ts';

const verdict = (over: Partial<Verdict> = {}): Verdict => ({ type: 'Programmed', status: 'False', reason: 'Updating', message: 'being updated', ...over });
const decided = (move: Move<Action>, over: Partial<Verdict> = {}): Decision<Action> => ({ condition: verdict(over), move });

type Row = { readonly name: string; readonly because: string; readonly given: { readonly decision: Decision<Action>; readonly outcomes?: readonly Outcome<Action>[]; readonly before?: readonly Condition[] }; readonly want: Judged };

const unseen: Decision<Action> = decided({ is: 'unseen', failure: failure('transient') }, { status: 'Unknown', reason: 'AWSError', message: 'no' });
const said = { reason: 'AWSError', message: 'call AWS: TimeoutError: no' } as const;

const [one, two] = [action(), action({ verb: 'Create' })] as const;
const after = verdict({ reason: 'Deploying', message: 'being deployed' });
const promising = decided({ is: 'acting', actions: [one, two], afterwards: after });

const rows: readonly Row[] = [
  { name: 'settled', because: 'there is nothing to wait for', given: { decision: decided({ is: 'settled' }, { status: 'True' }) }, want: { verdict: verdict({ status: 'True' }), turn: 'ours' } },
  { name: 'acting', because: 'the controller works on it', given: { decision: decided(acting(action())), outcomes: [succeeded()] }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'waiting for AWS', because: 'nobody else has to act', given: { decision: decided({ is: 'waiting', on: 'aws' }) }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'waiting for a sibling', because: 'the sibling says who has to act', given: { decision: decided({ is: 'waiting', on: 'sibling' }) }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'waiting for another object', because: 'a tier and its tenants are applied together', given: { decision: decided({ is: 'waiting', on: 'reference' }) }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'waiting for a customer', because: 'a state, never a failure', given: { decision: decided({ is: 'waiting', on: 'customer' }) }, want: { verdict: verdict(), turn: 'customer' } },
  { name: 'waiting for a person', because: 'nothing goes on without', given: { decision: decided({ is: 'waiting', on: 'person' }) }, want: { verdict: verdict(), turn: 'person' } },
  { name: 'an action that failed', because: 'the failure speaks for its concern', given: { decision: decided(acting(action())), outcomes: [failed(failure('transient'))] }, want: { verdict: verdict(said), turn: 'ours' } },
  { name: 'an action that somebody has to help', because: 'a quota does not raise itself', given: { decision: decided(acting(action())), outcomes: [failed(failure('blocked'))] }, want: { verdict: verdict(said), turn: 'person' } },
  { name: 'an action that AWS calls invalid', because: 'the spec must change', given: { decision: decided(acting(action())), outcomes: [failed(failure('invalid'))] }, want: { verdict: verdict(said), turn: 'person' } },
  { name: 'all that was to be done is done', because: 'the status is that of the world after the actions', given: { decision: promising, outcomes: [{ action: one }, { action: two }] }, want: { verdict: after, turn: 'ours' } },
  { name: 'half of it is done', because: 'the rest is still to come', given: { decision: promising, outcomes: [{ action: one }] }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'the second half failed', because: 'the failure speaks for its concern', given: { decision: promising, outcomes: [{ action: one }, { action: two, failure: failure('transient') }] }, want: { verdict: verdict(said), turn: 'ours' } },
  { name: 'a conflict', because: 'it is looked at again at once, and says nothing to anybody', given: { decision: decided(acting(action())), outcomes: [failed(failure('conflict'))] }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'another try of what a person has to mend', because: 'it is told so before it was tried, and after', given: { decision: decided({ is: 'acting', actions: [one], on: 'person' }), outcomes: [failed(failure('conflict'))] }, want: { verdict: verdict(), turn: 'person' } },
  { name: 'another try that succeeded', because: 'nothing has to be mended any more', given: { decision: decided({ is: 'acting', actions: [one], afterwards: after, on: 'person' }), outcomes: [{ action: one }] }, want: { verdict: after, turn: 'ours' } },
  { name: 'another try that failed otherwise', because: 'the failure speaks for its concern', given: { decision: decided({ is: 'acting', actions: [one], on: 'person' }), outcomes: [failed(failure('transient'))] }, want: { verdict: verdict(said), turn: 'ours' } },
  {
    name: 'something new that AWS does not know yet', because: 'it is waited for, and asked again', given: { decision: decided(acting(action())), outcomes: [failed(new Failure({ kind: 'unsettled', reason: 'Pending', code: 'InvalidArgument', message: 'no such web ACL' }))] },
    want: { verdict: verdict({ reason: 'Pending', message: 'AWS does not take it yet, mostly since it does not know something new yet, and is asked again: no such web ACL' }), turn: 'ours' },
  },
  {
    name: 'what is no longer needed and cannot be deleted', because: 'what is needed is there all the same', given: { decision: decided(acting(action({ destroys: true })), { status: 'True', reason: 'Issued', message: 'issued' }), outcomes: [failed(failure('blocked'), { destroys: true })] },
    want: { verdict: verdict({ status: 'True', reason: 'Issued', message: 'issued; call AWS: TimeoutError: no' }), turn: 'person' },
  },
  {
    name: 'what cannot be tidied', because: 'what is needed is there all the same', given: { decision: decided(acting(action({ aside: true })), { status: 'True', reason: 'Issued', message: 'issued' }), outcomes: [failed(failure('blocked'), { aside: true })] },
    want: { verdict: verdict({ status: 'True', reason: 'Issued', message: 'issued; call AWS: TimeoutError: no' }), turn: 'person' },
  },
  { name: 'what cannot be tidied while something is wrong', because: 'somebody has to mend it', given: { decision: decided(acting(action({ aside: true }))), outcomes: [failed(failure('blocked'), { aside: true })] }, want: { verdict: verdict(said), turn: 'person' } },
  { name: 'what cannot be deleted of something that is to go', because: 'the failure speaks for its concern', given: { decision: decided(acting(action({ destroys: true }))), outcomes: [failed(failure('blocked'), { destroys: true })] }, want: { verdict: verdict(said), turn: 'person' } },
  { name: 'a change that fails while all is served', because: 'the failure speaks for its concern', given: { decision: decided(acting(action()), { status: 'True' }), outcomes: [failed(failure())] }, want: { verdict: verdict(said), turn: 'ours' } },
  { name: "a sibling's failure", because: 'each speaks for itself', given: { decision: decided({ is: 'waiting', on: 'aws' }), outcomes: [failed(failure(), { concern: 'CertificateReady' })] }, want: { verdict: verdict(), turn: 'ours' } },
  { name: 'two actions, of which the last failed', because: 'the last one says how it stands', given: { decision: decided(acting(action(), action())), outcomes: [succeeded(), failed(failure())] }, want: { verdict: verdict(said), turn: 'ours' } },
  { name: 'not seen, and true before', because: 'a failed read says nothing about the world', given: { decision: unseen, before: [condition()] }, want: { verdict: verdict({ status: 'True', reason: 'Deployed', message: 'deployed' }), turn: 'ours' } },
  { name: 'not seen, and never seen before', because: 'nothing is known', given: { decision: unseen, before: [condition({ type: 'Accepted' })] }, want: { verdict: verdict({ status: 'Unknown', reason: 'AWSError', message: 'no' }), turn: 'ours' } },
  { name: 'not seen, and not known before', because: 'the newest words count', given: { decision: unseen, before: [condition({ status: 'Unknown', message: 'older words' })] }, want: { verdict: verdict({ status: 'Unknown', reason: 'AWSError', message: 'no' }), turn: 'ours' } },
  { name: 'not seen, and held back before', because: 'a pause that may have ended says nothing about the world', given: { decision: unseen, before: [condition({ reason: 'Paused' })] }, want: { verdict: verdict({ status: 'Unknown', reason: 'AWSError', message: 'no' }), turn: 'ours' } },
  { name: 'not seen for lack of permission', because: 'it will not be seen before a person acts', given: { decision: decided({ is: 'unseen', failure: failure('blocked') }, { status: 'Unknown' }), before: [condition()] }, want: { verdict: verdict({ status: 'Unknown' }), turn: 'person' } },
];

describe('judge', () => {
  test.each(rows)('$name: $because', ({ given, want }) => {
    expect(judge(given.decision, given.outcomes ?? [], given.before)).toEqual(want);
  });
});

describe('summarize', () => {
  const ready = { reason: 'Served', message: 'served' } as const;
  const shut = (turn: Judged['turn'], over: Partial<Verdict> = {}): Judged => ({ verdict: verdict(over), turn });
  const open: Judged = { verdict: verdict({ status: 'True' }), turn: 'ours' };
  const no: Verdict = { type: 'Ready', status: 'False', reason: 'Updating', message: 'being updated' };

  test.each<{ name: string; because: string; given: readonly Judged[]; want: readonly Verdict[] }>([
    { name: 'all gates open', because: 'kstatus Current', given: [open, open], want: [{ type: 'Ready', status: 'True', ...ready }] },
    { name: 'no gates', because: 'nothing stands in the way', given: [], want: [{ type: 'Ready', status: 'True', ...ready }] },
    { name: 'ours to do', because: 'kstatus InProgress', given: [open, shut('ours')], want: [no, { ...no, type: 'Reconciling', status: 'True' }] },
    { name: 'a person has to act', because: 'kstatus Failed', given: [shut('person')], want: [no, { ...no, type: 'Stalled', status: 'True' }] },
    { name: 'a customer has to act', because: 'neither: kstatus would call Stalled a failure', given: [shut('customer')], want: [no] },
    { name: 'two gates shut', because: 'the first one speaks', given: [shut('customer'), shut('person', { reason: 'NotOurs' })], want: [no] },
    { name: 'a gate not known', because: 'only True is open', given: [shut('ours', { status: 'Unknown' })], want: [no, { ...no, type: 'Reconciling', status: 'True' }] },
  ])('$name: $because', ({ given, want }) => {
    expect(summarize(given, ready)).toEqual(want);
  });
});
