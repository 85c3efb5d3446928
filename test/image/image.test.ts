import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleCredentials } from '../environment/aws/http/signature.ts';
import { type Child, startChild } from '../environment/control-plane/process.ts';
import { Stage } from '../real/stage.ts';
import { importBase } from './base.ts';
import { buildImage, inspectImage } from './build.ts';
import { bundleOf, checkout, copySources, filesIn } from './bundle.ts';
import { type CredentialServer, startCredentialServer } from './credentials.ts';
import { type Engine, engineMissing, openEngine } from './engine.ts';
import { inCluster, layOutPod, type Pod, secondsToReady } from './pod.ts';

const reason = await engineMissing();
if (reason !== undefined) process.stderr.write(`The image is neither built nor run on this machine: ${reason}\n`);

const minutes = 60_000;
const nobody = 65_532;
const tag = 'tenant-edge:test';

/** Every file and folder below, by its path from there. */
const treeOf = async (root: string): Promise<readonly { readonly path: string; readonly uid: number; readonly mode: number; readonly isFile: boolean }[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const { uid, mode } = await stat(path);
    return { path: relative(root, path), uid, mode, isFile: entry.isFile() };
  }));
};

// In order: what one leaves is where the next begins.
describe.skipIf(reason !== undefined)(`the image${reason === undefined ? '' : ` (skipped: ${reason})`}`, { timeout: 5 * minutes }, () => {
  let folder: string;
  let engine: Engine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenant-edge-built-'));
    engine = await openEngine();
    await importBase(engine, (line) => process.stderr.write(`${line}\n`));
  });

  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  // Half a minute each on a machine that does nothing else.
  test('has the same layers whenever and wherever it is built', { timeout: 10 * minutes }, async ({ annotate }) => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there', 'and', 'later')];
    await copySources(here);
    await buildImage(engine, here, tag);
    await copySources(there);
    await buildImage(engine, there, 'tenant-edge:again', ['--timestamp=0']);
    const [one, other] = await Promise.all([inspectImage(engine, tag), inspectImage(engine, 'tenant-edge:again')]);
    await annotate(`layers ${one.layers.join(', ')}`);
    expect(one.layers).toHaveLength(2);
    expect(other.layers).toEqual(one.layers);
  });

  test('takes less than 200 MB, and says what it is', async ({ annotate }) => {
    const { bytes, user, labels } = await inspectImage(engine, tag);
    await annotate(`${(bytes / 1e6).toFixed(1)} MB`);
    expect(bytes).toBeLessThan(200e6);
    expect(user).toBe(`${nobody}:${nobody}`);
    const { version } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8')) as { readonly version: string };
    expect(labels['org.opencontainers.image.version']).toBe(version);
  });

  test('has Node, its libraries and the bundle in it: no shell, nothing that its user could write to, no rights to gain', async () => {
    const root = await engine.run('podman', 'image', 'mount', tag);
    const tree = await treeOf(root);
    const programs = tree.filter(({ isFile, mode }) => isFile && (mode & 0o111) !== 0).map(({ path }) => path);
    expect(programs.filter((path) => !/^lib\S*\/(?:ld-linux\S*|libc)\.so\.\d+$/.test(path))).toEqual(['usr/local/bin/node']);
    expect(tree.filter(({ uid, mode }) => uid !== 0 || (mode & 0o6022) !== 0)).toEqual([]);
    const { 'THIRD-PARTY.txt': notices, ...code } = Object.fromEntries(await bundleOf(checkout, join(folder, 'dist')));
    expect(Object.fromEntries(await filesIn(join(root, 'app')))).toEqual(code);
    expect(await readFile(join(root, 'licenses', 'packages'), 'utf8')).toBe(notices);
    const known = (await readdir(join(root, 'var', 'lib', 'dpkg', 'status.d'))).toSorted();
    expect(await readdir(join(root, 'licenses'))).toEqual(expect.arrayContaining([...known, 'node', 'packages', 'tenant-edge']));
    expect(known).toContain('libc6');
  });

  describe('as a pod with a read-only root, no capabilities and Pod Identity', () => {
    let stage: Stage;
    let agent: CredentialServer;
    let pod: Pod;
    let container: Child;

    beforeAll(async () => {
      [stage, agent] = await Promise.all([Stage.start({ seed: 52 }), startCredentialServer(exampleCredentials)]);
      pod = await layOutPod(stage.world, folder);
    });

    afterAll(async () => {
      await Promise.all([stage.stop(), agent.stop()]);
    });

    test('is ready, as a user that may do nothing', async ({ annotate }) => {
      const { folder: account, environment } = inCluster(stage.world);
      const variables = { ...pod.environment, ...environment, AWS_CONTAINER_CREDENTIALS_FULL_URI: agent.agentUrl, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: `${account}/aws-token` };
      const restrictions = ['--read-only', '--read-only-tmpfs=false', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--network=host', '--pull=never'];
      const started = performance.now();
      container = await startChild({
        command: 'podman', logPath: join(folder, 'container.log'), environment: engine.environment,
        // It ends by itself where a run of tests is killed that would have ended it.
        args: ['run', '--rm', '--name=controller', '--timeout=600', ...restrictions, `--volume=${pod.accountFolder}:${account}:ro`, ...Object.entries(variables).map(([name, value]) => `--env=${name}=${value}`), tag],
      });
      await annotate(`ready in ${(await secondsToReady(container, pod, started)).toFixed(2)} s, the container's own start included`);
      const pid = await engine.run('podman', 'inspect', '--format={{.State.Pid}}', 'controller');
      const status = Object.fromEntries((await readFile(`/proc/${pid}/status`, 'utf8')).split('\n').map((line) => line.split(/:\s*/, 2) as [string, string]));
      expect(status).toMatchObject({ Uid: Array(4).fill(nobody).join('\t'), CapEff: '0'.repeat(16), CapBnd: '0'.repeat(16), NoNewPrivs: '1' });
    });

    test('serves a tenant', async () => {
      stage.point('acme-contained.platform.example');
      await stage.platformTenant('acme/contained');
      await stage.served('acme/contained');
      expect(stage.isServed('acme-contained.platform.example')).toBe(true);
      expect(agent.shown).toEqual(['agent which-pod-this-is']);
    });

    test('ends in order when it is told to', async () => {
      await container.stop();
      expect(await container.exited).toEqual({ code: 0, signal: null });
      const lines = (await readFile(join(folder, 'container.log'), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly message: string });
      expect(lines.at(-1)?.message).toBe('Stopped');
    });
  });
});
