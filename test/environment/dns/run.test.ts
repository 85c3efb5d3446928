import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResolver } from '../../../src/dns/resolver.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { zonesFrom } from './zone-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenant-edge-dns-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('node test/environment/dns/run.ts', () => {
  it('serves the records of a file until it is interrupted', async () => {
    const file = join(folder, 'zone.json');
    await writeFile(file, JSON.stringify({ 'shop.brand.test': { CNAME: ['d1.cloudfront.net'] }, 'lame.test': { misbehave: 'refused' } }));
    const server = spawn(process.execPath, [fileURLToPath(new URL('run.ts', import.meta.url)), file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(server, 'exit');
    const line = await new Promise<string>((resolve) => createInterface(server.stdout).once('line', resolve));
    const [address] = /127\.0\.0\.1:\d+/.exec(line) ?? [];
    const dns = createResolver({ servers: [address ?? line], timeoutMs: 5000, tries: 1, clock: systemClock });
    const { signal } = new AbortController();
    expect(await dns.lookUp({ name: 'shop.brand.test', type: 'CNAME' }, signal)).toEqual({ is: 'found', values: ['d1.cloudfront.net'] });
    expect(await dns.lookUp({ name: 'lame.test', type: 'A' }, signal)).toEqual({ is: 'failed', reason: 'REFUSED' });
    server.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });
});

describe('zonesFrom', () => {
  it('reads records of every type', () => {
    const zones = zonesFrom('{"a.test": {"A": ["192.0.2.1"], "TXT": ["one", ["two", "strings"]]}}');
    const strings = [[Buffer.from('one')], [Buffer.from('two'), Buffer.from('strings')]];
    expect(zones.answer({ name: 'a.test', type: 'TXT' })).toMatchObject({ is: 'records', records: strings.map((of) => ({ strings: of })) });
    expect(zones.answer({ name: 'a.test', type: 'A' })).toMatchObject({ is: 'records', records: [{ target: '192.0.2.1' }] });
  });

  it.each([
    { name: 'a list', json: '[]', want: 'the file holds no object' },
    { name: 'a name without types', json: '{"a.test": "192.0.2.1"}', want: '"a.test" holds no object' },
    { name: 'a type that it does not serve', json: '{"a.test": {"MX": ["mail.test"]}}', want: '"a.test" has "MX"' },
    { name: 'a value that is no list', json: '{"a.test": {"A": "192.0.2.1"}}', want: '"a.test" has "A"' },
    { name: 'a misbehaviour that it does not know', json: '{"a.test": {"misbehave": "sulk"}}', want: '"a.test" has "misbehave"' },
  ])('refuses $name', ({ json, want }) => {
    expect(() => zonesFrom(json)).toThrow(want);
  });
});
