import { expect, test } from 'vitest';
import type { ConnectionGroup, ConnectionGroupStatus } from '../../../../crds/types.ts';
import { applyConnectionGroup } from '../../../../reconcilers/edge-tier/connection-group/apply.ts';
import { connectionGroupObserver } from '../../../../reconcilers/edge-tier/connection-group/observe.ts';
import { connectionGroupRows, planConnectionGroups } from '../../../../reconcilers/edge-tier/connection-group/plan.ts';
import { actionsIn, look, minutes, signal } from '../../builders.ts';
import { createStage } from '../../stage.ts';
import { address, asking, managed, tierOwner } from './builders.ts';

/** The groups of tier gold over many passes, a minute apart, each at AWS itself; tells what was done and what is said. */
const living = () => {
  const stage = createStage();
  const observe = connectionGroupObserver({ ...stage, groupLingerMs: 0 });
  let rows: readonly ConnectionGroupStatus[] | undefined;
  const pass = async (groups: readonly ConnectionGroup[]): Promise<string> => {
    const observed = await stage.landed(observe(address(groups), look({ depth: 'live', notBefore: stage.now() })));
    const decision = planConnectionGroups({ is: 'present', spec: asking(groups, rows) }, observed, stage.now());
    for (const action of actionsIn(decision)) await stage.landed(applyConnectionGroup(stage, tierOwner, action, signal));
    rows = connectionGroupRows(observed, rows);
    await stage.clock.advance(minutes(1));
    const { status, reason } = decision.condition;
    return [`${status} ${reason}`, ...actionsIn(decision).map(({ verb, name }) => `${verb} ${name}`), ...(rows ?? []).map(({ name, state, endpoint }) => `${name} ${state ?? ''}${endpoint === undefined ? '' : ' told'}`)].join(', ');
  };
  return { stage, pass, rows: () => rows ?? [] };
};

test('a group is made, told, moved away from by its customers, and deleted when the last has gone', async () => {
  const { stage, pass, rows } = living();
  const [old, next] = [managed('old'), managed('new')];
  const passed = [await pass([old]), await pass([old])];
  stage.zones.set('shop.example.com', 'CNAME', [rows()[0]?.endpoint ?? '']);
  passed.push(await pass([old, next]), await pass([next]), await pass([next]));
  stage.zones.set('shop.example.com', 'CNAME', [rows()[0]?.endpoint ?? '']);
  passed.push(await pass([next]), await pass([next]), await pass([next]));
  expect(passed).toEqual([
    'False Creating, CreateConnectionGroup old, old Active',
    'True Found, old Active told',
    'False Creating, CreateConnectionGroup new, old Active told, new Active',
    'True Retiring, new Active told, old Retiring told',
    'True Retiring, new Active told, old Retiring told',
    'True Retiring, DisableConnectionGroup old, new Active told, old Retiring told',
    'True Retiring, DeleteConnectionGroup old, new Active told, old Retiring told',
    'True Found, new Active told',
  ]);
  expect(stage.simulator.inspect.connectionGroups()).toHaveLength(1);
});

test('a group that nobody uses is told to be retiring before it is disabled', async () => {
  const { stage, pass } = living();
  const [old, next] = [managed('old'), managed('new')];
  await pass([old, next]);
  await pass([old, next]);
  await expect(pass([next])).resolves.toBe('True Retiring, new Active told, old Retiring told');
  await expect(pass([next])).resolves.toBe('True Retiring, DisableConnectionGroup old, new Active told, old Retiring told');
  expect(stage.simulator.inspect.connectionGroups().filter(({ enabled }) => enabled)).toHaveLength(1);
});

test('a group that comes back while it retires keeps its endpoint', async () => {
  const { stage, pass, rows } = living();
  const [old, next] = [managed('old'), managed('new')];
  await pass([old, next]);
  await pass([old, next]);
  const endpoint = rows().find(({ name }) => name === 'old')?.endpoint;
  for (let again = 0; again < 2; again++) await pass([next]);
  await expect(pass([old, next])).resolves.toBe('False Updating, UpdateConnectionGroup old, old Active, new Active told');
  await expect(pass([old, next])).resolves.toBe('True Found, old Active told, new Active told');
  expect({ endpoint: rows().find(({ name }) => name === 'old')?.endpoint, groups: stage.simulator.inspect.connectionGroups().length }).toEqual({ endpoint, groups: 2 });
});
