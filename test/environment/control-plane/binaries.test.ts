import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { controlPlaneBinaries } from './binaries.ts';

describe('finding the programs of a control plane', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tenant-edge-binaries-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  const put = (...names: readonly string[]): Promise<unknown> =>
    Promise.all(names.map((name) => writeFile(join(directory, name), '#!/bin/sh\n', { mode: 0o755 })));

  test('takes them from KUBEBUILDER_ASSETS, though nothing else is there', async () => {
    await put('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager');
    expect(await controlPlaneBinaries(() => {}, { KUBEBUILDER_ASSETS: directory, PATH: '' })).toEqual({
      etcd: join(directory, 'etcd'),
      kubeApiserver: join(directory, 'kube-apiserver'),
      kubectl: join(directory, 'kubectl'),
      kubeControllerManager: join(directory, 'kube-controller-manager'),
      source: 'assets',
    });
  });

  test('does without a controller manager where KUBEBUILDER_ASSETS has none', async () => {
    await put('etcd', 'kube-apiserver', 'kubectl');
    expect(await controlPlaneBinaries(() => {}, { KUBEBUILDER_ASSETS: directory })).toEqual({
      etcd: join(directory, 'etcd'),
      kubeApiserver: join(directory, 'kube-apiserver'),
      kubectl: join(directory, 'kubectl'),
      source: 'assets',
    });
  });

  test('builds nothing behind the back of a KUBEBUILDER_ASSETS that is wrong', async () => {
    await put('etcd', 'kube-apiserver');
    await expect(controlPlaneBinaries(() => {}, { ...process.env, KUBEBUILDER_ASSETS: directory })).rejects.toThrow(
      `take the control plane from KUBEBUILDER_ASSETS: no etcd, kube-apiserver and kubectl to run in ${directory}`,
    );
  });

  test('says in one sentence what to provide where there is neither Go nor assets', async () => {
    await expect(controlPlaneBinaries(() => {}, { TENANT_EDGE_CACHE: directory, PATH: '' })).rejects.toThrow(
      'get etcd, kube-apiserver and kubectl: put Go 1.26 or newer on the PATH, or set KUBEBUILDER_ASSETS to a folder that has etcd, kube-apiserver and kubectl',
    );
  });

  test('builds all of them once, and anew where one was lost', async () => {
    const go = '#!/bin/sh\n[ "$1" = version ] || { echo > "$3" && /bin/chmod +x "$3"; }\n';
    await writeFile(join(directory, 'go'), go, { mode: 0o755 });
    const get = () => controlPlaneBinaries(() => {}, { TENANT_EDGE_CACHE: directory, PATH: directory });
    const first = await get();
    expect([first.source, (await get()).source]).toEqual(['built', 'cache']);
    await rm(first.kubectl);
    expect(await get()).toEqual(first);
  });
});
