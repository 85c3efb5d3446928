import { type EmbeddedWorld, type RunningController, startEmbeddedWorld } from '../environment/embedded.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { answerMs, knobsFor, rateFlagsFor } from './account.ts';
import { type AwsTally, tallyOf } from './aws-tally.ts';
import { blueprint, namespaces, tenantManifest, tenantPath, tierManifest } from './manifests.ts';
import { type Usage, usageOf } from './process-usage.ts';
import { type Scrape, scrape } from './scrape.ts';
import type { Settings } from './settings.ts';
import { startWatcher, type Watcher, type Writes } from './watcher.ts';

/** Everything counted so far; two of them make a stretch. */
export type Mark = { readonly at: number; readonly usage: Usage; readonly metrics: Scrape; readonly calls: number; readonly writes: Writes };

/** What happened between two marks. `requests`: of the controller to the API server, by method. */
export type Stretch = { readonly seconds: number; readonly cpuSeconds: number; readonly aws: AwsTally; readonly writes: Writes; readonly requests: Readonly<Record<string, number>> };

const requestsTotal = 'rest_client_requests_total';
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
const creatorsAtOnce = 16;

/** A world with one controller, and what is read of it. */
export class Stage {
  readonly world: EmbeddedWorld;
  readonly watcher: Watcher;
  readonly #flags: readonly string[];
  #controller: RunningController;

  private constructor(world: EmbeddedWorld, watcher: Watcher, start: { readonly flags: readonly string[]; readonly controller: RunningController }) {
    this.world = world;
    this.watcher = watcher;
    this.#flags = start.flags;
    this.#controller = start.controller;
  }

  /** Starts everything; `onWorld` is told of what has to be stopped in the end, however far this comes. */
  static async start(settings: Settings, onWorld: (stop: () => Promise<void>) => void): Promise<Stage> {
    const world = await startEmbeddedWorld({ seed: settings.seed, knobs: { ...knobsFor(settings), latencyMs: answerMs }, controllerManager: false, progress: (line) => console.error(line) });
    onWorld(world.stop);
    const watcher = await startWatcher(world.controlPlane.adminKubeconfigPath, world.zones);
    onWorld(watcher.stop);
    const { operator } = world.simulator;
    const tier = tierManifest(operator.createDistribution(blueprint).id, operator.createConnectionGroup({ name: 'shared' }).id, settings.tenants);
    await world.controlPlane.apply([...namespaces, tier].map((manifest) => JSON.stringify(manifest)).join('\n---\n'));
    const flags = rateFlagsFor(settings);
    const stage = new Stage(world, watcher, { flags, controller: await world.startController(flags) });
    await stage.untilAnswering();
    return stage;
  }

  get controller(): RunningController {
    return this.#controller;
  }

  /** Ends the controller and starts another one on the same world. */
  async restart(): Promise<void> {
    await this.#controller.process.stop();
    this.#controller = await this.world.startController(this.#flags);
  }

  /** Creates the tenants with these numbers, the first included, the last not. */
  async create(first: number, end: number): Promise<void> {
    let next = first;
    const one = async (): Promise<void> => {
      while (next < end) {
        const manifest = tenantManifest(next++);
        const { status } = await this.world.controlPlane.admin.request('POST', tenantPath(manifest.metadata.namespace), manifest);
        if (status !== 201) throw new Error(`create TenantDomain ${manifest.metadata.name}: the API server answered ${status}`);
      }
    };
    await Promise.all(Array.from({ length: creatorsAtOnce }, one));
  }

  /** Waits until something holds, as long as the controller lives. */
  async until(what: string, withinSeconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
    await waitFor(what, withinSeconds * 1_000, async () => {
      await this.#controller.process.check();
      return (await holds()) ? true : undefined;
    });
  }

  async mark(): Promise<Mark> {
    const [usage, metrics] = await Promise.all([usageOf(this.#controller.process.pid), scrape(this.#controller.metricsUrl)]);
    return { at: performance.now(), usage, metrics, calls: this.world.simulator.log.length, writes: this.watcher.writes() };
  }

  /** The stretch between two marks; without the first, since this controller started. */
  stretch(from: Mark, to: Mark): Stretch {
    const { writes: was } = from;
    const { tenantFinalizers, tenantStatus, tiers } = to.writes;
    return {
      seconds: (to.at - from.at) / 1_000,
      cpuSeconds: to.usage.cpuSeconds - from.usage.cpuSeconds,
      aws: tallyOf(this.world.simulator.log.slice(from.calls, to.calls)),
      writes: { tenantFinalizers: tenantFinalizers - was.tenantFinalizers, tenantStatus: tenantStatus - was.tenantStatus, tiers: tiers - was.tiers },
      requests: Object.fromEntries(methods.map((method) => [method, to.metrics(requestsTotal, { method }) - from.metrics(requestsTotal, { method })])),
    };
  }

  async untilAnswering(): Promise<void> {
    await this.until('the controller to be ready', 60, async () => {
      const answer = await fetch(`${this.#controller.healthUrl}/readyz`).catch(() => undefined); // it does not listen yet
      return answer?.status === 200;
    });
  }
}
