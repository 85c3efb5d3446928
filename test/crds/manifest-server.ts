import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Manifest } from '../environment/control-plane/apply.ts';
import { startControlPlane, type ControlPlane } from '../environment/control-plane/control-plane.ts';
import { textAt } from '../environment/control-plane/json.ts';
import type { Row } from './manifest-row.ts';

/** How long the first start on a machine may take, which may build the control plane. */
export const startTimeoutMs = 20 * 60 * 1000;

const group = '/apis/tenantedge.dev/v1alpha1';
const pathOf = ({ kind }: Manifest): string => (kind === 'EdgeTier' ? `${group}/edgetiers` : `${group}/namespaces/default/tenantdomains`);
const dryRun = 'dryRun=All&fieldValidation=Strict';

/** An API server with both kinds and nothing else that acts. */
export const startManifestServer = async (): Promise<ControlPlane> => {
  await using starting = new AsyncDisposableStack();
  const controlPlane = await startControlPlane({ controllerManager: false });
  starting.defer(controlPlane.stop);
  await controlPlane.apply(['edgetiers.yaml', 'tenantdomains.yaml'].map((file) => fileURLToPath(new URL(`../../crds/${file}`, import.meta.url))));
  starting.move();
  return controlPlane;
};

/** Stores the object for as long as `use` takes. */
export const withStored = async <Result>(
  { admin }: ControlPlane,
  manifest: Manifest,
  use: (stored: unknown, path: string) => Promise<Result>,
): Promise<Result> => {
  const stored = await admin.request('POST', pathOf(manifest), manifest);
  const path = `${pathOf(manifest)}/${manifest.metadata.name}`;
  expect(stored).toMatchObject({ status: 201 });
  try {
    return await use(stored.body, path);
  } finally {
    await admin.request('DELETE', path);
  }
};

/** 'accepted', or the message it is refused with. */
export const verdictOn = async (controlPlane: ControlPlane, { was, manifest }: Pick<Row, 'was' | 'manifest'>): Promise<string> => {
  const { admin } = controlPlane;
  const answer = was === undefined
    ? await admin.request('POST', `${pathOf(manifest)}?${dryRun}`, manifest)
    : await withStored(controlPlane, was, (stored, path) => {
        const resourceVersion = textAt(stored, 'metadata', 'resourceVersion');
        return admin.request('PUT', `${path}?${dryRun}`, { ...manifest, metadata: { ...manifest.metadata, resourceVersion } });
      });
  return answer.status < 300 ? 'accepted' : (textAt(answer.body, 'message') ?? 'refused without a message');
};
