import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';

const create: Scenario = {
  file: 'create',
  name: 'a tenant is served from one manifest and two records of its customer',
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points the domain here', act: () => stage.customerAdds(), until: () => stage.is('DNSConfigured', 'Configured') },
  ],
};

const lateDns: Scenario = {
  file: 'late-dns',
  name: 'a customer who takes two days is waited for, and noticed within minutes',
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    { name: 'nothing comes for two days', afterMs: 48 * hours, until: () => stage.is('Ready', 'WaitingForCustomerDNS') },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady(), withinMs: 15 * minutes },
  ],
};

const remove: Scenario = {
  file: 'delete',
  name: 'a deleted tenant takes everything with it that it had in AWS',
  steps: (stage) => [
    ...served(stage),
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: ['shop.acme.example'], until: () => stage.isGone() },
  ],
};

const removeWhileUsed: Scenario = {
  file: 'delete-lingering',
  name: 'a certificate that ACM still sees in use holds a deletion, and is deleted in the end',
  knobs: { certificateUseLingerMs: [15 * minutes, 15 * minutes] },
  steps: (stage) => [
    ...served(stage),
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: ['shop.acme.example'], until: () => stage.is('CertificateReady', 'InUse') },
    { name: 'ACM sees that nothing uses it', until: () => stage.isGone(), withinMs: hours },
  ],
};

const removeWhileCreating: Scenario = {
  file: 'delete-while-creating',
  name: 'a tenant deleted while its certificate waits leaves nothing behind',
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), until: () => stage.isGone() },
  ],
};

const removeWhileDeploying: Scenario = {
  file: 'delete-while-deploying',
  name: 'a tenant deleted while CloudFront deploys it is disabled, deleted, and leaves nothing behind',
  knobs: { tenantDeployMs: [3 * minutes, 3 * minutes] },
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.is('Programmed', 'Deploying') },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: ['shop.acme.example'], until: () => stage.isGone() },
  ],
};

const recreate: Scenario = {
  file: 'recreate',
  name: 'a tenant recreated under the same name within the hour gets a certificate of its own, not the deleted one',
  knobs: { tokenOutlivesDeletion: true },
  steps: (stage) => [
    ...served(stage),
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: ['shop.acme.example'], until: () => stage.isGone() },
    { name: 'the tenant is applied again, its record still there', act: () => stage.tenant(), until: () => stage.isReady(), withinMs: 10 * minutes },
  ],
};

const retain: Scenario = {
  file: 'retain',
  name: 'a tenant deleted with deletionPolicy Retain is served on, and the notice names what stays',
  retained: ['acme/shop'],
  steps: (stage) => [
    ...served(stage, { deletionPolicy: 'Retain' }),
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), until: () => stage.isGone() },
    { name: 'the tenant is applied again, and finds what stayed', act: () => stage.tenant({ deletionPolicy: 'Retain' }), until: () => stage.isReady() },
  ],
};

playAll([create, lateDns, remove, removeWhileUsed, removeWhileCreating, removeWhileDeploying, recreate, retain]);
