import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finalizer } from '../../reconcilers/ports/objects.ts';
import { textAt, valueAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { admissionRows, type Row } from './admission-rows.ts';
import { type Cluster, startCluster, tenant, tier } from './cluster.ts';
import { type Answer, mergePatch, tenantsPath, tiersPath } from './people.ts';

const withinMs = 20_000;

describe('the admission policies', { timeout: 60_000 }, () => {
  let cluster: Cluster;

  /** What is replaced as a whole must be in the version that is there, as kubectl sees to. */
  const versioned = async (path: string, body: unknown): Promise<unknown> => {
    const { body: stored } = await cluster.controlPlane.admin.request('GET', path);
    return { ...Object(body), metadata: { ...Object(valueAt(body, 'metadata')), resourceVersion: textAt(stored, 'metadata', 'resourceVersion') } };
  };

  const done = async ({ who, deed: { method, path, body, type } }: Row): Promise<Answer> =>
    cluster.as(who)(method, `${path}${path.includes('?') ? '&' : '?'}dryRun=All`, method === 'PUT' ? await versioned(path, body) : body, type);

  beforeAll(async () => {
    cluster = await startCluster();
    const guarded = { finalizers: [finalizer, 'acme.example/billing'] };
    await cluster.controlPlane.apply([tier('unseen'), tier('leaving'), tenant('guarded', guarded), tenant('fresh')].map((object) => JSON.stringify(object)).join('\n---\n'));
    await cluster.controlPlane.admin.request('DELETE', `${tiersPath}/leaving`);
    await cluster.as('controller')('PATCH', `${tiersPath}/leaving/status`, { status: { tenants: { total: 2, ready: 0, updated: 0 } } }, mergePatch);
    // Policies and the roles of people come into force one by one: what is allowed proves nothing before all hold.
    const [firsts, allowed] = [Object.values(admissionRows).map((rows) => rows.find(({ want }) => want !== undefined)), Object.values(admissionRows).flat().filter(({ want }) => want === undefined)];
    for (const row of [...firsts.filter((first) => first !== undefined), ...allowed]) {
      await waitFor(`"${row.name}" to be judged`, withinMs, async () => ((await done(row)).status >= 300 === (row.want !== undefined) ? true : undefined));
    }
  });

  afterAll(() => cluster.stop());

  describe.each(Object.entries(admissionRows))('%s', (_policy, rows) => {
    test.each(rows.filter(({ want }) => want !== undefined))('refuses: $name', async (row) => {
      const { status, message } = await done(row);
      expect({ status, message }).toEqual({ status: 403, message: row.want });
    });

    test.each(rows.filter(({ want }) => want === undefined))('lets through: $name', async (row) => {
      const { status, message } = await done(row);
      expect({ isDone: status < 300, message }).toEqual({ isDone: true, message: '' });
    });
  });

  test('spare no tier in use where all are deleted at once', async () => {
    const { status } = await cluster.as('root')('DELETE', `${tiersPath}?labelSelector=absent&dryRun=All`);
    expect(status).toBe(200);
    const all = await cluster.as('root')('DELETE', `${tiersPath}?dryRun=All`);
    expect(all).toMatchObject({ status: 403, message: expect.stringContaining('is used by') as unknown });
  });

  test('judge the largest tier there can be', async () => {
    const rules = Array.from({ length: 30 }, (_, rule) => ({
      name: `list-${rule}`, type: 'IPSet', action: 'Block', ipSet: { cidrs: Array.from({ length: 1_000 }, (_one, index) => `10.${rule}.${Math.floor(index / 250)}.${index % 250}/32`) },
    }));
    const large = { ...tier('large'), metadata: { name: 'large' } };
    await cluster.controlPlane.apply(JSON.stringify({ ...large, spec: { ...large.spec, webACL: { type: 'Managed', managed: { rules } } } }));
    const guarded = await cluster.as('controller')('PATCH', `${tiersPath}/large`, { metadata: { finalizers: [finalizer] } }, mergePatch);
    expect(guarded).toMatchObject({ status: 200, message: '' });
    const opened = await cluster.as('controller')('PATCH', `${tiersPath}/large`, { spec: { deletionPolicy: 'Retain' } }, mergePatch);
    expect(opened.status).toBe(403);
  });

  test('let a namespace end once the controller has lifted its finalizers', async ({ skip }) => {
    const { admin, apply, controllerManager } = cluster.controlPlane;
    skip(!controllerManager, 'KUBEBUILDER_ASSETS has no kube-controller-manager');
    await apply(`{apiVersion: v1, kind: Namespace, metadata: {name: ending}}\n---\n${JSON.stringify({ ...tenant('last'), metadata: { name: 'last', namespace: 'ending', finalizers: [finalizer] } })}`);
    await admin.request('DELETE', '/api/v1/namespaces/ending');
    const path = `${tenantsPath('ending')}/last`;
    await waitFor('the tenant to be deleted', withinMs, async () => (JSON.stringify((await admin.request('GET', path)).body).includes('deletionTimestamp') ? true : undefined));
    expect((await cluster.as('controller')('PATCH', path, { metadata: { finalizers: null } }, mergePatch)).status).toBe(200);
    await waitFor('the namespace to end', withinMs, async () => ((await admin.request('GET', '/api/v1/namespaces/ending')).status === 404 ? true : undefined));
  });
});
