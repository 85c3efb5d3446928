import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { listAt, textAt } from '../environment/control-plane/json.ts';
import { objectOf, objectsIn, openRenderer, type Renderer, valuesOf, withValue } from './chart.ts';
import type { Values } from './world.ts';

/** What `--help` says of an option: where it is given, and what it may be. */
type Told = { readonly flag: string; readonly variable: string; readonly range: string };

const options: readonly Told[] = (() => {
  const told = readConfig({ args: ['--help'], env: {} });
  const text = told.is === 'help' ? told.text : '';
  return [...text.matchAll(/^ {2}--(\S+) <.*> {3}(\S+)\n.*\n {6}(.*); .*$/gm)].map(([, flag = '', variable = '', range = '']) => ({ flag, variable, range }));
})();

/** Where the value of an option is. Those without one say why. */
const places: Readonly<Record<string, string | { readonly because: string }>> = {
  'installation-id': 'installationId',
  kubeconfig: { because: 'a pod speaks to the API server of its own cluster' },
  context: { because: 'a pod has no kubeconfig' },
  'dns-servers': 'controller.dnsServers',
  'leader-election': 'controller.leaderElection.enabled',
  'lease-duration': 'controller.leaderElection.leaseDuration',
  'lease-namespace': { because: 'it is that of the pod, in which it may write leases' },
  'workers-tenant-domain': 'controller.workers.tenantDomain',
  'workers-edge-tier': 'controller.workers.edgeTier',
  resync: 'controller.resync',
  'fleet-poll': 'controller.fleetPoll',
  'pass-deadline': 'controller.passDeadline',
  graceful: 'controller.graceful',
  'acm-certificates-per-year': 'controller.acmCertificatesPerYear',
  'connection-group-linger': 'controller.connectionGroupLinger',
  'rate-cloudfront-read': 'controller.rates.cloudFrontRead',
  'rate-cloudfront-mutate': 'controller.rates.cloudFrontMutate',
  'rate-acm-request-certificate': 'controller.rates.acmRequestCertificate',
  'rate-acm-describe-certificate': 'controller.rates.acmDescribeCertificate',
  'rate-acm-delete-certificate': 'controller.rates.acmDeleteCertificate',
  'rate-acm-list-certificates': 'controller.rates.acmListCertificates',
  'rate-acm-list-tags': 'controller.rates.acmListTags',
  'rate-acm-add-tags': 'controller.rates.acmAddTags',
  'rate-acm-search-certificates': 'controller.rates.acmSearchCertificates',
  'rate-wafv2-read': 'controller.rates.wafv2Read',
  'rate-wafv2-mutate': 'controller.rates.wafv2Mutate',
  'metrics-port': 'metrics.port',
  'health-port': 'probes.port',
  'log-level': 'controller.logLevel',
};

const withPlace = options.flatMap((option) => {
  const place = places[option.flag];
  return typeof place === 'string' ? [{ ...option, place, path: place.split('.') }] : [];
});

let renderer: Renderer;
beforeAll(async () => {
  renderer = await openRenderer();
});
afterAll(() => renderer.close());

const fields: Readonly<Record<string, string>> = { 'metadata.namespace': 'edge-system' };

/** What the process is told by the pod: its arguments and environment, fields of the pod resolved. */
const originOf = async (values: Values): Promise<{ readonly args: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> }> => {
  const [container] = listAt(objectOf(objectsIn(await renderer.text(values)), 'Deployment'), 'spec', 'template', 'spec', 'containers');
  const env = listAt(container, 'env').map((variable) => [textAt(variable, 'name') ?? '', textAt(variable, 'value') ?? fields[textAt(variable, 'valueFrom', 'fieldRef', 'fieldPath') ?? '']]);
  return { args: listAt(container, 'args').map(String), env: Object.fromEntries(env) };
};

describe('the options of the controller', () => {
  test('are all there, with a value or a reason to have none', () => {
    expect(options.map(({ flag }) => flag).toSorted()).toEqual(Object.keys(places).toSorted());
    expect(options.length).toBeGreaterThan(25);
  });

  test('are what the process says itself where no value is given', async () => {
    const { args, env } = await originOf(valuesOf('default'));
    const kubernetes = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
    const bare = readConfig({ args: ['--installation-id=main'], env: kubernetes });
    const charts = readConfig({ args, env: { ...env, ...kubernetes } });
    expect(charts).toEqual({ ...bare, config: { ...(bare.is === 'config' ? bare.config : {}), leaseNamespace: 'edge-system' } });
  });

  test('are understood by the process when all are given', async () => {
    expect(await originOf(valuesOf('full')).then(({ args }) => readConfig({ args, env: {} }))).toMatchObject({
      is: 'config',
      config: { installationId: 'platform-eu', leaseDurationMs: 15_000, certificatesPerYear: 1_000_000, dnsServers: ['10.0.0.10:53', '[fd00::10]:5353'], rates: { 'acm.ListCertificates': 0.5 } },
    });
  });

  test.each(withPlace)('can be chosen: --$flag by $place', async ({ flag }) => {
    const [full, plain] = await Promise.all([originOf(valuesOf('full')), originOf(valuesOf('minimal'))]);
    const given = full.args.find((arg) => arg.startsWith(`--${flag}=`));
    expect(given).toBeDefined();
    expect(plain.args).not.toContain(given);
  });
});

/** The bounds of a range in words, with a step beyond each. */
const beyond = (range: string): readonly (string | number)[] => {
  const [, min, minUnit = '', max, maxUnit = ''] = /^([\d.]+)([a-z]*) to ([\d.]+)([a-z]*)$/.exec(range) ?? [];
  if (min === undefined) return [];
  const [below, above] = [Number(min) / 2, Number(max) + 1];
  return minUnit === '' ? [below, above].filter((each) => Number.isInteger(Number(min)) ? Number.isInteger(each) && each !== Number(min) : true) : [`${below}${minUnit}`, `${above}${maxUnit}`];
};

const refused = withPlace.flatMap(({ flag, path, range }) => beyond(range).map((value) => ({ flag, path, value, range })));

describe('a value that the process would refuse at its start', () => {
  test('is tried for every range', () => {
    expect(new Set(refused.map(({ flag }) => flag)).size).toBe(options.filter(({ range }) => / to \d/.test(range)).length);
  });

  test.each(refused)('is refused by helm: $value for --$flag', async ({ flag, path, value }) => {
    expect(readConfig({ args: ['--installation-id=main', `--${flag}=${value}`], env: {} })).toMatchObject({ is: 'mistaken' });
    const { code, stderr } = await renderer.attempt(withValue({ ...valuesOf('default'), terminationGracePeriodSeconds: 3_600 }, path, value));
    expect(code).not.toBe(0);
    expect(stderr).toMatch(new RegExp(`/${path.join('/')}'|${path.join('\\.')} is `));
  });
});
