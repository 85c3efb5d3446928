import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { explainedValues } from '../../helm/values-comments.ts';
import { valueAt } from '../environment/control-plane/json.ts';
import { chartFile, openRenderer, type Renderer, valuesOf, withValue } from './chart.ts';

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});
afterAll(() => renderer.close());

describe('every value', () => {
  const full = valuesOf('full');
  const defaults: unknown = parse(chartFile('values.yaml'));
  const explained = explainedValues(chartFile('values.yaml')).map(({ path }) => ({ path, name: path.join('.') }));
  /** Another value than the full set's: the default, or the other of two where that is the same. */
  const other = (path: readonly string[]): unknown => {
    const [isFull, isDefault] = [valueAt(full, ...path), valueAt(defaults, ...path)];
    if (path[0] === 'installationId') return 'other';
    return isFull === isDefault && typeof isFull === 'boolean' ? !isFull : isDefault;
  };
  /** What has to be otherwise for a value to be free. */
  const beside = new Map<string, readonly [readonly string[], unknown]>([
    ['controller.leaderElection.enabled', [['replicas'], 1]],
    ['metrics.service.enabled', [['metrics', 'serviceMonitor', 'enabled'], false]],
  ]);

  test.each(explained)('changes what is rendered: $name', async ({ path, name }) => {
    const values = withValue(full, ...(beside.get(name) ?? [path, valueAt(full, ...path)]));
    const [before, after] = await Promise.all([renderer.text(values), renderer.text(withValue(values, path, other(path)))]);
    expect(after).not.toBe(before);
  });
});
