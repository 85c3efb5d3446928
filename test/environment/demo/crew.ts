import { readFile } from 'node:fs/promises';
import { chartPath } from '../../../helm/chart.ts';
import { exampleInstallation } from '../../../helm/iam/policies.ts';
import { waitFor } from '../control-plane/wait.ts';
import type { Process } from '../kubelet/replica.ts';
import { type Platform, release } from '../platform.ts';
import type { Screen } from './screen.ts';

/** The replicas of the controller, as the chart has installed them. */
export type Crew = {
  /** Rejects when a replica has ended that nobody killed, or could not be started. */
  readonly check: () => Promise<void>;
  /** The replica that works. */
  readonly leader: () => Promise<Process>;
  /** Kills the replica that works, as a node does that dies; resolves with its pod. */
  readonly killLeader: () => Promise<string>;
};

const leaderWithinMs = 60_000;

/** Installs the chart, as README's tour does. Rejects with what helm says where it fails. */
export const installCrew = async (platform: Platform, screen: Screen): Promise<Crew> => {
  screen.say('', `$ helm install ${release} helm/tenant-edge --namespace ${release} --set installationId=${exampleInstallation} --values account.yaml --wait`);
  const { code, stdout, stderr } = await platform.helm(['install', release, chartPath, '--wait', '--timeout', '2m'], { ...platform.connection, installationId: exampleInstallation });
  if (code !== 0) throw new Error(`install the chart: ${stderr.trim()}`);
  screen.say(...stdout.trim().split('\n').filter((line) => /^(?:NAME|NAMESPACE|STATUS|REVISION):/.test(line)).map((line) => `  ${line}`));
  return crewOf(platform);
};

const crewOf = ({ kubelet }: Platform): Crew => {
  const killed = new Set<Process>();
  const leader = (): Promise<Process> =>
    waitFor('a replica to lead', leaderWithinMs, async () => {
      const living = kubelet.processes.filter(({ exit }) => exit === undefined);
      const leading = await Promise.all(living.map(async (process) => ((await hasLed(process)) ? [process] : [])));
      return leading.flat().at(-1);
    });
  return {
    leader,
    check: async () => {
      const [failure] = kubelet.failures;
      if (failure !== undefined) throw new Error(failure);
      await Promise.all(kubelet.processes.filter((process) => !killed.has(process)).map(({ child }) => child.check()));
    },
    killLeader: async () => {
      const found = await leader();
      killed.add(found);
      if (found.child.pid !== undefined) process.kill(found.child.pid, 'SIGKILL');
      await found.child.exited;
      return found.pod;
    },
  };
};

const hasLed = async ({ logPath }: Process): Promise<boolean> => (await readFile(logPath, 'utf8')).includes('"message":"Leading"');
