import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Dns } from '../../../reconcilers/ports/dns.ts';
import { createResolver } from '../../../src/dns/resolver.ts';
import { dnsOf } from '../../environment/dns/in-process.ts';
import { startDnsServer } from '../../environment/dns/server.ts';
import type { DnsServer } from '../../environment/dns/server.ts';
import type { Zones } from '../../environment/dns/zones.ts';
import { createZones } from '../../environment/dns/zones.ts';
import { createVirtualClock } from '../../virtual-clock.ts';
import type { VirtualClock } from '../../virtual-clock.ts';
import { aliasRows } from './alias-rows.ts';
import { failedRows } from './failed-rows.ts';
import { foundRows, missingRows } from './found-rows.ts';

const never = new AbortController().signal;
const question = { name: 'shop.brand.test', type: 'A' } as const;
const servers: DnsServer[] = [];

const start = async (zones: Zones): Promise<DnsServer> => {
  const server = await startDnsServer(zones);
  servers.push(server);
  return server;
};

type World = { readonly zones: Zones; readonly server: DnsServer; readonly clock: VirtualClock; readonly dns: Dns };

const createWorld = async (tries = 1): Promise<World> => {
  const zones = createZones();
  const server = await start(zones);
  const clock = createVirtualClock();
  return { zones, server, clock, dns: createResolver({ servers: [server.address], timeoutMs: 2000, tries, clock }) };
};

/** Resolves when that many questions have come in. */
const asked = (server: DnsServer, count: number): Promise<void> =>
  vi.waitFor(() => {
    expect(server.queries).toHaveLength(count);
  }, 5000);

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe('what DNS says, through packets and in process alike', () => {
  it.each([...foundRows, ...missingRows, ...failedRows, ...aliasRows])('$name', async ({ given, ask, want, over = ['udp'] }) => {
    const { zones, server, clock, dns } = await createWorld();
    given(zones);
    const answer = dns.lookUp(ask, never);
    await asked(server, over.length);
    if (want.is === 'failed') await clock.advance(2000);
    expect(await answer).toEqual(want);
    expect(server.queries.map(({ transport }) => transport)).toEqual(over);
    expect(clock.pending()).toBe(0);
    expect(await dnsOf(zones).lookUp(ask, never)).toEqual(want);
  });
});

describe('createResolver', () => {
  it('notices a record that was missing before, once the answer of then is 5 s old', async () => {
    const { zones, server, clock, dns } = await createWorld();
    expect(await dns.lookUp(question, never)).toEqual({ is: 'missing' });
    zones.set(question.name, 'A', ['192.0.2.1']);
    await clock.advance(4999);
    expect(await dns.lookUp(question, never)).toEqual({ is: 'missing' });
    await clock.advance(1);
    expect(await dns.lookUp(question, never)).toEqual({ is: 'found', values: ['192.0.2.1'] });
    expect(server.queries).toHaveLength(2);
  });

  it('asks once for ten thousand tenants of one endpoint', async () => {
    const { zones, server, dns } = await createWorld();
    zones.set('d1.cloudfront.net', 'A', ['192.0.2.1']);
    const askers = Array.from({ length: 10_000 }, () => dns.lookUp({ name: 'd1.cloudfront.net', type: 'A' }, new AbortController().signal));
    const answers = await Promise.all(askers);
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"is":"found","values":["192.0.2.1"]}']));
    expect(server.queries).toEqual([{ name: 'd1.cloudfront.net', type: 'A', transport: 'udp' }]);
  });

  it('asks again where a packet was lost', async () => {
    const { zones, server, dns } = await createWorld(3);
    zones.misbehave(question.name, 'silence');
    const answer = dns.lookUp(question, never);
    await asked(server, 1);
    zones.misbehave(question.name, undefined);
    zones.set(question.name, 'A', ['192.0.2.1']);
    expect(await answer).toEqual({ is: 'found', values: ['192.0.2.1'] });
  });

  it('asks the second server where the first does not serve', async () => {
    const { zones, server, clock } = await createWorld();
    zones.set(question.name, 'A', ['192.0.2.1']);
    const gone = await start(createZones());
    await gone.stop();
    const dns = createResolver({ servers: [gone.address, server.address], timeoutMs: 2000, tries: 1, clock });
    expect(await dns.lookUp(question, never)).toEqual({ is: 'found', values: ['192.0.2.1'] });
  });

  it('says so where no server listens', async () => {
    const { server, dns } = await createWorld();
    await server.stop();
    expect(await dns.lookUp(question, never)).toEqual({ is: 'failed', reason: 'connection refused' });
  });

  it('needs nothing of the machine to be made for its own servers', async () => {
    const dns = createResolver({ timeoutMs: 2000, tries: 1, clock: createVirtualClock() });
    expect(await dns.lookUp({ name: 'not askable', type: 'A' }, never)).toEqual({ is: 'failed', reason: 'not a name that can be asked for' });
  });

  it('ends with the reason of the abort, and leaves no timer and no query', async () => {
    const { zones, server, clock, dns } = await createWorld();
    zones.misbehave(question.name, 'silence');
    const pass = new AbortController();
    const answer = dns.lookUp(question, pass.signal);
    await asked(server, 1);
    pass.abort(new Error('lease lost'));
    await expect(answer).rejects.toThrow('lease lost');
    await clock.settle();
    expect(clock.pending()).toBe(0);
  });

  it('asks nothing for a pass that has been aborted', async () => {
    const { server, dns } = await createWorld();
    await expect(dns.lookUp(question, AbortSignal.abort(new Error('lease lost')))).rejects.toThrow('lease lost');
    expect(server.queries).toEqual([]);
  });
});
