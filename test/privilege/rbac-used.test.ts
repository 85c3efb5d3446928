import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../environment/control-plane/wait.ts';
import { grantedRights, type Right, rightsManifests } from '../environment/control-plane/install-manifest.ts';
import { type Audited, auditOf } from '../real/audit.ts';
import { faultsIn } from '../real/oracles.ts';
import { Stage } from '../real/stage.ts';
import { account } from './cluster.ts';
import { mergePatch, tenantsPath, tiersPath } from './people.ts';

const seconds = 1_000;
const elected = ['--leader-election', 'on', '--lease-duration', '10s'];

/** The one verb that no request has: the admission policies ask for it. */
const asked = 'reconcile tenantedge.dev/edgetiers';

const named = ({ verb, group, resource, namespace, name }: Right): string => `${verb} ${group}/${resource}${name === undefined ? '' : ` ${namespace ?? ''}/${name}`}`;

/** A request in the words of a right: with its object, where the role gives that verb on named objects only. */
const rightUsedBy = ({ verb, resource, object }: Audited, rights: readonly Right[]): string => {
  const byName = rights.some((right) => right.name !== undefined && right.verb === verb && `${right.group}/${right.resource}` === resource);
  return `${verb} ${resource}${byName ? ` ${object}` : ''}`;
};

let stage: Stage;

beforeAll(async () => {
  // A server that does not stream listings, so that the controller lists in pages and then watches: every verb of reading.
  stage = await Stage.start({ seed: 71, apiServerFlags: ['--feature-gates=WatchList=false'] });
});

afterAll(() => stage.stop());

const annotate = (key: string, value: string | null): Promise<unknown> => {
  const [namespace = '', name = ''] = key.split('/');
  return stage.world.controlPlane.admin.request('PATCH', `${tenantsPath(namespace)}/${name}`, { metadata: { annotations: { 'tenantedge.dev/paused': value } } }, mergePatch);
};

const groupsCalled = (): number => stage.world.simulator.inspect.connectionGroups().filter(({ tags }) => tags['tenantedge.dev/owner'] === '/own').length;

test('the controller has every right that it uses in its life, and no other', { timeout: 300 * seconds }, async () => {
  const controllers = [await stage.startController(elected)];
  stage.point('acme-shop.platform.example');
  await stage.tier('own', { connectionGroups: [{ name: 'own', type: 'Managed', managed: { ipv6: true } }], defaultConnectionGroup: 'own' });
  await stage.platformTenant('acme/shop');
  await stage.platformTenant('globex/leaves');
  await Promise.all([stage.served('acme/shop'), stage.served('globex/leaves'), waitFor('the group', 60 * seconds, async () => (groupsCalled() === 1 ? true : undefined))]);
  await stage.delete('globex/leaves');
  await stage.world.controlPlane.admin.request('DELETE', `${tiersPath}/own`);
  // The same said twice is one event, counted.
  for (const value of ['true', null, 'true', null]) {
    await annotate('acme/shop', value);
    await stage.until('acme/shop', `to be ${value === null ? 'let go' : 'paused'}`, 60 * seconds, ({ status }) => status?.conditions?.some(({ type, reason }) => type === 'Ready' && (reason === 'Paused') === (value !== null)) ?? false);
  }
  // The next one leads from here on.
  controllers.push(await stage.startController(elected));
  await controllers[0]?.process.stop(25 * seconds);
  await stage.platformTenant('acme/shop', { geoRestriction: { type: 'Allow', countries: ['DE'] } });
  await stage.served('acme/shop');
  await Promise.all([stage.gone('globex/leaves', 240 * seconds), waitFor('tier own to be gone', 240 * seconds, async () => (stage.witness.tiers.get('own') === undefined ? true : undefined))]);
  await controllers[1]?.process.stop(25 * seconds);

  const rights = grantedRights(await rightsManifests(account.manifestPath), account);
  const used = new Set((await auditOf(stage.world.controlPlane.directory)).map((request) => rightUsedBy(request, rights)));
  expect(rights.map(named).toSorted()).toEqual([...used, asked].toSorted());
  // So such a server says that it does not stream them.
  expect((await faultsIn(stage, controllers)).toSorted()).toEqual(['/namespaces', 'tenantedge.dev/edgetiers', 'tenantedge.dev/tenantdomains'].map((kind) => `watch ${kind} : 422`));
});
