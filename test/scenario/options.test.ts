import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';

const shop = 'shop.acme.example';

const overrides: Partial<EdgeTierSpec> = {
  parameters: [{ name: 'site', value: 'default' }],
  tenantOverrides: {
    parameters: [{ name: 'site', format: 'Label' }],
    geoRestriction: { allow: ['Allow', 'None'] },
    webACL: { allow: ['Disabled', 'TaggedARN'] },
    connectionGroup: { allow: ['isolated'] },
  },
};

const choices: Scenario = {
  file: 'options-change',
  name: 'each choice of a tenant is one update, and taking it back is another',
  given: (stage) => stage.tier('basic', { ...overrides, distributionId: stage.distributions.enterprise }),
  steps: (stage) => [
    ...served(stage),
    { name: 'countries', act: () => stage.tenant({ geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] } }), until: () => stage.isReady() },
    { name: 'a parameter, and all countries', act: () => stage.tenant({ parameters: [{ name: 'site', value: 'acme' }] }), until: () => stage.isReady() },
    { name: 'another connection group, and the parameter of the tier', act: () => stage.tenant({ connectionGroup: 'isolated' }), until: () => stage.isReady() },
    { name: 'no web ACL, and the default group', act: () => stage.tenant({ webACL: { type: 'Disabled' } }), until: () => stage.isReady() },
    { name: 'what the tier says', act: () => stage.tenant(), until: () => stage.isReady() },
  ],
};

const denied: Scenario = {
  file: 'options-denied',
  name: 'a choice that the tier does not allow changes nothing, and says what to do',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'countries',
      act: () => stage.tenant({ geoRestriction: { type: 'Allow', countries: ['DE'] } }),
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'OverrideNotAllowed'),
    },
    { name: 'the choice is taken back', act: () => stage.tenant(), changesNothing: 'in AWS', until: () => stage.isReady() },
  ],
};

const webAcl: Scenario = {
  file: 'web-acl-tagged',
  name: "a tenant's own web ACL is used once its tag allows it",
  given: (stage) => stage.tier('basic', { ...overrides, distributionId: stage.distributions.enterprise }),
  steps: (stage) => {
    const acl = stage.operator.createWebACL({ name: 'acme' });
    return [
      ...served(stage),
      {
        name: 'the web ACL is chosen',
        act: () => stage.tenant({ webACL: { type: 'Existing', arn: acl.arn } }),
        afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'WebACLNotAllowed'),
      },
      { name: 'its owner tags it', act: () => stage.operator.tag(acl.arn, { 'tenantedge.dev/allow-namespace': 'acme' }), until: () => stage.isReady() },
    ];
  },
};

const tierWebAcl: Scenario = {
  file: 'web-acl-of-tier',
  name: 'a web ACL that the tier is given reaches its tenants, and leaves them again',
  steps: (stage) => {
    const acl = stage.operator.createWebACL({ name: 'basic' });
    const has = (): boolean => stage.world.simulator.inspect.tenants().some(({ customizations }) => customizations.WebAcl !== undefined);
    return [
      ...served(stage),
      { name: 'the tier gets a web ACL', act: () => stage.tier('basic', { webACL: { type: 'Existing', arn: acl.arn } }), until: () => has() && stage.isReady() },
      { name: 'the tier has none', act: () => stage.tier('basic'), until: () => !has() && stage.isReady() },
    ];
  },
};

const disabled: Scenario = {
  file: 'disabled-and-enabled',
  name: 'a disabled tenant keeps everything and serves nothing, until it is enabled',
  steps: (stage) => [
    ...served(stage),
    { name: 'it is disabled', act: () => stage.tenant({ enabled: false }), removes: [shop], afterMs: hours, until: () => stage.is('Ready', 'EnabledFalse') },
    { name: 'it is enabled', act: () => stage.tenant({ enabled: true }), until: () => stage.isReady() },
  ],
};

const bornDisabled: Scenario = {
  file: 'disabled-from-the-start',
  name: 'a tenant that is disabled from the start is prepared, and enabled in one update',
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant({ enabled: false }), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.is('Ready', 'EnabledFalse') },
    { name: 'it is enabled', act: () => stage.tenant({ enabled: true }), until: () => stage.isReady() },
  ],
};

playAll([choices, denied, webAcl, tierWebAcl, disabled, bornDisabled]);
