import type { RunningController } from '../environment/embedded.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { auditOf, isWrite } from './audit.ts';
import { pageAt, samplesOf, sumOf } from './page.ts';
import type { Stage } from './stage.ts';

/** What must not grow while nothing happens: writes to Kubernetes, AWS calls of an object's own, and words. */
export const activityOf = async (stage: Stage, { metricsUrl, logLines }: RunningController): Promise<string> => {
  const calls = samplesOf((await pageAt(metricsUrl)).text, 'aws_requests_total').filter(({ labels }) => labels.includes('shared="false"'));
  const writes = (await auditOf(stage.world.controlPlane.directory)).filter(isWrite);
  return JSON.stringify({ calls: sumOf(calls), writes: writes.length, lines: (await logLines()).length, versions: stage.witness.versions.length });
};

/** Asks until the answer has not changed for so long, and gives it. */
export const untilStill = async (ask: () => Promise<string>, forMs: number, withinMs: number): Promise<string> => {
  let [last, sinceMs] = [await ask(), performance.now()];
  return waitFor('quiet', withinMs, async () => {
    const now = await ask();
    if (now !== last) [last, sinceMs] = [now, performance.now()];
    return performance.now() - sinceMs >= forMs ? last : undefined;
  });
};

/** Waits until the process has asked AWS for all of these since the log was so long, and gives whatever it has asked for, sorted. */
export const askedSince = async ({ world }: Stage, begun: number, wanted: readonly string[], withinMs: number): Promise<readonly string[]> => {
  const since = (): readonly string[] => [...new Set(world.simulator.log.slice(begun).map(({ operation }) => operation))].toSorted();
  await waitFor(`AWS to be asked for ${wanted.join(', ')}`, withinMs, async () => (wanted.every((operation) => since().includes(operation)) ? true : undefined));
  return since();
};
