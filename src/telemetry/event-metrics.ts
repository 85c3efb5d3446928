import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Saying } from '../kubernetes/events.ts';

/** Why an Event was not told. */
export const dropReasons = ['full', 'chatty', 'failed'] as const;
export type DropReason = (typeof dropReasons)[number];

/** What becomes of Kubernetes Events. */
export type EventMetrics = { readonly recorded: (type: Saying['type']) => void; readonly dropped: (why: DropReason) => void };

const types = ['Normal', 'Warning'] as const satisfies readonly Saying['type'][];

/** Adds them to the registry, at zero. */
export const createEventMetrics = (registry: Registry): EventMetrics => {
  const registers = [registry];
  const recorded = new Counter({ name: 'events_recorded_total', help: 'Kubernetes Events that there was reason for.', labelNames: ['type'], registers });
  const dropped = new Counter({
    name: 'events_dropped_total',
    help: 'Events that were given up: the queue was full, their subject chatty, or the API server did not take them.',
    labelNames: ['why'],
    registers,
  });
  for (const type of types) recorded.inc({ type }, 0);
  for (const why of dropReasons) dropped.inc({ why }, 0);
  return { recorded: (type) => recorded.inc({ type }), dropped: (why) => dropped.inc({ why }) };
};
