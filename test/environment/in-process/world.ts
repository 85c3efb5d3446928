import type { Condition, DnsRecord, EdgeTier, TenantDomain } from '../../../crds/types.ts';
import type { Report } from '../../../reconcilers/contract.ts';
import type { Dns } from '../../../reconcilers/ports/dns.ts';
import type { Regarding, Saying } from '../../../src/kubernetes/events.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createOrphanTeller } from '../../../src/telemetry/orphans.ts';
import { createVirtualClock, type VirtualClock } from '../../virtual-clock.ts';
import { createSimulator } from '../aws/simulator.ts';
import type { Simulator, SimulatorOptions } from '../aws/contract.ts';
import type { Knobs } from '../aws/knobs.ts';
import { stream } from '../aws/random.ts';
import { dnsOf } from '../dns/in-process.ts';
import { createFollowedZones } from '../dns/follower.ts';
import { createZones, type Zones } from '../dns/zones.ts';
import { inProcessAws } from './aws.ts';
import { Cluster, type Manifest } from './cluster.ts';
import { type ControllerProcess, startProcess, type Tap } from './process.ts';

/** `roleOf`, `onDecision`: what the controller may do in AWS, and who is told what it needed. `dnsLagMs`: how much later AWS hears of a change in DNS than the controller does. `certificatesPerYear`: what the controller is told that ACM grants. */
export type WorldOptions = { readonly seed: number; readonly knobs?: Partial<Knobs>; readonly dnsLagMs?: number; readonly certificatesPerYear?: number } & Pick<SimulatorOptions, 'roleOf' | 'onDecision'>;

const untouched: Tap = (_call, run) => run();

/** A cluster, an AWS account, the customers' DNS and one controller process, all in memory and on virtual time. */
export class World {
  readonly clock: VirtualClock = createVirtualClock();
  readonly zones: Zones;
  readonly simulator: Simulator;
  readonly cluster: Cluster;
  readonly reports: Report[] = [];
  /** What the sweeps for orphans said, and how many of each type the last one found. */
  readonly orphans: { readonly events: { readonly regarding: Regarding; readonly saying: Saying }[]; readonly lines: string[]; readonly counts: Record<string, number> } = { events: [], lines: [], counts: {} };
  readonly #random: () => number;
  readonly #dns: Dns;
  readonly #certificatesPerYear: number;
  readonly #orphanHooks = createOrphanTeller({
    log: createLog({ level: 'warn', clock: this.clock, write: (line) => this.orphans.lines.push(line) }),
    record: (regarding, saying) => this.orphans.events.push({ regarding, saying }),
    count: (type, count) => (this.orphans.counts[type] = count),
  });
  #process: ControllerProcess | undefined;

  constructor(options: WorldOptions) {
    const { dnsLagMs = 0, certificatesPerYear = 5_000, knobs, roleOf, onDecision } = options;
    const same = createZones();
    const { zones, follower } = dnsLagMs === 0 ? { zones: same, follower: same } : createFollowedZones(this.clock, dnsLagMs);
    this.zones = zones;
    this.#dns = dnsOf(zones);
    this.#certificatesPerYear = certificatesPerYear;
    this.#random = stream(options.seed);
    this.simulator = createSimulator({ clock: this.clock, seed: options.seed, dns: dnsOf(follower), ...(knobs && { knobs }), ...(roleOf && { roleOf }), ...(onDecision && { onDecision }) });
    this.cluster = new Cluster(this.clock);
  }

  /** Starts the controller; `tap` stands between it and every call it makes, `onReport` hears of each pass. */
  start(tap: Tap = untouched, onReport: (report: Report) => void = () => undefined): void {
    this.#process = startProcess({
      cluster: this.cluster, dns: this.#dns, clock: this.clock, random: this.#random, installation: 'test', tap, certificatesPerYear: this.#certificatesPerYear,
      aws: inProcessAws(this.simulator, 'controller'),
      orphanHooks: this.#orphanHooks,
      onReport: (report) => {
        this.reports.push(report);
        onReport(report);
      },
    });
  }

  kill(): void {
    this.#process?.kill();
    this.#process = undefined;
  }

  resync(): void {
    this.#process?.resync();
  }

  apply(...manifests: readonly Manifest[]): void {
    for (const manifest of manifests) this.cluster.apply(manifest);
  }

  tenant(key: string): TenantDomain | undefined {
    return this.cluster.get('tenantdomains', key) as TenantDomain | undefined;
  }

  tier(name: string): EdgeTier | undefined {
    return this.cluster.get('edgetiers', name) as EdgeTier | undefined;
  }

  condition(key: string, type: string): Condition | undefined {
    return this.tenant(key)?.status?.conditions?.find((condition) => condition.type === type);
  }

  /** Whether the object says so of its present generation. */
  isReady(key: string): boolean {
    const ready = this.condition(key, 'Ready');
    return ready?.status === 'True' && ready.observedGeneration === this.tenant(key)?.metadata.generation;
  }

  /** The customer's side: sets the records that the status asks for now. */
  customerAdds(key: string, wanted: (record: DnsRecord) => boolean = ({ action }) => action === 'Add'): void {
    for (const record of this.tenant(key)?.status?.dnsRecords?.filter(wanted) ?? []) {
      if (record.type === 'ALIAS') this.zones.set(record.name, 'A', [aliasAddress]);
      else this.zones.set(record.name, record.type, [record.value]);
    }
  }

  /** Moves time on, timer by timer, until something holds. Resolves to the virtual milliseconds it took; fails after `limitMs`. */
  async until(what: string, holds: () => boolean, limitMs = 4 * 3_600_000): Promise<number> {
    const begunMs = this.clock.now().getTime();
    await this.clock.settle();
    while (!holds()) {
      const spentMs = this.clock.now().getTime() - begunMs;
      const ran = spentMs < limitMs && (await this.clock.runNext());
      if (!ran) throw new Error(`wait until ${what}: not so after ${Math.round(spentMs / 1000)} s of virtual time`);
    }
    return this.clock.now().getTime() - begunMs;
  }

  async run(ms: number): Promise<void> {
    await this.clock.advance(ms);
  }
}

/** What an ALIAS of the endpoint resolves to in these zones. */
export const aliasAddress = '192.0.2.80';
