import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toolPath } from './tools.ts';

/** A first build of one tool, on a machine that is busy with others. */
const buildMs = 600_000;

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const outputOf = async (path: string, ...args: readonly string[]): Promise<string> => (await promisify(execFile)(path, args)).stdout;

describe('finding a tool', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tenant-edge-tools-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  test('takes it from TENANT_EDGE_TOOLS, though nothing else is there', async () => {
    await writeFile(join(directory, 'helm'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await toolPath('helm', () => {}, { TENANT_EDGE_TOOLS: directory, PATH: '' })).toBe(join(directory, 'helm'));
  });

  test('builds nothing behind the back of a TENANT_EDGE_TOOLS that is wrong', async () => {
    await expect(toolPath('promtool', () => {}, { ...process.env, TENANT_EDGE_TOOLS: directory })).rejects.toThrow(
      `take promtool from TENANT_EDGE_TOOLS: no promtool to run in ${directory}`,
    );
  });

  test('does not take what the PATH has, and says in one sentence what to provide where there is neither Go nor a folder', async () => {
    await writeFile(join(directory, 'helm'), '#!/bin/sh\n', { mode: 0o755 });
    await expect(toolPath('helm', () => {}, { TENANT_EDGE_CACHE: directory, PATH: directory })).rejects.toThrow(
      'get helm: put Go 1.26 or newer on the PATH, or set TENANT_EDGE_TOOLS to a folder that has helm',
    );
  });
});

describe('the tools of the pinned versions', () => {
  test(
    'helm knows its own version and that of Kubernetes, which charts ask it for',
    async () => {
      expect(await outputOf(await toolPath('helm', tell), 'version')).toMatch(/Version:"v4\.3\.1".*KubeClientVersion:"v1\.\d+"/);
    },
    buildMs,
  );

  test(
    'promtool knows its version',
    async () => {
      expect(await outputOf(await toolPath('promtool', tell), '--version')).toMatch(/^promtool, version 0\.315\.0 /);
    },
    buildMs,
  );

  test(
    'a tool that is built is taken as it is, by a process that has no Go',
    async () => {
      const path = await toolPath('status-judge', tell);
      const cache = join(path, '../../..');
      expect(await toolPath('status-judge', tell, { TENANT_EDGE_CACHE: cache, PATH: '' })).toBe(path);
    },
    buildMs,
  );
});
