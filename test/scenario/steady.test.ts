import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';

const shop = 'shop.acme.example';

const settled: Scenario = {
  file: 'settled',
  name: 'a settled tenant is silent: no write and no call of its own between resyncs',
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points the domain here', act: () => stage.customerAdds(), afterMs: minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    { name: 'eight hours go by', afterMs: 8 * hours, changesNothing: 'anywhere', until: () => true },
  ],
};

const restart: Scenario = {
  file: 'restart',
  name: 'another process finds all as it is, and changes nothing',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'the process is killed, and another one starts',
      act: () => {
        stage.world.kill();
        stage.start();
      },
      afterMs: 8 * hours, changesNothing: 'in AWS', until: () => stage.isReady(),
    },
  ],
};

const rebuilt: Scenario = {
  file: 'rebuilt-cluster',
  name: 'a cluster rebuilt from the same manifests finds its resources again, without a change in AWS',
  steps: (stage) => [
    ...served(stage, { domains: [shop, 'www.acme.example'] }),
    {
      name: 'the cluster is lost, and rebuilt',
      act: () => {
        stage.world.kill();
        stage.world.cluster.rebuild();
        stage.start();
      },
      changesNothing: 'in AWS', until: () => stage.isReady(), withinMs: 5 * minutes,
    },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: [shop, 'www.acme.example'], until: () => stage.isGone() },
  ],
};

const drift: Scenario = {
  file: 'drift',
  name: 'what somebody changes by hand is found within ten minutes, and put back in one update',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'somebody adds countries by hand',
      act: () => {
        const { customizations } = stage.world.simulator.inspect.tenants()[0] ?? { customizations: {} };
        stage.operator.editTenant(stage.tenantServing(shop), { Customizations: { ...customizations, GeoRestrictions: { RestrictionType: 'whitelist', Locations: ['DE'] } } });
      },
      until: () => stage.world.simulator.inspect.tenants().every(({ customizations }) => customizations.GeoRestrictions === undefined) && stage.isReady(), withinMs: 12 * minutes,
    },
    {
      name: 'somebody disables it by hand', interrupts: [shop],
      act: () => stage.operator.editTenant(stage.tenantServing(shop), { Enabled: false }), afterMs: minutes,
      until: () => stage.world.simulator.serves(shop).served && stage.isReady(), withinMs: 12 * minutes,
    },
  ],
};

const byHand: Scenario = {
  file: 'tenant-deleted-by-hand',
  name: 'a tenant that is deleted by hand is made again, and the event says so',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'somebody deletes the tenant',
      act: () => stage.operator.deleteTenant(stage.tenantServing(shop)),
      interrupts: [shop], until: () => stage.world.simulator.serves(shop).served && stage.isReady(), withinMs: 12 * minutes,
    },
  ],
};

const limit: Scenario = {
  file: 'tenant-limit',
  name: 'a tenant beyond the quota says so, and is made when the quota is raised',
  knobs: { maxTenants: 0 },
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.is('Ready', 'QuotaExceeded') },
    { name: 'half an hour goes by', afterMs: 30 * minutes, until: () => stage.is('Ready', 'QuotaExceeded') },
    { name: 'the quota is raised', act: () => (stage.world.simulator.knobs.maxTenants = 10), until: () => stage.isReady(), withinMs: 15 * minutes },
  ],
};

playAll([settled, restart, rebuilt, drift, byHand, limit]);
