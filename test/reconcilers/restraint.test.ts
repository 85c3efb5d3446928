import { describe, expect, test } from 'vitest';
import { restraintOf } from '../../reconcilers/restraint.ts';
import { lampRoom } from './lamp.ts';

const paused = { 'tenantedge.dev/paused': 'true' };
const dryRun = { 'tenantedge.dev/dry-run': 'true' };

/** A room whose object carries annotations. */
const roomWith = (annotations: Readonly<Record<string, string>>, options: { readonly guarded?: boolean } = {}) => {
  const stage = lampRoom(options);
  const { room } = stage;
  if (room.stored) room.stored = { ...room.stored, metadata: { ...room.stored.metadata, annotations } };
  return stage;
};

describe('the restraint of an object', () => {
  test.each([
    { name: 'none without annotations', annotations: undefined, want: undefined },
    { name: 'paused', annotations: paused, want: 'Paused' },
    { name: 'a dry run', annotations: dryRun, want: 'DryRun' },
    { name: 'paused where both are set, since that promises more', annotations: { ...dryRun, ...paused }, want: 'Paused' },
    { name: 'none by another value than true', annotations: { 'tenantedge.dev/paused': 'false', 'tenantedge.dev/dry-run': 'yes' }, want: undefined },
  ])('is $name', ({ annotations, want }) => {
    expect(restraintOf(annotations)).toBe(want);
  });
});

describe('a pass under a restraint', () => {
  test.each([
    { name: 'paused', annotations: paused, message: 'not done while paused: Light the lamp' },
    { name: 'a dry run', annotations: dryRun, message: 'a dry run, so not done: Light the lamp' },
  ])('$name: looks and tells, and does nothing, not even store a finalizer', async ({ annotations, message }) => {
    const { room, pass } = roomWith(annotations);
    const report = await pass();
    expect(room.log).toEqual(['look shared', 'save']);
    expect(report).toMatchObject({ outcome: 'waiting', did: [] });
    expect(room.stored?.status?.conditions).toMatchObject([{ type: 'Lit', message }]);
  });

  test('looks again in an hour where something is to be done, since AWS itself is asked what', async () => {
    const { pass } = roomWith(dryRun);
    expect((await pass()).next?.afterMs).toBe(3_600_000);
  });

  test('a deletion waits, and goes on once the annotation is taken away', async () => {
    const { room, pass, remove } = roomWith(paused, { guarded: true });
    room.isLit = true;
    remove();
    expect((await pass()).outcome).toBe('waiting');
    expect(room.isLit).toBe(true);
    if (room.stored) room.stored = { ...room.stored, metadata: { ...room.stored.metadata, annotations: {} } };
    await pass();
    expect(room.isLit).toBe(false);
  });

  test('nothing is ended for an object that was paused since it was loaded (R6)', async () => {
    const { room, pass, remove } = lampRoom({ guarded: true });
    room.isLit = true;
    remove();
    room.plan = (plan) => {
      if (room.stored) room.stored = { ...room.stored, metadata: { ...room.stored.metadata, annotations: paused } };
      return plan;
    };
    const report = await pass();
    expect({ isLit: room.isLit, kinds: report.failures.map(({ kind }) => kind) }).toEqual({ isLit: true, kinds: ['conflict'] });
  });
});
