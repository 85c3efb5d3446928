import { describe, expect, test } from 'vitest';
import { Failure } from '../../reconcilers/failure.ts';
import { failure } from './builders.ts';
import { lampRoom } from './lamp.ts';

const brief = (error: unknown): string => (error instanceof Failure ? `${error.kind} ${error.code}` : String(error));

describe('carrying out a plan', () => {
  test('the finalizer is stored before the first change in AWS (R8), and the status once after the last', async () => {
    const { room, pass } = lampRoom();
    await pass();
    expect(room.log).toEqual(['look shared', 'guard', 'Light', 'save']);
    expect(room.stored?.status).toMatchObject({ serials: ['serial 1'] });
  });

  test('nothing is changed in AWS while the finalizer cannot be stored', async () => {
    const { room, pass } = lampRoom();
    room.failing.set('guard', () => failure('transient'));
    const report = await pass();
    expect({ log: room.log, outcome: report.outcome, failures: report.failures.map(brief) }).toEqual({ log: ['look shared', 'guard'], outcome: 'failed', failures: ['transient TimeoutError'] });
  });

  test('a frozen plan is told, and nothing is done or guarded', async () => {
    const { room, pass } = lampRoom();
    room.frozen = { reason: 'NamespaceNotAllowed', message: 'no' };
    await pass();
    expect(room.log).toEqual(['look shared', 'save']);
  });

  test('what AWS told is saved before the next action', async () => {
    const { room, pass, light } = lampRoom();
    room.plan = (plan) => ({ ...plan, decisions: plan.decisions.map((decision) => ({ ...decision, move: { is: 'acting', actions: [light, light] } })) });
    await pass();
    expect(room.log).toEqual(['look shared', 'guard', 'Light', 'remember', 'Light', 'save']);
  });

  test('what AWS told is saved by itself where the status cannot be', async () => {
    const { room, pass } = lampRoom();
    room.failing.set('save', () => failure('conflict'));
    await pass();
    expect(room.log).toEqual(['look shared', 'guard', 'Light', 'save', 'remember']);
    expect(room.stored?.status).toEqual({ serials: ['serial 1'] });
  });

  test('a failure ends its own decision, and no other', async () => {
    const { room, pass, light } = lampRoom();
    room.failing.set('Light', () => failure('blocked'));
    room.plan = (plan) => {
      const decisions = plan.decisions.map((decision) => ({ ...decision, move: { is: 'acting' as const, actions: [light, light] as const } }));
      return { ...plan, decisions: [...decisions, ...decisions] };
    };
    const { did } = await pass();
    expect(did.map((outcome) => outcome.failure?.kind ?? 'done')).toEqual(['blocked', 'done', 'done']);
  });

  test.each([
    { name: 'has changed', change: { generation: 9 } },
    { name: 'is another of that name', change: { uid: 'uid-2' } },
  ])('nothing is ended for an object that $name since it was loaded (R6)', async ({ change }) => {
    const { room, pass, remove } = lampRoom({ guarded: true });
    room.isLit = true;
    remove();
    room.plan = (plan) => {
      if (room.stored) room.stored = { ...room.stored, metadata: { ...room.stored.metadata, ...change } };
      return plan;
    };
    const report = await pass();
    expect({ isLit: room.isLit, failures: report.failures.map(brief) }).toEqual({ isLit: true, failures: ['conflict Stale'] });
  });

  test('an abort is honoured before each write, and is nobody\'s failure', async () => {
    const { room, pass } = lampRoom();
    const ended = new AbortController();
    room.plan = (plan) => {
      ended.abort(new Error('deadline'));
      return plan;
    };
    await expect(pass(ended.signal)).rejects.toThrow('deadline');
    expect(room.log).toEqual(['look shared', 'guard']);
  });

  test('an abort in the middle of a call leaves doubt: nobody knows what became of it', async () => {
    const { room, pass } = lampRoom();
    room.failing.set('Light', () => new DOMException('the pass has ended', 'AbortError'));
    await expect(pass()).rejects.toThrow('the pass has ended');
    await pass();
    expect(room.log).toEqual(['look shared', 'look live', 'Light', 'save']);
    expect(room.looks.at(-1)?.notBefore('Lit')).toEqual(room.clock.now());
  });

  test('a bug of ours ends the pass as such', async () => {
    const { room, pass } = lampRoom();
    room.failing.set('Light', () => new TypeError('not a function'));
    await expect(pass()).rejects.toThrow(TypeError);
  });
});
