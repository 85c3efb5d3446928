import { onTestFinished } from 'vitest';
import { createMetrics, type MetricsOptions } from '../../../src/telemetry/metrics.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

/** Metrics that end with the test, and how to read single series of their page. */
export const setUp = (options: Pick<MetricsOptions, 'limits'> = {}) => {
  const clock = createVirtualClock();
  const metrics = createMetrics({ clock, host: 'api:443', lease: 'tenant-edge-main', version: '1.2.3', ...options });
  onTestFinished(metrics.close);
  const series = async (): Promise<ReadonlyMap<string, number>> => {
    const { body } = await metrics.page();
    const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  };
  const read = async (...names: readonly string[]) => {
    const all = await series();
    return names.map((name) => all.get(name));
  };
  return { clock, metrics, series, read };
};
