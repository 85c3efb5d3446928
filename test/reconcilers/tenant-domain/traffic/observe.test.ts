import { describe, expect, test } from 'vitest';
import { type TrafficAddress, trafficObserver } from '../../../../reconcilers/tenant-domain/traffic/observe.ts';
import type { Sight, TrafficObserved } from '../../../../reconcilers/tenant-domain/traffic/traffic.ts';
import { dnsOf } from '../../../environment/dns/in-process.ts';
import { createZones, type Zones } from '../../../environment/dns/zones.ts';
import type { Knobs } from '../../../environment/aws/knobs.ts';
import { domains, look } from '../../builders.ts';
import { createStage } from '../../stage.ts';

const endpoint = 'd1.cloudfront.net';
/** What an account with one other connection group, and one that is disabled, sees. */
const at = async (zones: Zones, address: Partial<TrafficAddress>, knobs: Partial<Knobs> = {}): Promise<TrafficObserved> => {
  const stage = createStage(knobs);
  const { operator, inspect } = stage.simulator;
  operator.createConnectionGroup({ name: 'isolated' });
  operator.createConnectionGroup({ name: 'closed', enabled: false });
  for (const group of inspect.connectionGroups()) zones.set(`${group.name}.example.com`, 'CNAME', [group.endpoint]);
  return stage.landed(trafficObserver({ dns: dnsOf(zones), fleet: stage.fleet })({ names: [], endpoint, records: [], ...address }, look()));
};

type Row = { readonly name: string; readonly because: string; readonly domain?: string; readonly zones: (zones: Zones) => void; readonly want: TrafficObserved['names'][ReturnType<typeof domains>[number]] };
const found = (...values: readonly string[]) => ({ state: 'Found', values, apex: false }) as const;

const rows: readonly Row[] = [
  { name: 'no record', because: 'the customer has not begun', zones: () => undefined, want: { state: 'Missing', values: [], apex: false } },
  { name: 'a CNAME to the endpoint', because: 'that is what was asked for', zones: (zones) => zones.set('shop.example.com', 'CNAME', [endpoint]), want: found(endpoint) },
  {
    name: 'a chain of CNAMEs', because: 'it leads there too',
    zones: (zones) => {
      zones.set('shop.example.com', 'CNAME', ['proxy.example.net']);
      zones.set('proxy.example.net', 'CNAME', [endpoint]);
    },
    want: found('proxy.example.net'),
  },
  { name: 'a CNAME elsewhere', because: 'the old provider still serves', zones: (zones) => zones.set('shop.example.com', 'CNAME', ['old.example.net']), want: { state: 'Mismatch', values: ['old.example.net'], apex: false } },
  {
    name: 'a loop of CNAMEs', because: 'it ends nowhere',
    zones: (zones) => {
      zones.set('shop.example.com', 'CNAME', ['b.example.com']);
      zones.set('b.example.com', 'CNAME', ['shop.example.com']);
    },
    want: { state: 'Mismatch', values: ['b.example.com'], apex: false },
  },
  {
    name: 'an ALIAS', because: "from outside it shows as the endpoint's own addresses",
    zones: (zones) => {
      zones.set('shop.example.com', 'A', ['192.0.2.80']);
      zones.set(endpoint, 'A', ['192.0.2.80', '192.0.2.81']);
    },
    want: found('192.0.2.80'),
  },
  {
    name: 'addresses of somebody else', because: 'they are not ours',
    zones: (zones) => {
      zones.set('shop.example.com', 'A', ['198.51.100.2', '198.51.100.1']);
      zones.set(endpoint, 'A', ['192.0.2.80']);
    },
    want: { state: 'Mismatch', values: ['198.51.100.1', '198.51.100.2'], apex: false },
  },
  { name: 'a zone of its own', because: 'DNS allows no CNAME there', zones: (zones) => zones.set('shop.example.com', 'NS', ['ns.example.net']), want: { state: 'Missing', values: [], apex: true } },
  { name: 'a name whose servers fail', because: "that is never the customer's fault", zones: (zones) => zones.misbehave('shop.example.com', 'servfail'), want: { state: 'Unknown', values: [], apex: undefined } },
  {
    name: 'a chain that fails on its way', because: 'nobody knows where it leads',
    zones: (zones) => {
      zones.set('shop.example.com', 'CNAME', ['proxy.example.net']);
      zones.misbehave('proxy.example.net', 'refused');
    },
    want: { state: 'Unknown', values: ['proxy.example.net'], apex: undefined },
  },
  {
    name: 'addresses, while the endpoint cannot be read', because: 'they may be its own',
    zones: (zones) => {
      zones.set('shop.example.com', 'A', ['198.51.100.1']);
      zones.misbehave(endpoint, 'silence');
    },
    want: { state: 'Unknown', values: ['198.51.100.1'], apex: false },
  },
  { name: 'a wildcard', because: 'a wildcard cannot be asked for: a name below it stands for all', domain: '*.example.com', zones: (zones) => zones.set('*.example.com', 'CNAME', [endpoint]), want: found(endpoint) },
];

describe('what DNS says of a name', () => {
  test.each(rows)('$name: $because', async ({ domain = 'shop.example.com', zones: set, want }) => {
    const zones = createZones();
    set(zones);
    await expect(at(zones, { names: domains(domain) })).resolves.toEqual({ names: { [domain]: want }, records: {} });
  });

  test('without an endpoint there is nothing to compare with, but an apex is known', async () => {
    const zones = createZones();
    zones.set('example.com', 'NS', ['ns.example.net']);
    await expect(at(zones, { names: domains('example.com'), endpoint: undefined })).resolves.toEqual({ names: { 'example.com': { state: 'Unknown', values: [], apex: true } }, records: {} });
  });
});

describe('a name that leads to another connection group', () => {
  const seenAt = async (name: string, knobs: Partial<Knobs> = {}) => (await at(createZones(), { names: domains(name) }, knobs)).names;

  test('of this account is known to be served there still', async () => {
    await expect(seenAt('isolated.example.com')).resolves.toMatchObject({ 'isolated.example.com': { state: 'Mismatch', group: 'isolated' } });
  });

  test.each([
    { name: 'that is disabled serves nothing', domain: 'closed.example.com', knobs: {} },
    { name: 'is one like any other where the groups cannot be read', domain: 'isolated.example.com', knobs: { deniedActions: ['cloudfront:ListConnectionGroups'] } },
  ])('$name', async ({ domain, knobs }) => {
    expect(Object.values(await seenAt(domain, knobs))).toEqual([{ state: 'Mismatch', values: [expect.stringMatching(/^d\w+\.cloudfront\.net$/)], apex: false }]);
  });
});

describe('what DNS says of a record', () => {
  const record = { name: '_x.example.com', value: '_y.acm-validations.aws' };
  const records: readonly { name: string; zones: (zones: Zones) => void; want: Sight }[] = [
    { name: 'as it should be', zones: (zones) => zones.set(record.name, 'CNAME', [record.value]), want: { state: 'Found', values: [record.value] } },
    { name: 'with another value', zones: (zones) => zones.set(record.name, 'CNAME', ['_z.acm-validations.aws']), want: { state: 'Mismatch', values: ['_z.acm-validations.aws'] } },
    { name: 'that is not there', zones: () => undefined, want: { state: 'Missing', values: [] } },
    { name: 'that cannot be read', zones: (zones) => zones.misbehave(record.name, 'servfail'), want: { state: 'Unknown', values: [] } },
  ];
  test.each(records)('$name', async ({ zones: set, want }) => {
    const zones = createZones();
    set(zones);
    await expect(at(zones, { records: [record] })).resolves.toEqual({ names: {}, records: { [record.name]: want } });
  });
});
