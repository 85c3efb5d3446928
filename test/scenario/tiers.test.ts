import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { namespace, type Stage } from './stage.ts';
import { served } from './stories.ts';

const shop = 'shop.acme.example';

/** A second tier, on the distribution that requires a parameter. */
const enterprise = (stage: Stage): void =>
  stage.tier('enterprise', { distributionId: stage.distributions.enterprise, parameters: [{ name: 'site', value: 'acme' }], defaultConnectionGroup: 'isolated' });

const move: Scenario = {
  file: 'tier-change',
  name: 'a tenant moves to another tier without a break, in one update',
  given: (stage) => {
    stage.tier('basic');
    enterprise(stage);
  },
  steps: (stage) => [
    ...served(stage),
    { name: 'the tier is changed', act: () => stage.tenant({ tierRef: { name: 'enterprise' } }), until: () => stage.isReady() },
  ],
};

const missing: Scenario = {
  file: 'tier-missing',
  name: 'a tenant that comes before its tier goes on as soon as the tier is there',
  given: () => undefined,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'TierNotFound') },
    { name: 'the tier is applied', act: () => stage.tier('basic'), until: () => stage.knowsRecords(), withinMs: minutes },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const gone: Scenario = {
  file: 'tier-deleted',
  name: 'a tier deleted while it is used waits for its last tenant, and serves it meanwhile',
  steps: (stage) => [
    ...served(stage),
    { name: 'the tier is deleted', act: () => stage.world.cluster.delete('EdgeTier', 'basic'), afterMs: hours, changesNothing: 'in AWS', until: () => stage.isReady() },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: [shop], until: () => stage.isGone() && stage.world.tier('basic') === undefined },
  ],
};

const torn: Scenario = {
  file: 'tier-torn-out',
  name: 'a tier torn out by force freezes its tenants: they are served on, and their deletion retains',
  retained: ['acme/shop'],
  steps: (stage) => [
    ...served(stage),
    {
      name: 'the tier is deleted past its finalizer',
      act: () => {
        stage.world.cluster.delete('EdgeTier', 'basic');
        stage.world.cluster.edit('EdgeTier', 'basic', { metadata: { finalizers: null } });
      },
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Accepted', 'TierNotFound'),
    },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), changesNothing: 'in AWS', until: () => stage.isGone() },
  ],
};

const selective: Partial<EdgeTierSpec> = { allowedNamespaces: { from: 'Selector', selector: { matchLabels: { plan: 'basic' } } } };

const withdrawn: Scenario = {
  file: 'permission-withdrawn',
  name: 'a namespace that may no longer use the tier is frozen, never cut, and given back it goes on',
  given: (stage) => stage.tier('basic', selective),
  steps: (stage) => [
    ...served(stage),
    {
      name: 'the label is taken away',
      act: () => stage.world.apply(namespace('acme', {})),
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'NamespaceNotAllowed'),
    },
    {
      name: 'another name is asked for',
      act: () => stage.tenant({ domains: [shop, 'www.acme.example'] }),
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'NamespaceNotAllowed'),
    },
    { name: 'the label is back', act: () => stage.world.apply(namespace('acme', { plan: 'basic' })), until: () => stage.knowsRecords() },
    { name: 'the customer adds the new validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const frozenDeleted: Scenario = {
  file: 'permission-withdrawn-delete',
  name: 'a frozen tenant can be deleted, with everything it had in AWS',
  given: (stage) => stage.tier('basic', selective),
  steps: (stage) => [
    ...served(stage),
    {
      name: 'the label is taken away',
      act: () => stage.world.apply(namespace('acme', {})),
      changesNothing: 'in AWS', until: () => stage.is('Ready', 'NamespaceNotAllowed'),
    },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: [shop], until: () => stage.isGone() },
  ],
};

playAll([move, missing, gone, torn, withdrawn, frozenDeleted]);
