import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestsFrom } from '../environment/control-plane/apply.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { provideAccount } from '../environment/demo/account.ts';
import { tierOrdersIn } from '../environment/demo/examples.ts';
import type { RunningController } from '../environment/embedded.ts';
import { kubectl } from '../real/kubectl.ts';
import { Stage } from '../real/stage.ts';
import { agree, wordsOf } from './agreement.ts';
import { customizationOf, type Judged, judge, type Judgement, judgePath } from './judge.ts';

const seconds = 1_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const group = '/apis/tenantedge.dev/v1alpha1';
/** As Argo CD names itself with server-side apply. */
const manager = 'argocd-controller';
const examples = ['namespaces.yaml', 'edge-tier-premium.yaml', 'tenant-domains.yaml'].map((file) => `-f=${join(root, 'examples', file)}`);

type Owned = { readonly manager: string; readonly operation: string; readonly fields: readonly string[] };

/** Who owns what of an object, by the first steps of the fields' paths. */
const ownersOf = (object: unknown): readonly Owned[] =>
  listAt(object, 'metadata', 'managedFields').map((entry) => ({
    manager: textAt(entry, 'manager') ?? '', operation: textAt(entry, 'operation') ?? '', fields: Object.keys(valueAt(entry, 'fieldsV1') ?? {}),
  }));

describe('beside GitOps tools, on a real API server', { timeout: 400 * seconds }, () => {
  let stage: Stage;
  let config = '';
  const controllers: RunningController[] = [];

  beforeAll(async () => {
    await judgePath();
    stage = await Stage.start({ seed: 51 });
    config = stage.world.controlPlane.adminKubeconfigPath;
  });

  afterAll(() => stage.stop());

  const startController = async (): Promise<void> => void controllers.push(await stage.startController());
  const stopController = async (): Promise<void> => controllers.pop()?.process.stop(30 * seconds);

  const listed = async (plural: string): Promise<readonly unknown[]> => listAt((await stage.world.controlPlane.admin.request('GET', `${group}/${plural}`)).body, 'items');

  /** What an apply can change of these objects, and when it last did. */
  const specsOf = async (plurals: readonly string[]): Promise<readonly unknown[]> =>
    (await Promise.all(plurals.map(listed))).flat().map((each) => ({
      name: textAt(each, 'metadata', 'name'), spec: valueAt(each, 'spec'), generation: valueAt(each, 'metadata', 'generation'),
      applied: listAt(each, 'metadata', 'managedFields').filter((entry) => textAt(entry, 'manager') === manager),
    }));

  const stored = async (key: string): Promise<Judged> => {
    const [namespace = '', name = ''] = key.split('/');
    const { body } = await stage.world.controlPlane.admin.request('GET', `${group}/namespaces/${namespace}/tenantdomains/${name}`);
    return body as Judged;
  };

  const judged = async (key: string): Promise<string> => {
    const [judgement] = await judge([await stored(key)]);
    return judgement === undefined ? '' : wordsOf(judgement);
  };

  /** What `kubectl wait` says after one look, or a longer wait. */
  const waited = async (key: string, timeout = '0s'): Promise<'met' | 'not met'> => {
    const [namespace = '', name = ''] = key.split('/');
    const answer = await kubectl(config, 'wait', '--for=condition=Ready', `td/${name}`, `-n=${namespace}`, `--timeout=${timeout}`).catch((error: unknown) => String(error));
    if (answer.includes('condition met')) return 'met';
    expect(answer).toContain('condition not met');
    return 'not met';
  };

  test('Argo CD, kstatus and kubectl wait agree all through a life', async () => {
    const [key, late] = ['globex/life', 'globex/late'];
    stage.sendAway(late);
    await stage.platformTenant(key);
    await stage.tenant(late, { domains: ['late.globex.example'] });
    expect([await judged(key), await waited(key)], 'nobody has seen it').toEqual(['Progressing/InProgress', 'not met']);

    const waiting = waited(key, '240s');
    await startController();
    expect([await waiting, await judged(key)], 'it is served').toEqual(['met', 'Healthy/Current']);
    await stage.until(late, 'its customer to be waited for', 240 * seconds, () => stage.condition(late, 'Ready')?.reason === 'WaitingForCustomerDNS');
    expect([await judged(late), await waited(late)], 'its customer is waited for').toEqual(['Suspended/InProgress', 'not met']);

    await stopController();
    await stage.platformTenant(key, { domains: ['life.platform.example', 'www.platform.example'] });
    expect([await judged(key), await waited(key)], 'its spec has changed').toEqual(['Progressing/InProgress', 'not met']);

    await startController();
    expect([await waited(key, '240s'), await judged(key)], 'it is served again').toEqual(['met', 'Healthy/Current']);
    await stage.delete(key);
    expect(await judged(key), 'it is being deleted').toBe('Progressing/Terminating');

    const versions = stage.witness.versions.map((version) => ({ ...version, kind: 'distributionId' in version.spec ? 'EdgeTier' : 'TenantDomain' }) as const);
    const verdicts: readonly Judgement[] = await judge(versions);
    expect(verdicts.filter((verdict) => !agree(verdict))).toEqual([]);
    expect(new Set(verdicts.map(wordsOf))).toEqual(new Set(['Progressing/InProgress', 'Suspended/InProgress', 'Healthy/Current', 'Progressing/Terminating']));
  });

  test('what Argo CD applies stays as it was applied, and nobody else takes a field of it', async () => {
    const manifests = await manifestsFrom([join(root, 'examples', 'edge-tier-premium.yaml')]);
    // The names of their groups in AWS are the stage's own already.
    const orders = tierOrdersIn(manifests).map(({ connectionGroups = [], ...order }) => ({ ...order, connectionGroups: connectionGroups.map((each) => ({ ...each, name: `example-${each.name}` })) }));
    provideAccount(stage.world.simulator.operator, orders);
    const ssa = (verb: 'apply' | 'diff', ...more: readonly string[]): Promise<string> => kubectl(config, verb, '--server-side', `--field-manager=${manager}`, ...examples, ...more);
    if (controllers.length === 0) await startController();
    await ssa('apply');
    for (const key of ['acme/shop', 'fashion/store', 'fashion/outlet']) await stage.served(key, 240 * seconds);
    expect(await ssa('diff')).toBe('');

    const before = await specsOf(['tenantdomains', 'edgetiers']);
    await ssa('apply');
    expect(await specsOf(['tenantdomains', 'edgetiers']), 'after the same once more').toEqual(before);
    expect(await ssa('diff')).toBe('');

    const applied = [...(await listed('tenantdomains')), ...(await listed('edgetiers'))].filter((each) => ownersOf(each).some((owner) => owner.manager === manager));
    const foreign = applied.flatMap((each) => ownersOf(each).filter((owner) => owner.manager !== manager || owner.operation !== 'Apply'));
    expect(applied.map((each) => textAt(each, 'metadata', 'name'))).toEqual(expect.arrayContaining(['premium', 'shop', 'store', 'portal', 'visits']));
    expect(new Set(foreign.flatMap(({ fields }) => fields)), 'what the controller writes').toEqual(new Set(['f:metadata', 'f:status']));
    expect(applied.filter((each) => ownersOf(each).every((owner) => owner.manager !== manager || !owner.fields.includes('f:spec')))).toEqual([]);
  });

  test('argocd-cm gets the health scripts, and keeps what it had', async () => {
    const { admin, apply } = stage.world.controlPlane;
    await apply('{apiVersion: v1, kind: Namespace, metadata: {name: argocd}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: argocd-cm, namespace: argocd}, data: {url: "https://argocd.example.com"}}');
    await kubectl(config, 'apply', '--server-side', '--field-manager=tenant-edge', `-f=${join(root, 'helm/argocd/argocd-cm.yaml')}`);
    await kubectl(config, 'apply', '--server-side', '--field-manager=app-of-apps', `-f=${join(root, 'examples/gitops/argocd/argocd-cm.yaml')}`);
    const { body } = await admin.request('GET', '/api/v1/namespaces/argocd/configmaps/argocd-cm');
    const keys = Object.keys(valueAt(body, 'data') ?? {});
    expect(keys.toSorted()).toEqual([
      'resource.customizations.health.argoproj.io_Application', 'resource.customizations.health.tenantedge.dev_EdgeTier',
      'resource.customizations.health.tenantedge.dev_TenantDomain', 'resource.customizations.ignoreResourceUpdates.tenantedge.dev_EdgeTier', 'url',
    ]);
    for (const kind of ['TenantDomain', 'EdgeTier'] as const) {
      expect(textAt(body, 'data', `resource.customizations.health.tenantedge.dev_${kind}`)).toBe(await readFile(`${customizationOf(kind)}health.lua`, 'utf8'));
    }
  });
});
