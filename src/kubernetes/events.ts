import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/backoff.ts';
import type { Client } from './client.ts';
import { isConflict, isNotFound } from './errors.ts';
import { EventMemory } from './event-series.ts';
import type { Series } from './event-series.ts';
import { events } from './resources.ts';

/** The object an event is about. */
export type Regarding = { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly namespace?: string; readonly uid: string };

/** What is to be said: `reason` and `action` are words of at most 128 characters; a note above 1,024 bytes is cut. */
export type Saying = { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly action: string; readonly note: string };

export type EventRecorderOptions = {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: Random;
  /** A qualified name such as `tenantedge.dev/controller`, at most 63 characters behind the slash. */
  readonly controller: string;
  /** This process among its replicas, at most 128 characters. */
  readonly instance: string;
  /** Called for each event that is given up: `full` queue, `chatty` subject, or `failed` to be written. */
  readonly onDrop?: (why: 'full' | 'chatty' | 'failed', error?: unknown) => void;
};

type Entry = { readonly regarding: Regarding; readonly saying: Saying; readonly what: string; readonly series: Series };

const mostQueued = 1_000;
const mostNoteBytes = 1_024;

/**
 * Tells users in `kubectl describe` what happens to their objects. Best effort: nobody waits for it, nothing fails because of it. The same said
 * again within 10 minutes becomes a series of one event; a subject that never stops is cut short.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/
 */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #memory: EventMemory;
  readonly #queue: Entry[] = [];
  #wake: () => void = () => undefined;
  #sequence: number;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#memory = new EventMemory(options.clock);
    // Two processes that speak of one object in the same millisecond hardly ever begin alike.
    this.#sequence = Math.floor(options.random() * 1_000_000);
  }

  /** Says it, some time soon. Returns at once and never throws. */
  record(regarding: Regarding, saying: Saying): void {
    const what = [regarding.uid, saying.type, saying.reason, saying.action, saying.note].join('\n');
    const series = this.#memory.count(what);
    if (!this.#memory.admits(regarding.uid)) this.#options.onDrop?.('chatty');
    else if (this.#queue.length >= mostQueued) this.#options.onDrop?.('full');
    else this.#queue.push({ regarding, saying, what, series });
    this.#wake();
  }

  /** Writes what was recorded, one after the other, until the signal is aborted; what is left then is forgotten. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const wake = (): void => {
      this.#wake();
    };
    signal.addEventListener('abort', wake, { once: true });
    while (!signal.aborted) {
      const entry = this.#queue.shift();
      if (entry === undefined) await this.#recorded(signal);
      else await this.#write(entry, signal);
    }
    signal.removeEventListener('abort', wake);
  }

  #recorded(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #write(entry: Entry, signal: AbortSignal): Promise<void> {
    try {
      if (entry.series.stored === undefined) await this.#create(entry, signal);
      else await this.#count(entry, signal);
    } catch (error) {
      if (signal.aborted) return;
      // Somebody removed or changed the event: the next saying begins a new one.
      if (isNotFound(error) || isConflict(error)) this.#memory.forget(entry.what);
      this.#options.onDrop?.('failed', error);
    }
  }

  async #create({ regarding, saying, series }: Entry, signal: AbortSignal): Promise<void> {
    const at = this.#options.clock.now();
    const name = `${regarding.name.slice(0, 200)}.${(BigInt(at.getTime()) * 1_000_000n + BigInt(this.#sequence++ % 1_000_000)).toString(16)}`;
    const created = await this.#options.client.create(
      events,
      {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name, namespace: namespaceOf(regarding) },
        eventTime: microTime(at),
        reportingController: this.#options.controller,
        reportingInstance: this.#options.instance,
        type: saying.type,
        reason: saying.reason,
        action: saying.action,
        note: cut(saying.note),
        regarding,
      },
      signal,
    );
    series.stored = { name, uid: created.metadata.uid, resourceVersion: created.metadata.resourceVersion, count: 1 };
  }

  async #count({ regarding, series }: Entry, signal: AbortSignal): Promise<void> {
    // Said again while it waited in the queue: one write tells the whole count.
    if (series.stored === undefined || series.stored.count === series.count) return;
    const { count } = series;
    const target = { ...series.stored, namespace: namespaceOf(regarding) };
    const change = { series: { count, lastObservedTime: microTime(new Date(series.lastAtMs)) } };
    const { metadata } = await this.#options.client.mergePatch(events, target, change, signal);
    series.stored = { ...series.stored, resourceVersion: metadata.resourceVersion, count };
  }
}

// Events live in namespaces; the API server accepts those about cluster-scoped objects in this one.
const namespaceOf = ({ namespace }: Regarding): string => namespace ?? 'default';

/** With six digits: the API server refuses a MicroTime of three. */
const microTime = (at: Date): string => at.toISOString().replace('Z', '000Z');

/** At most as many whole characters as fit into 1,024 bytes of UTF-8. */
const cut = (note: string): string => {
  const bytes = Buffer.from(note, 'utf8');
  if (bytes.length <= mostNoteBytes) return note;
  // Streaming, the decoder holds back the character that the cut went through.
  return new TextDecoder('utf-8').decode(bytes.subarray(0, mostNoteBytes), { stream: true });
};
