import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import type { FailureKind } from '../../reconcilers/failure.ts';
import { priorities } from '../runtime/priorities.ts';
import type { WorkQueue } from '../runtime/work-queue.ts';

/** How a pass ended, in controller-runtime's words. */
export const passResults = ['success', 'error', 'requeue', 'requeue_after'] as const;

export type PassResult = (typeof passResults)[number];

/** What is read of a controller at each scrape. */
export type Watched = {
  readonly controller: string;
  readonly workers: number;
  readonly depth: WorkQueue['depth'];
  readonly runningMs: () => readonly number[];
};

/** The metrics that controller-runtime has of its controllers and queues, under its names, so that its dashboards work. */
export type ControllerMetrics = {
  /** Shows a controller from now on, with every counter at zero. */
  readonly watch: (watched: Watched) => void;
  /** A key came into line. */
  readonly lined: (controller: string) => void;
  /** A worker took a key that had waited so long in line. */
  readonly taken: (controller: string, waitedMs: number) => void;
  /** A pass ended. `terminal`: only another spec can help, so it is not tried again soon. */
  readonly ended: (controller: string, pass: { readonly result: PassResult; readonly terminal: boolean; readonly durationMs: number }) => void;
  /** An action, a read or a write of a pass failed. */
  readonly failed: (controller: string, kind: FailureKind) => void;
  readonly panicked: (controller: string) => void;
  readonly timedOut: (controller: string) => void;
  readonly stale: (controller: string) => void;
};

const failureKinds = ['invalid', 'blocked', 'conflict', 'throttled', 'transient', 'unsettled'] as const satisfies readonly FailureKind[];

const second = 1_000;
// From a pass of memory alone to one that runs into its deadline.
const passBuckets = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const waitBuckets = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600];

/** Adds them to the registry. @see https://book.kubebuilder.io/reference/metrics-reference */
export const createControllerMetrics = (registry: Registry): ControllerMetrics => {
  const { total, errors, terminal, failures, panics, timeouts, skips, adds, retries } = countersIn(registry);
  const { time, work, wait } = durationsIn(registry);
  const watched: Watched[] = [];
  watchGauges(registry, watched);

  return {
    watch: (subject) => {
      const labels = labelsOf(subject.controller);
      watched.push(subject);
      for (const result of passResults) total.inc({ controller: subject.controller, result }, 0);
      for (const kind of failureKinds) failures.inc({ controller: subject.controller, kind }, 0);
      for (const metric of [errors, terminal, panics, timeouts, skips]) metric.inc({ controller: subject.controller }, 0);
      for (const metric of [adds, retries]) metric.inc(labels, 0);
      time.zero({ controller: subject.controller });
      for (const metric of [work, wait]) metric.zero(labels);
    },
    lined: (controller) => adds.inc(labelsOf(controller)),
    taken: (controller, waitedMs) => wait.observe(labelsOf(controller), waitedMs / second),
    ended: (controller, { result, terminal: isTerminal, durationMs }) => {
      total.inc({ controller, result });
      time.observe({ controller }, durationMs / second);
      work.observe(labelsOf(controller), durationMs / second);
      if (result === 'error') errors.inc({ controller });
      if (result === 'error') retries.inc(labelsOf(controller));
      if (isTerminal) terminal.inc({ controller });
    },
    failed: (controller, kind) => failures.inc({ controller, kind }),
    panicked: (controller) => panics.inc({ controller }),
    timedOut: (controller) => timeouts.inc({ controller }),
    stale: (controller) => skips.inc({ controller }),
  };
};

// A queue has its controller's name.
const labelsOf = (controller: string) => ({ name: controller, controller });

const countersIn = (registry: Registry) => {
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) => new Counter({ name, help, labelNames, registers: [registry] });
  return {
    total: counter('controller_runtime_reconcile_total', 'Passes by result.', ['controller', 'result']),
    errors: counter('controller_runtime_reconcile_errors_total', 'Passes that ended with a failure.', ['controller']),
    terminal: counter('controller_runtime_terminal_reconcile_errors_total', 'Passes that ended with a failure which only another spec can mend.', ['controller']),
    failures: counter('reconcile_failures_total', 'Actions, reads and writes of passes that failed, by kind: blocked and invalid ones need a person.', ['controller', 'kind']),
    panics: counter('controller_runtime_reconcile_panics_total', 'Passes that threw: bugs.', ['controller']),
    timeouts: counter('controller_runtime_reconcile_timeouts_total', 'Passes that were ended by their deadline.', ['controller']),
    skips: counter('stale_sync_skips_total', 'Passes put off until the cache shows our own last write.', ['controller']),
    adds: counter('workqueue_adds_total', 'Keys that came into line.', ['name', 'controller']),
    retries: counter('workqueue_retries_total', 'Keys added again after a failure.', ['name', 'controller']),
  };
};

const durationsIn = (registry: Registry) => {
  const registers = [registry];
  const labelNames = ['name', 'controller'] as const;
  return {
    time: new Histogram({ name: 'controller_runtime_reconcile_time_seconds', help: 'Duration of passes.', labelNames: ['controller'], buckets: passBuckets, registers }),
    work: new Histogram({ name: 'workqueue_work_duration_seconds', help: 'Duration of passes.', labelNames, buckets: passBuckets, registers }),
    wait: new Histogram({ name: 'workqueue_queue_duration_seconds', help: 'Time of keys in line.', labelNames, buckets: waitBuckets, registers }),
  };
};

/** The gauges, read from the controllers at each scrape. */
const watchGauges = (registry: Registry, watched: readonly Watched[]): void => {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[], read: (gauge: Gauge<Label>) => void): Gauge<Label> =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        read(this);
      },
    });
  const perQueue = (name: string, help: string, value: (runningMs: readonly number[]) => number): void => {
    gauge(name, help, ['name', 'controller'], (shown) => {
      for (const { controller, runningMs } of watched) shown.set(labelsOf(controller), value(runningMs()));
    });
  };
  gauge('controller_runtime_max_concurrent_reconciles', 'Passes that may run at once.', ['controller'], (shown) => {
    for (const { controller, workers } of watched) shown.set({ controller }, workers);
  });
  gauge('controller_runtime_active_workers', 'Passes that run now.', ['controller'], (shown) => {
    for (const { controller, runningMs } of watched) shown.set({ controller }, runningMs().length);
  });
  gauge('workqueue_depth', 'Keys in line, by priority.', ['name', 'controller', 'priority'], (shown) => {
    for (const { controller, depth } of watched) {
      for (const priority of Object.values(priorities)) shown.set({ ...labelsOf(controller), priority }, depth()[priority]);
    }
  });
  perQueue('workqueue_unfinished_work_seconds', 'Time of all passes that run now, together.', (ms) => ms.reduce((sum, each) => sum + each, 0) / second);
  perQueue('workqueue_longest_running_processor_seconds', 'Time of the pass that has run longest.', (ms) => Math.max(0, ...ms) / second);
};
