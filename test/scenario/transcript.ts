import type { Report } from '../../reconcilers/contract.ts';
import type { Condition } from '../../crds/types.ts';
import { transitionsBetween } from '../../reconcilers/conditions.ts';
import { keyOf, type KubeObject } from '../../src/kubernetes/object.ts';
import type { CallLogEntry } from '../environment/aws/contract.ts';
import type { Tap } from '../environment/in-process/process.ts';
import type { World } from '../environment/in-process/world.ts';
import { readable } from './readable.ts';

/** Reads that many objects share: how often they are made belongs to the fleet, and its own tests. */
const sharedReads = ['ListCertificates', 'ListDistributionTenants', 'ListConnectionGroups', 'GetDistribution', 'ListWebACLs', 'ListIPSets', 'SearchCertificates'];

/** Whether the call was made for one object alone. */
const isOwnCall = ({ operation }: CallLogEntry): boolean => !sharedReads.includes(operation);

type Stored = KubeObject & { readonly status?: Readonly<Record<string, unknown>> & { readonly conditions?: readonly Condition[] } };

const callText = ({ service, operation, subject = '', outcome }: CallLogEntry): string => `${service} ${operation} ${subject}: ${outcome}`;

const clockText = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
};

/** What the controller did to AWS and Kubernetes, and what it said of it, as text that a person reads. Times count from the step's start. */
export class Transcript {
  readonly #world: World;
  readonly #lines: string[] = [];
  readonly #statuses = new Map<string, Stored['status']>();
  #begunMs = 0;
  #heard = 0;
  /** Everything that was sent to change something, refused or not, in order. */
  readonly changes: { readonly where: 'aws' | 'kubernetes'; readonly what: string }[] = [];

  constructor(world: World) {
    this.#world = world;
    world.cluster.watch(({ is, plural, object }) => {
      if (is === 'added') this.#statuses.set(`${plural} ${keyOf(object)}`, (object as Stored).status);
    });
  }

  /** From now on what was before is no news. */
  begin(title: string): void {
    this.#hear();
    this.#begunMs = this.#world.clock.now().getTime();
    this.#lines.push('', `== ${title}`);
  }

  /** A line of its own. */
  say(text: string): void {
    this.#hear();
    this.#lines.push(text);
  }

  /** Forgets what was said so far; what is known of the objects stays. */
  clear(): void {
    this.#hear();
    this.#lines.length = 0;
  }

  /** Stands between the controller and the world. */
  readonly tap: Tap = async (call, run) => {
    const [port, verb, resource = ''] = call.about.split(' ');
    const writes = port === 'kubernetes' && call.mutates;
    try {
      const value = await run();
      this.#hear();
      if (writes) this.#wrote(resource, value as Stored);
      return value;
    } catch (error) {
      this.#hear();
      if (writes) this.#change('kubernetes', `${verb ?? ''} ${resource}: refused: ${error instanceof Error ? error.message : 'for no reason'}`);
      throw error;
    }
  };

  readonly onReport = (report: Report): void => {
    this.#hear();
    for (const { action, failure } of report.did) this.#line('event', `${report.key} ${action.verb}: ${action.because}${failure ? ` -- ${failure.kind}: ${failure.message}` : ''}`);
    for (const { reason, message } of report.notices) this.#line('event', `${report.key} ${reason}: ${message}`);
    for (const failure of report.failures) this.#line('failure', `${report.key} ${failure.kind}: ${failure.message}`);
  };

  text(): string {
    this.#hear();
    return `${readable(this.#lines.join('\n')).trim()}\n`;
  }

  #change(where: 'aws' | 'kubernetes', what: string): void {
    this.changes.push({ where, what });
    this.#line(where, what);
  }

  #line(who: string, what: string): void {
    this.#lines.push(`${clockText(this.#world.clock.now().getTime() - this.#begunMs)}  ${who.padEnd(10)}  ${what}`);
  }

  #hear(): void {
    const { log } = this.#world.simulator;
    for (const entry of log.slice(this.#heard)) {
      if (entry.caller === 'operator') this.#line('by hand', `${entry.service} ${entry.operation} ${entry.subject ?? ''}`);
      else if (entry.mutating) this.#change('aws', callText(entry));
      else if (isOwnCall(entry)) this.#line('aws', callText(entry));
    }
    this.#heard = log.length;
  }

  #wrote(resource: string, object: Stored): void {
    const id = `${resource.split('/')[0] ?? ''} ${keyOf(object)}`;
    if (!resource.endsWith('/status')) return this.#change('kubernetes', `patch ${id}: finalizers ${JSON.stringify(object.metadata.finalizers ?? [])}`);
    const before = this.#statuses.get(id);
    this.#statuses.set(id, object.status);
    const { conditions: _before, ...was } = before ?? {};
    const { conditions, ...is } = object.status ?? {};
    const changed = Object.keys({ ...was, ...is }).filter((member) => JSON.stringify(was[member]) !== JSON.stringify(is[member]));
    this.#change('kubernetes', `patch ${id} status: ${changed.length === 0 ? 'conditions' : changed.join(', ')}`);
    for (const { to } of transitionsBetween(before?.conditions, conditions)) this.#lines.push(`${' '.repeat(21)}${to.type} ${to.status}, ${to.reason}`);
    const gone = (before?.conditions ?? []).filter(({ type }) => !conditions?.some((condition) => condition.type === type));
    for (const { type } of gone) this.#lines.push(`${' '.repeat(21)}${type} ends`);
  }
}
