import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';
import { annotate, read } from './tier-words.ts';

const shop = 'acme/shop';

const www = ['shop.acme.example', 'www.acme.example'];

const born: Scenario = {
  file: 'restraint-dry-run-new',
  name: 'a new tenant in a dry run leaves AWS as it is, and tells what would be done first',
  steps: (stage) => [
    {
      name: 'the tenant is applied, with the annotation',
      act: () => {
        stage.tenant();
        annotate(stage, shop, 'dry-run');
      },
      afterMs: 12 * hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'DryRun') && stage.world.tenant(shop)?.metadata.finalizers === undefined,
    },
    read(stage, [shop, 'Accepted', 'CertificateReady', 'Programmed', 'Ready', 'Reconciling', 'Stalled']),
    { name: 'the annotation is taken away', act: () => annotate(stage, shop, 'dry-run', 'absent'), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const domains: Scenario = {
  file: 'restraint-dry-run-domains',
  name: 'another name in a dry run is told step by step, and the tenant is served as before',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'another name is asked for, with the annotation',
      act: () => {
        annotate(stage, shop, 'dry-run');
        stage.tenant({ domains: www });
      },
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'DryRun'),
    },
    read(stage, [shop, 'CertificateReady', 'Programmed', 'Ready']),
    { name: 'the tenant is to be disabled instead', act: () => stage.tenant({ enabled: false }), afterMs: minutes, changesNothing: 'in AWS', until: () => stage.is('Ready', 'DryRun') },
    read(stage, [shop, 'Programmed', 'Ready']),
    { name: 'the first wish again, without the annotation', act: () => {
      stage.tenant({ domains: www });
      annotate(stage, shop, 'dry-run', 'absent');
    }, until: () => stage.knowsRecords() },
    { name: 'the customer adds the new validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const deletion: Scenario = {
  file: 'restraint-dry-run-deletion',
  name: 'a deletion in a dry run waits, and tells what would be done; without it everything goes',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'the tenant is deleted, with the annotation',
      act: () => {
        annotate(stage, shop, 'dry-run');
        stage.deleteTenant();
      },
      afterMs: 12 * hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'DryRun') && !stage.isGone(),
    },
    read(stage, [shop, 'Accepted', 'CertificateReady', 'Programmed', 'Ready']),
    { name: 'the annotation is taken away', act: () => annotate(stage, shop, 'dry-run', 'absent'), removes: ['shop.acme.example'], until: () => stage.isGone() },
  ],
};

const paused: Scenario = {
  file: 'restraint-paused',
  name: 'what somebody changes of a paused tenant stays so, its deletion waits, and both are done afterwards',
  steps: (stage) => {
    const isFenced = (): boolean => stage.world.simulator.inspect.tenants().some(({ customizations }) => customizations.GeoRestrictions !== undefined);
    const drift = (): void => {
      const [tenant] = stage.world.simulator.inspect.tenants();
      stage.operator.editTenant(tenant?.id ?? '', { Customizations: { ...tenant?.customizations, GeoRestrictions: { RestrictionType: 'whitelist', Locations: ['DE'] } } });
    };
    return [
      ...served(stage),
      { name: 'it is paused', act: () => annotate(stage, shop, 'paused'), until: () => stage.is('Ready', 'Paused') },
      read(stage, [shop, 'Programmed', 'Ready', 'Reconciling', 'Stalled']),
      { name: 'somebody restricts it to a country', act: drift, afterMs: 12 * hours, changesNothing: 'in AWS', until: () => isFenced() && stage.is('Programmed', 'Paused') },
      read(stage, [shop, 'Programmed', 'Ready']),
      { name: 'the pause ends', act: () => annotate(stage, shop, 'paused', 'absent'), until: () => !isFenced() && stage.isReady(), withinMs: 10 * minutes },
      { name: 'it is paused again, and deleted', act: () => {
        annotate(stage, shop, 'paused');
        stage.deleteTenant();
      }, afterMs: 12 * hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'Paused') && !stage.isGone() },
      read(stage, [shop, 'Accepted', 'Programmed', 'Ready']),
      { name: 'the pause ends again', act: () => annotate(stage, shop, 'paused', 'absent'), removes: ['shop.acme.example'], until: () => stage.isGone() },
    ];
  },
};

playAll([born, domains, deletion, paused]);
