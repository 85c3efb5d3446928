import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restraintAnnotations } from '../../../reconcilers/restraint.ts';
import { controlPlaneBinaries } from '../../environment/control-plane/binaries.ts';
import { type ControlPlane, startControlPlane } from '../../environment/control-plane/control-plane.ts';
import { listAt, textAt, valueAt } from '../../environment/control-plane/json.ts';
import { commandsIn } from '../commands.ts';
import { isThere, typed } from '../follow.ts';
import { readPage, root } from '../markdown.ts';
import type { Desk } from '../world.ts';

const group = '/apis/tenantedge.dev/v1alpha1';
const definitions = ['edgetiers', 'tenantdomains'].map((plural) => join(root, 'crds', `${plural}.yaml`));
const paused = { [restraintAnnotations.paused]: 'true' };

const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { plan: 'premium' } } });

const written = [
  namespace('acme'),
  namespace('without-tenants'),
  { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: { name: 'basic', annotations: paused }, spec: { distributionId: 'E1SAASEXAMPLE', ownership: { proof: 'None' } } },
  {
    apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain',
    metadata: { name: 'shop', namespace: 'acme', labels: { team: 'a' }, annotations: { ...paused, 'example.com/seen-by': 'a pipeline' } },
    spec: { tierRef: { name: 'basic' }, domains: ['shop.acme.example'] },
  },
];

let stack: AsyncDisposableStack;
let lost: ControlPlane;
let empty: ControlPlane;
let PATH: string;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  [lost, empty] = await Promise.all([startControlPlane({ controllerManager: false }), startControlPlane({ controllerManager: false })]);
  for (const each of [lost, empty]) stack.defer(() => each.stop());
  PATH = `${dirname((await controlPlaneBinaries(() => {})).kubectl)}${delimiter}${process.env['PATH'] ?? ''}`;
  await Promise.all([lost, empty].map((each) => each.apply(definitions)));
  await lost.apply(written.map((object) => JSON.stringify(object)).join('\n---\n'));
});

afterAll(() => stack.disposeAsync());

/** A folder that nothing is in yet, before that cluster. */
const freshDesk = async ({ adminKubeconfigPath: KUBECONFIG }: ControlPlane): Promise<Desk> => {
  const directory = await mkdtemp(join(tmpdir(), 'tenant-edge-recovery-'));
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  return { directory, environment: { PATH, HOME: directory, KUBECONFIG } };
};

/** All that people wrote, as it is there. */
const standing = async ({ admin }: ControlPlane): Promise<readonly unknown[]> => {
  const lists = await Promise.all(['/api/v1/namespaces', `${group}/edgetiers`, `${group}/tenantdomains`].map((path) => admin.request('GET', path)));
  const objects = lists.flatMap(({ body }) => listAt(body, 'items')).filter((object) => !/^(?:kube-|default$)/.test(textAt(object, 'metadata', 'name') ?? ''));
  const part = (object: unknown, ...path: readonly string[]): unknown => valueAt(object, ...path);
  return objects.map((object) => ({
    name: part(object, 'metadata', 'name'), namespace: part(object, 'metadata', 'namespace'), labels: part(object, 'metadata', 'labels'),
    annotations: part(object, 'metadata', 'annotations'), spec: part(object, 'spec'),
  }));
};

test('what disaster recovery saves of one cluster brings another everything that people wrote', { timeout: 120_000 }, async ({ skip }) => {
  skip(!(await isThere('jq')), 'there is no jq on the path');
  const { directory, environment } = await freshDesk(lost);
  const [save, restore] = readPage('docs/operate.md').blocks.filter(({ heading }) => heading === 'Disaster recovery').map(commandsIn);
  for (const [commands, { adminKubeconfigPath: KUBECONFIG }] of [[save, lost], [restore, empty]] as const) {
    for (const { text } of commands ?? []) expect(await typed(text, { directory, environment: { ...environment, KUBECONFIG } }), text).toMatchObject({ code: 0 });
  }
  const before = await standing(lost);
  expect(before).toHaveLength(4);
  const wanted = before.filter((object) => textAt(object, 'name') !== 'without-tenants')
    .map((object) => (textAt(object, 'name') === 'shop' ? { ...(object as object), annotations: paused } : object));
  expect(await standing(empty)).toEqual(wanted);
});

describe('what is deleted and retained', () => {
  const [keep, takeUp] = readPage('docs/operate.md').blocks.filter(({ heading }) => heading === 'Delete and retain').map(commandsIn);
  const copying = (keep ?? []).filter(({ text }) => !text.startsWith('kubectl events'));
  const applying = (takeUp ?? []).filter(({ text }) => text.startsWith('kubectl apply'));
  const shop = async (): Promise<unknown> => (await standing(lost)).find((object) => textAt(object, 'name') === 'shop');

  test('is there again when its copy is applied, in a folder that knows of no other page', { timeout: 120_000 }, async ({ skip }) => {
    skip(!(await isThere('jq')), 'there is no jq on the path');
    const [desk, before] = [await freshDesk(lost), await shop()];
    for (const { text } of copying) expect(await typed(text, desk), text).toMatchObject({ code: 0 });
    expect(await shop(), 'deleted').toBeUndefined();
    for (const { text } of applying) expect(await typed(text, desk), text).toMatchObject({ code: 0 });
    expect(await shop()).toMatchObject(before as object);
  });

  test('stays where no copy can be made, whatever is typed on', { timeout: 120_000 }, async () => {
    const [desk, before] = [await freshDesk(lost), await shop()];
    expect(copying, 'commands of the page').not.toEqual([]);
    for (const { text } of copying) expect(await typed(`jq() { return 1; }\n${text}`, desk), text).not.toMatchObject({ code: 0 });
    expect(before).toBeDefined();
    expect(await shop()).toEqual(before);
  });
});
