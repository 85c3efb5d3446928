import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleCredentials } from '../environment/aws/http/signature.ts';
import { valueAt } from '../environment/control-plane/json.ts';
import { startChild } from '../environment/control-plane/process.ts';
import { Stage } from '../real/stage.ts';
import { type Bundle, bundleOf, checkout, copyCheckout, importsOf, modulesIn, packageOf } from './bundle.ts';
import { type CredentialServer, startCredentialServer } from './credentials.ts';
import { layOutPod, secondsToReady } from './pod.ts';

// Asked for by `ws` and `debug`, which do without.
const optional = ['bufferutil', 'supports-color', 'utf-8-validate'];
// Some packages bring no text of their licence: Apache-2.0 is in the file for others, and the Unlicense asks for nothing.
const toldElsewhere = ['Apache-2.0', 'Unlicense'];

type Package = { readonly name: string; readonly version: string; readonly license: string };

describe('the bundle', () => {
  let folder: string;
  let bundle: Bundle;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenant-edge-bundle-'));
    bundle = await bundleOf(checkout, join(folder, 'dist'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The packages that have code in it, by their folders. */
  const inside = (): readonly string[] => [...new Set(modulesIn(bundle).flatMap((module) => packageOf(module) ?? []))];

  test('is the same to the byte when it is made in another folder, of what the image is built from', async () => {
    const copy = join(folder, 'another', 'checkout');
    await copyCheckout(copy);
    expect(await bundleOf(copy, join(copy, 'dist'))).toEqual(bundle);
  });

  test('names no path of the machine that it was made on', () => {
    const telling = [...bundle].filter(([, text]) => text.includes(checkout) || text.includes(folder)).map(([name]) => name);
    expect(telling).toEqual([]);
  });

  test('is made of what the controller runs, and no test', () => {
    const own = modulesIn(bundle).filter((module) => packageOf(module) === undefined && !module.startsWith('\\0'));
    expect(new Set(own.map((module) => module.split('/')[0]))).toEqual(new Set(['crds', 'package.json', 'reconcilers', 'src']));
  });

  test('has no package in it that wants to run a script when it is installed', async () => {
    const lock: unknown = JSON.parse(await readFile(join(checkout, 'package-lock.json'), 'utf8'));
    const installed = inside().map((name) => ({ name, of: valueAt(lock, 'packages', name) }));
    expect(installed.length).toBeGreaterThan(20);
    expect(installed.filter(({ of }) => of === undefined || valueAt(of, 'hasInstallScript') === true).map(({ name }) => name)).toEqual([]);
  });

  test('asks for nothing but Node and itself', () => {
    const asked = [...importsOf(bundle)].filter((name) => !isBuiltin(name) && !bundle.has(name.replace('./', '')));
    expect(asked.toSorted()).toEqual(optional);
  });

  test('tells of every package in it, each with the licence that it is under', async () => {
    const [, ...notices] = (bundle.get('THIRD-PARTY.txt') ?? '').split(/^-{80}$/m).map((notice) => notice.trim().split('\n'));
    const packages = await Promise.all(inside().map(async (name) => JSON.parse(await readFile(join(checkout, name, 'package.json'), 'utf8')) as Package));
    expect(notices.map((lines) => lines.slice(0, 2))).toEqual(expect.arrayContaining(packages.map(({ name, version, license }) => [`${name} ${version}`, `License: ${license}`])));
    const silent = notices.filter((lines) => lines.length <= 4).map(([, license = '']) => license.replace('License: ', ''));
    expect(silent.filter((license) => !toldElsewhere.includes(license))).toEqual([]);
  });

  test('starts where there is nothing but itself', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['main.mjs', '--help'], { cwd: join(folder, 'dist'), env: {} });
    expect(stdout).toContain('--installation-id');
  });

  // In order: what one leaves is where the next begins.
  describe('as a controller with a kubeconfig, and the web identity of a pod', { timeout: 120_000 }, () => {
    let stage: Stage;
    let sts: CredentialServer;

    beforeAll(async () => {
      [stage, sts] = await Promise.all([Stage.start({ seed: 51 }), startCredentialServer(exampleCredentials)]);
    });

    afterAll(async () => {
      await Promise.all([stage.stop(), sts.stop()]);
    });

    test('is ready, serves a tenant, and ends in order when it is told to', async ({ annotate }) => {
      const pod = await layOutPod(stage.world, folder);
      const started = performance.now();
      const child = await startChild({
        command: process.execPath, args: [join(folder, 'dist', 'main.mjs')], logPath: join(folder, 'controller.log'), directory: folder,
        environment: {
          ...pod.environment, TENANT_EDGE_KUBECONFIG: pod.kubeconfig,
          AWS_ENDPOINT_URL_STS: sts.stsUrl, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/tenant-edge', AWS_WEB_IDENTITY_TOKEN_FILE: pod.identityToken,
        },
      });
      try {
        await annotate(`ready in ${(await secondsToReady(child, pod, started)).toFixed(2)} s`);
        stage.point('acme-bundled.platform.example');
        await stage.platformTenant('acme/bundled');
        await stage.served('acme/bundled');
        expect(stage.isServed('acme-bundled.platform.example')).toBe(true);
        expect(sts.shown).toEqual(['AssumeRoleWithWebIdentity which-pod-this-is']);
      } finally {
        await child.stop();
      }
      expect(await child.exited).toEqual({ code: 0, signal: null });
    });
  });
});
