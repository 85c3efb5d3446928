import { setTimeout as pause } from 'node:timers/promises';
import { exampleInstallation } from '../../helm/iam/policies.ts';
import { tenantNameOf } from '../../reconcilers/names.ts';
import { floorSecondsFor, ratesFor } from './account.ts';
import { tenantManifest, tenantPath } from './manifests.ts';
import type { Usage } from './process-usage.ts';
import { scrape } from './scrape.ts';
import type { Settings } from './settings.ts';
import type { Mark, Stage, Stretch } from './stage.ts';

/**
 * `aloneSeconds`: the same for one tenant by itself, which no rate holds back. `firstSeconds`, `halfSeconds`: until the first of all was
 * Ready, and half of them. `toRest`: from all Ready to nothing being waited for.
 */
export type Onboarding = {
  readonly aloneSeconds: number;
  readonly floorSeconds: number;
  readonly firstSeconds: number;
  readonly halfSeconds: number;
  readonly toReady: Stretch;
  readonly toRest: Stretch;
};

/** `heapMiB`: of what it holds, what its objects take. */
export type Rest = { readonly stretch: Stretch; readonly usage: Usage; readonly heapMiB: number };

/** `toReadySeconds`: until the probe says so; `beyondAwsSeconds`: what is left of the whole without the time from the first list call to the last. */
export type ColdStart = { readonly stretch: Stretch; readonly toReadySeconds: number; readonly beyondAwsSeconds: number; readonly passes: number; readonly usage: Usage };

/** Milliseconds from the edit of a spec to the first AWS call about it. */
export type Edits = { readonly count: number; readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };

const restSeconds = 60;
// A tier's counts are written 30 s after the last change, a customer's DNS is looked at every 27 s.
const quietMs = 40_000;
const patienceSeconds = 300;
const edits = 100;

/** From the manifests of all tenants at once to all of them served. */
export const onboard = async (stage: Stage, settings: Settings): Promise<Onboarding> => {
  const { tenants } = settings;
  const floorSeconds = floorSecondsFor(tenants, ratesFor(settings));
  const began = performance.now();
  await stage.create(0, 1);
  await stage.until('the first tenant to be Ready', patienceSeconds, () => stage.watcher.ready() === 1);
  const aloneSeconds = (performance.now() - began) / 1_000;
  await stage.until('its DNS to be seen', patienceSeconds, () => stage.watcher.pointed() === 1);
  const before = await stage.mark();
  await stage.create(1, tenants + 1);
  await stage.until(`${tenants} tenants to be Ready`, patienceSeconds + 10 * floorSeconds, () => stage.watcher.ready() === tenants + 1);
  const served = await stage.mark();
  await stage.until('all DNS to be seen', patienceSeconds + floorSeconds, () => stage.watcher.pointed() === tenants + 1);
  await stage.until('the controller to be silent', patienceSeconds, () => performance.now() - stage.watcher.lastWriteAt() > quietMs);
  const readySeconds = (share: number): number => ((stage.watcher.readySince()[1 + Math.floor((tenants - 1) * share)] ?? Number.NaN) - before.at) / 1_000;
  return { aloneSeconds, floorSeconds, firstSeconds: readySeconds(0), halfSeconds: readySeconds(0.5), toReady: stage.stretch(before, served), toRest: stage.stretch(served, await stage.mark()) };
};

/** A minute in which nobody asks for anything. */
export const rest = async (stage: Stage): Promise<Rest> => {
  const before = await stage.mark();
  await pause(restSeconds * 1_000);
  const after = await stage.mark();
  return { stretch: stage.stretch(before, after), usage: after.usage, heapMiB: after.metrics('nodejs_heap_size_used_bytes') / 2 ** 20 };
};

/** Nothing that a process which does not run yet could have counted. */
const nothing = (stage: Stage): Mark => ({
  at: performance.now(), usage: { cpuSeconds: 0, residentMiB: 0, peakMiB: 0 }, metrics: () => 0, calls: stage.world.simulator.log.length, writes: stage.watcher.writes(),
});

/** Another process on a fleet that is as it should be: until every key has been looked at once. */
export const coldStart = async (stage: Stage, { tenants }: Settings): Promise<ColdStart> => {
  await stage.controller.process.stop();
  const before = nothing(stage);
  await stage.restart();
  await stage.untilAnswering();
  const toReadySeconds = (performance.now() - before.at) / 1_000;
  let passes = 0;
  await stage.until('every key to be looked at', patienceSeconds + tenants / 50, async () => {
    const metrics = await scrape(stage.controller.metricsUrl);
    passes = metrics('controller_runtime_reconcile_total');
    return passes >= tenants + 2 && metrics('workqueue_depth') + metrics('controller_runtime_active_workers') === 0;
  });
  const after = await stage.mark();
  const stretch = stage.stretch(before, after);
  const listedMs = stage.world.simulator.log.slice(before.calls, after.calls).map(({ at }) => at.getTime());
  const inAwsSeconds = listedMs.length === 0 ? 0 : (Math.max(...listedMs) - Math.min(...listedMs)) / 1_000;
  return { stretch, toReadySeconds, beyondAwsSeconds: stretch.seconds - inAwsSeconds, passes, usage: after.usage };
};

/** Specs edited one after the other, slower than AWS's rates, so that none waits for another. */
export const edit = async (stage: Stage, settings: Settings): Promise<Edits> => {
  const { simulator, controlPlane } = stage.world;
  simulator.knobs.latencyMs = [0, 0];
  const spacingMs = 2_000 / ratesFor(settings)['cloudfront.mutate'];
  const took: number[] = [];
  for (let index = 0; index < edits; index++) {
    const { metadata } = tenantManifest(1 + (index % settings.tenants));
    const name = tenantNameOf({ installation: exampleInstallation, ...metadata });
    const from = simulator.log.length;
    const beganMs = Date.now();
    const { status } = await controlPlane.admin.request('PATCH', tenantPath(metadata.namespace, metadata.name), { spec: { parameters: [{ name: 'site', value: `edit-${index}` }] } }, 'application/merge-patch+json');
    if (status !== 200) throw new Error(`edit TenantDomain ${metadata.name}: the API server answered ${status}`);
    const firstCall = (): number | undefined => simulator.log.slice(from).find(({ subject }) => subject === name)?.at.getTime();
    await stage.until(`the first AWS call for ${metadata.name}`, patienceSeconds, () => firstCall() !== undefined);
    took.push((firstCall() ?? Number.NaN) - beganMs);
    await pause(spacingMs);
  }
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.ceil(took.length * share) - 1)] ?? Number.NaN;
  return { count: took.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
};
