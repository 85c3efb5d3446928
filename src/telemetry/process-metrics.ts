import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

const samplingMs = 20;
const nanoseconds = 1e9;

const statistics = { p50: 50, p99: 99, max: 100 } as const;

/** Adds what is known of the process itself to the registry. Returns the way to stop watching the event loop. */
export const createProcessMetrics = (registry: Registry, version: string): { readonly close: () => void } => {
  const registers = [registry];
  const delay = monitorEventLoopDelay({ resolution: samplingMs });
  delay.enable();
  void new Gauge({
    name: 'event_loop_delay_seconds',
    help: 'How late the event loop was since the last scrape.',
    labelNames: ['statistic'],
    registers,
    collect() {
      // A sample is the time between two ticks of the sampling, so that an idle loop shows the time between them.
      for (const [statistic, percentile] of Object.entries(statistics)) {
        this.set({ statistic }, Math.max(0, delay.percentile(percentile) / nanoseconds - samplingMs / 1_000));
      }
      delay.reset();
    },
  });
  const read = (name: string, help: string, value: () => number): void => {
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };
  const startedAtSeconds = Math.round(performance.timeOrigin) / 1_000;
  read('process_resident_memory_bytes', 'Memory that the process holds.', () => process.memoryUsage.rss());
  read('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
  read('nodejs_heap_size_total_bytes', 'Heap held.', () => process.memoryUsage().heapTotal);
  read('process_start_time_seconds', 'When the process started, in seconds since 1970.', () => startedAtSeconds);
  new Gauge({ name: 'build_info', help: 'Always 1; the labels say what runs.', labelNames: ['version', 'node'], registers }).set({ version, node: process.version }, 1);
  return { close: () => delay.disable() };
};
