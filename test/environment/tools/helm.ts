import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunHelm } from '../../../helm/chart.ts';
import type { Progress } from '../control-plane/build.ts';
import { toolPath } from './tools.ts';

// A release with both CRDs is about 100 KB.
const maxBuffer = 16 << 20;

/**
 * The real helm 4 with folders of its own, so that nobody's repositories, plugins or cache change what it says. `kubeconfig` is the cluster that it
 * speaks to; none without. `close` removes the folders. `progress` is told
 * while helm is being built. Rejects where there is no helm and no way to build it.
 */
export const openHelm = async (kubeconfig = '/dev/null', progress: Progress = (line) => void process.stderr.write(`${line}\n`)): Promise<{ readonly helm: RunHelm; readonly close: () => Promise<void> }> => {
  const program = await toolPath('helm', progress);
  const home = await mkdtemp(join(tmpdir(), 'tenant-edge-helm-'));
  const env = { PATH: process.env['PATH'], HOME: home, KUBECONFIG: kubeconfig, HELM_CACHE_HOME: home, HELM_CONFIG_HOME: home, HELM_DATA_HOME: home };
  const helm: RunHelm = (args) =>
    new Promise((resolve, reject) => {
      execFile(program, args, { env, maxBuffer }, (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(new Error(`run helm ${args.join(' ')}: ${error.message}`, { cause: error }));
      });
    });
  return { helm, close: () => rm(home, { recursive: true, force: true }) };
};
