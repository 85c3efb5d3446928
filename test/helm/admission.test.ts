import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../environment/control-plane/control-plane.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import type { Manifest } from '../environment/control-plane/apply.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { objectOf, objectsIn, openRenderer, type Renderer, valuesOf, withValue } from './chart.ts';
import { refusalOf } from './dry-run.ts';

const installManifest = fileURLToPath(new URL('../../helm/install.yaml', import.meta.url));

let renderer: Renderer;
let controlPlane: ControlPlane;
beforeAll(async () => {
  [renderer, controlPlane] = await Promise.all([openRenderer(), startControlPlane()]);
  await controlPlane.apply([installManifest]);
  // A ServiceAccount of each set of values that has one of another name.
  for (const name of ['provided', 'edge']) await controlPlane.apply(JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'tenant-edge' } }));
});
afterAll(async () => {
  await Promise.all([renderer.close(), controlPlane.stop()]);
});

const isForThePrometheusOperator = ({ apiVersion }: Manifest): boolean => apiVersion === 'monitoring.coreos.com/v1';

/** A Pod as the Deployment would make it, with other fields in its spec and in its container's security context. */
const podOf = async (set: string, spec: object = {}, container: object = {}): Promise<Manifest> => {
  const template = valueAt(objectOf(objectsIn(await renderer.text(valuesOf(set))), 'Deployment'), 'spec', 'template');
  const [first] = listAt(template, 'spec', 'containers');
  const containers = [{ ...(first as object), securityContext: { ...(valueAt(first, 'securityContext') as object), ...container } }];
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { ...(valueAt(template, 'metadata') as object), name: `of-${set}`, namespace: 'tenant-edge' },
    spec: { ...(valueAt(template, 'spec') as object), containers, ...spec },
  };
};

describe.each(['default', 'minimal', 'full'])('the API server, asked about the chart with %s values', (set) => {
  test('takes every object, and knows every field', async () => {
    const objects = objectsIn(await renderer.text(withValue(valuesOf(set), ['crds', 'install'], true)));
    const asked = objects.filter((object) => !isForThePrometheusOperator(object));
    expect(objects.length - asked.length).toBe(set === 'full' ? 2 : 0);
    const refusals = await Promise.all(asked.map((object) => refusalOf(controlPlane.admin, object)));
    expect(refusals.filter(Boolean)).toEqual([]);
  });

  test('admits its pods where Pod Security enforces restricted', async () => {
    expect(await refusalOf(controlPlane.admin, await podOf(set))).toBeUndefined();
  });
});

describe('Pod Security', () => {
  const weaker = [
    { name: 'may gain privileges', spec: {}, container: { allowPrivilegeEscalation: true } },
    { name: 'keeps a capability', spec: {}, container: { capabilities: { drop: [], add: ['NET_RAW'] } } },
    { name: 'may be root', spec: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }, container: {} },
    { name: 'makes any system call', spec: { securityContext: { runAsNonRoot: true } }, container: {} },
    { name: 'is in the network of its node', spec: { hostNetwork: true }, container: {} },
  ];
  test.each(weaker)('would refuse a pod of ours that $name', async ({ spec, container }) => {
    expect(await refusalOf(controlPlane.admin, await podOf('default', spec, container))).toContain('violates PodSecurity "restricted:latest"');
  });
});

describe('helm/install.yaml, applied as it is', () => {
  test('makes a namespace that enforces restricted, and two pods in it', async () => {
    const { body } = await controlPlane.admin.request('GET', '/api/v1/namespaces/tenant-edge');
    expect(textAt(body, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')).toBe('restricted');
    const pods = await waitFor('two pods', 20_000, async () => {
      const found = listAt((await controlPlane.admin.request('GET', '/api/v1/namespaces/tenant-edge/pods')).body, 'items');
      return found.length === 2 ? found : undefined;
    });
    expect(pods.map((pod) => listAt(listAt(pod, 'spec', 'containers')[0], 'args')[0])).toEqual(['--installation-id=main', '--installation-id=main']);
  });

  test('says nothing of Helm, which does not own it', async () => {
    for (const path of ['/apis/apps/v1/namespaces/tenant-edge/deployments/tenant-edge', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/edgetiers.tenantedge.dev']) {
      const { body } = await controlPlane.admin.request('GET', path);
      expect(JSON.stringify([valueAt(body, 'metadata', 'labels'), valueAt(body, 'metadata', 'annotations')])).not.toMatch(/helm/i);
    }
  });
});
