import { describe, expect, test } from 'vitest';
import type { Report } from '../../reconcilers/contract.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { failure, hours, minutes, seconds } from './builders.ts';
import { lampRoom } from './lamp.ts';

const brief = ({ outcome, depth, next }: Report) => ({ outcome, depth, next });

describe('a pass', () => {
  test('of an object that is not there is over at once', async () => {
    const { room, pass } = lampRoom();
    room.stored = undefined;
    expect(await pass()).toEqual({ kind: 'Lamp', key: 'hall', outcome: 'gone', depth: 'shared', did: [], transitions: [], notices: [], failures: [], next: undefined });
    expect(room.log).toEqual([]);
  });

  test('of an object that is deleted and not ours to hold is over at once', async () => {
    const { room, pass, remove } = lampRoom();
    remove();
    expect((await pass()).outcome).toBe('gone');
    expect(room.log).toEqual([]);
  });

  test('that acts looks again soon, and tells what it did and what has changed', async () => {
    const { pass, light } = lampRoom();
    const report = await pass();
    expect(brief(report)).toEqual({ outcome: 'acted', depth: 'shared', next: { afterMs: seconds(10), urgency: 'progress' } });
    expect(report.did).toEqual([{ action: light, learned: 'serial 1' }]);
    expect(report.transitions.map(({ from, to }) => [from?.status, to.status])).toEqual([[undefined, 'False']]);
    expect(report.object?.metadata.name).toBe('hall');
  });

  test('of a settled object says so, and looks again in a resync period', async () => {
    const { room, pass } = lampRoom();
    await pass();
    await pass();
    const report = await pass();
    expect({ ...brief(report), did: report.did, transitions: report.transitions }).toEqual({ outcome: 'settled', depth: 'shared', next: { afterMs: hours(10), urgency: 'idle' }, did: [], transitions: [] });
    expect(room.log).toEqual(['look shared', 'save']);
  });

  test('that fails says with what, and how it stands in the status', async () => {
    const { room, pass } = lampRoom();
    room.failing.set('Light', () => failure('blocked', 'AccessDenied'));
    const report = await pass();
    expect(brief(report)).toEqual({ outcome: 'failed', depth: 'shared', next: { afterMs: minutes(10), urgency: 'progress' } });
    expect(room.stored?.status?.conditions).toMatchObject([{ status: 'False', reason: 'AWSError', message: 'call AWS: AccessDenied: no' }]);
  });

  test('whose status cannot be saved tells that, and comes back', async () => {
    const { room, pass } = lampRoom({ guarded: true });
    room.isLit = true;
    room.failing.set('save', () => failure('conflict'));
    const { outcome, failures, next } = await pass();
    expect({ outcome, kinds: failures.map(({ kind }) => kind), afterMs: next?.afterMs }).toEqual({ outcome: 'failed', kinds: ['conflict'], afterMs: 0 });
  });
});

describe('how deep a pass looks', () => {
  test('after a restart it asks AWS itself before it acts (R2)', async () => {
    const { room, pass } = lampRoom({ guarded: true });
    expect((await pass()).depth).toBe('live');
    expect(room.log).toEqual(['look shared', 'look live', 'Light', 'save']);
  });

  test('what a list alone said is not believed after a restart: AWS shows that nothing is to be done', async () => {
    const { room, pass } = lampRoom({ guarded: true });
    room.isLit = true;
    room.listed = 'dark';
    await pass();
    expect(room.log).toEqual(['look shared', 'look live', 'save']);
  });

  test('nothing is ended on what a list says (R6)', async () => {
    const { room, pass, remove } = lampRoom();
    await pass();
    remove();
    await pass();
    expect(room.log).toEqual(['look shared', 'look live', 'live', 'PutOut', 'save']);
  });

  test('once a resync period it asks AWS itself of everything, though nothing seems to be wrong', async () => {
    const { room, pass } = lampRoom();
    await pass();
    await pass();
    await room.clock.advance(hours(10));
    await pass();
    expect(room.log).toEqual(['look live', 'save']);
    await pass();
    expect(room.log).toEqual(['look shared', 'save']);
  });

  test('an answer older than its own last write is not taken (R9)', async () => {
    const { room, pass } = lampRoom();
    await room.clock.advance(seconds(5));
    await pass();
    const wroteAt = room.clock.now();
    await room.clock.advance(seconds(10));
    await pass();
    expect(room.looks.at(-1)?.notBefore('Lit')).toEqual(wroteAt);
  });

  test('a refusal is known to the next look', async () => {
    const { room, pass, light } = lampRoom();
    room.failing.set('Light', () => failure('blocked'));
    await pass();
    await pass();
    expect(room.looks.at(-1)?.refusals).toMatchObject([{ action: light, failure: { kind: 'blocked' } }]);
  });
});

describe('the finalizer', () => {
  test('is lifted at once where nothing was ever done', async () => {
    const { room, pass, remove } = lampRoom();
    room.isLit = true;
    await pass();
    room.isLit = false;
    remove();
    const report = await pass();
    expect({ outcome: report.outcome, next: report.next, log: room.log }).toEqual({ outcome: 'gone', next: undefined, log: ['look shared', 'look live', 'release'] });
  });

  test('is lifted in doubt only when nothing was seen twice, two minutes apart (R9)', async () => {
    const { room, pass, remove } = lampRoom({ guarded: true });
    remove();
    const first = await pass();
    expect({ log: room.log, afterMs: first.next?.afterMs }).toEqual({ log: ['look shared', 'look live', 'save'], afterMs: minutes(2) });
    await room.clock.advance(minutes(2) - 1);
    expect((await pass()).outcome).not.toBe('gone');
    await room.clock.advance(1);
    expect((await pass()).outcome).toBe('gone');
  });

  test('waits anew where something was seen in between: a create that came late', async () => {
    const { room, pass, remove } = lampRoom({ guarded: true });
    remove();
    await pass();
    await room.clock.advance(minutes(1));
    room.isLit = true;
    await pass();
    await room.clock.advance(minutes(1));
    expect((await pass()).outcome).not.toBe('gone');
    await room.clock.advance(minutes(2));
    expect((await pass()).outcome).toBe('gone');
    expect(room.isLit).toBe(false);
  });

  test('is lifted at once where everything is to stay, and that is said', async () => {
    const { room, pass, remove } = lampRoom({ guarded: true });
    room.retain = true;
    remove();
    const { outcome, notices } = await pass();
    expect({ outcome, notices, log: room.log }).toEqual({ outcome: 'gone', notices: [{ reason: 'Retained', message: 'it stays lit' }], log: ['look shared', 'release'] });
  });

  test('that cannot be lifted is tried again', async () => {
    const { room, pass, remove } = lampRoom({ guarded: true });
    room.retain = true;
    remove();
    room.failing.set('release', () => failure('transient'));
    expect((await pass()).outcome).toBe('failed');
    expect((await pass()).outcome).toBe('gone');
  });
});

test('fifteen minutes of "AWS does not see it yet" are a refusal', async () => {
  const { room, pass } = lampRoom();
  const afterMs: (number | undefined)[] = [];
  const reasons: (string | undefined)[] = [];
  for (let ms = 0; ms <= minutes(15); ms += minutes(5)) {
    room.failing.set('Light', () => new Failure({ kind: 'unsettled', reason: 'Pending', code: 'InvalidArgument', message: 'no such lamp' }));
    afterMs.push((await pass()).next?.afterMs);
    reasons.push(room.stored?.status?.conditions?.[0]?.reason);
    await room.clock.advance(minutes(5));
  }
  expect(afterMs).toEqual([seconds(5), minutes(1), minutes(1), minutes(10)]);
  expect(reasons).toEqual(['Pending', 'Pending', 'Pending', 'InvalidRequest']);
});

test('what failed otherwise for a quarter of an hour is no refusal of what AWS does not see yet', async () => {
  const { room, pass } = lampRoom();
  for (const kind of ['transient', 'unsettled'] as const) {
    room.failing.set('Light', () => new Failure({ kind, reason: kind === 'unsettled' ? 'Pending' : 'AWSError', code: 'InvalidArgument', message: 'no such lamp' }));
    const { next } = await pass();
    if (kind === 'unsettled') expect({ afterMs: next?.afterMs, reason: room.stored?.status?.conditions?.[0]?.reason }).toEqual({ afterMs: seconds(5), reason: 'Pending' });
    await room.clock.advance(minutes(15));
  }
});

test('another object of the same name begins without the memories of the first', async () => {
  const { room, pass } = lampRoom();
  room.failing.set('Light', () => failure('blocked'));
  await pass();
  if (room.stored) room.stored = { ...room.stored, metadata: { ...room.stored.metadata, uid: 'uid-2' } };
  await pass();
  expect(room.looks.at(-1)?.refusals).toEqual([]);
});
