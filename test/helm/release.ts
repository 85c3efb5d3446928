import { expect } from 'vitest';
import { chartPath } from '../../helm/chart.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { pageAt, samplesOf, sumOf } from '../real/page.ts';
import { type HelmWorld, release, type Values } from './world.ts';

const zone = 'platform.example';
const api = '/apis/tenantedge.dev/v1alpha1';
const pathOf = (name: string): string => `${api}/namespaces/acme/tenantdomains/${name}`;

/** The chart as it was before: its values had other names. */
export const earlier = {
  path: new URL('fixtures/tenant-edge-0.0.9', import.meta.url).pathname,
  values: ({ connection }: HelmWorld): Values => ({
    installationId: 'main',
    extraArgs: [`--dns-servers=${String(listAt(connection, 'controller', 'dnsServers')[0])}`, '--fleet-poll=30s'],
    extraEnv: [...listAt(connection, 'extraEnv'), { name: 'AWS_ENDPOINT_URL', value: textAt(connection, 'aws', 'endpoints', 'default') }],
  }),
};

/** This chart, led to the world. */
export const current = {
  path: chartPath,
  values: ({ connection }: HelmWorld, others: Values = {}): Values => ({ ...connection, installationId: 'main', ...others }),
};

/** Runs helm to its end, and waits as `--wait` does; fails with what helm says. */
export const helm = async (world: HelmWorld, args: readonly string[], values?: Values): Promise<string> => {
  const { code, stdout, stderr } = await world.helm([...args, '--wait', '--timeout', '90s'], values);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};

/** A tier whose tenants live below the platform's own domain, so that each is served in seconds, and two of them in namespace `acme`. */
export const onboard = async ({ controlPlane, simulator: { operator } }: HelmWorld): Promise<readonly string[]> => {
  const { arn } = operator.importCertificate({ names: [`*.${zone}`] });
  const distributionId = operator.createDistribution({ certificateArn: arn, parameters: [] }).id;
  const group = operator.createConnectionGroup({ name: 'shared' });
  const names = ['shop', 'blog'];
  const objects = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'acme' } },
    {
      apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: { name: 'basic' },
      spec: {
        distributionId, connectionGroups: [{ name: 'shared', type: 'Existing', id: group.id }], defaultConnectionGroup: 'shared',
        certificate: { issuer: 'Distribution' }, ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' },
      },
    },
    ...names.map((name) => ({ apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: { name, namespace: 'acme' }, spec: { tierRef: { name: 'basic' }, domains: [`${name}.${zone}`] } })),
  ];
  await controlPlane.apply(objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  for (const name of names) {
    await waitFor(`${name} to be Ready`, 60_000, async () => {
      const { body } = await controlPlane.admin.request('GET', pathOf(name));
      const ready = listAt(body, 'status', 'conditions').find((condition) => textAt(condition, 'type') === 'Ready');
      return textAt(ready, 'status') === 'True' ? true : undefined;
    });
  }
  return names.map((name) => `${name}.${zone}`);
};

/** The two tenants as they are stored. */
export const stored = async ({ controlPlane }: HelmWorld): Promise<readonly unknown[]> => {
  const { body } = await controlPlane.admin.request('GET', `${api}/namespaces/acme/tenantdomains`);
  return listAt(body, 'items');
};

/** Versions of all objects of ours: equal ones say that nobody wrote anything. */
export const versions = async (world: HelmWorld): Promise<readonly (string | undefined)[]> => {
  const { body } = await world.controlPlane.admin.request('GET', `${api}/edgetiers`);
  return [...(await stored(world)), ...listAt(body, 'items')].map((object) => textAt(object, 'metadata', 'resourceVersion'));
};

/** What anybody has changed in AWS since the log was cleared: what an old leader or a new one does after a step is seen by the next. */
export const changesInAws = ({ simulator }: HelmWorld): readonly string[] =>
  simulator.log.filter(({ committed }) => committed).map(({ operation, subject }) => `${operation} ${subject ?? ''}`);

/** Watches what is served while something happens: the domains that were not, at any look. */
export const unserved = async ({ simulator }: HelmWorld, domains: readonly string[], during: () => Promise<unknown>): Promise<readonly string[]> => {
  const failed = new Set<string>();
  const look = (): void => {
    for (const domain of domains) if (!simulator.serves(domain).served) failed.add(domain);
  };
  const looking = setInterval(look, 50);
  await during().finally(() => clearInterval(looking));
  look();
  return [...failed];
};

/** Whether the stored definition of a kind has this field of its spec. */
export const hasField = async ({ controlPlane }: HelmWorld, plural: string, field: string): Promise<boolean> => {
  const { body } = await controlPlane.admin.request('GET', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.tenantedge.dev`);
  return valueAt(listAt(body, 'spec', 'versions')[0], 'schema', 'openAPIV3Schema', 'properties', 'spec', 'properties', field) !== undefined;
};

/** The processes that run, by what their image is called. */
export const running = ({ kubelet }: HelmWorld): readonly string[] => kubelet.processes.filter(({ exit }) => exit === undefined).map(({ image }) => image);

/** A metric of all processes that run, together; `labels` is a part of how they are written. */
export const metric = async ({ kubelet }: HelmWorld, name: string, labels: string): Promise<number> => {
  const pages = kubelet.processes.filter(({ exit }) => exit === undefined).map(({ ports }) => pageAt(`http://127.0.0.1:${String(ports['metrics'])}/metrics`));
  const samples = (await Promise.all(pages)).flatMap(({ text }) => samplesOf(text, name));
  return sumOf(samples.filter((sample) => sample.labels.includes(labels)));
};

/** The arguments of the pods that are there, of each its own. */
export const argsOfPods = async ({ controlPlane }: HelmWorld): Promise<readonly (readonly unknown[])[]> => {
  const { body } = await controlPlane.admin.request('GET', `/api/v1/namespaces/${release}/pods`);
  return listAt(body, 'items').map((pod) => listAt(listAt(pod, 'spec', 'containers')[0], 'args'));
};

/** How those ended that did. */
export const ends = ({ kubelet }: HelmWorld): readonly unknown[] => kubelet.processes.flatMap(({ exit }) => (exit === undefined ? [] : [exit]));
