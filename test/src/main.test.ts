import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A kubeconfig whose credentials come from a program that asks the process that asked it to end, and has no answer while that lives. */
const kubeconfig = {
  apiVersion: 'v1', kind: 'Config', 'current-context': 'one',
  contexts: [{ name: 'one', context: { cluster: 'one', user: 'one' } }],
  clusters: [{ name: 'one', cluster: { server: 'https://127.0.0.1:1' } }],
  users: [{ name: 'one', user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: 'sh', args: ['-c', 'kill -TERM $PPID; exec cat'] } } }],
};

test('a process that is asked to end while it reads its credentials ends well, without a word', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tenant-edge-main-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'kubeconfig');
  await writeFile(file, JSON.stringify(kubeconfig));
  // Rejects where the process ends with anything but 0.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [main, '--installation-id=main', `--kubeconfig=${file}`, '--metrics-port=0', '--health-port=0']);
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
});
