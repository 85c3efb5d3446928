import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';

const shop = 'shop.acme.example';

const caa: Scenario = {
  file: 'certificate-caa',
  name: 'a certificate that a CAA record forbids is asked for again, slower each time, and comes once that is mended',
  steps: (stage) => [
    { name: 'the domain lets nobody but others issue', act: () => stage.operator.setCaa('acme.example', 'forbids'), until: () => true },
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.is('Ready', 'ValidationFailed') },
    { name: 'half a day goes by', afterMs: 12 * hours, until: () => stage.is('Ready', 'ValidationFailed') },
    { name: 'the CAA record is mended', act: () => stage.operator.setCaa('acme.example', 'allows'), until: () => stage.isReady(), withinMs: 25 * hours },
  ],
};

const timedOut: Scenario = {
  file: 'certificate-timed-out',
  name: 'a customer who takes six days gets a second certificate once the record is there, and the record is the same',
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    { name: 'nothing comes for 73 hours', afterMs: 73 * hours, until: () => stage.is('Ready', 'ValidationTimedOut') },
    { name: 'nor for three days more', afterMs: 72 * hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'ValidationTimedOut') },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady(), withinMs: 20 * minutes },
  ],
};

const hopeless: Scenario = {
  file: 'certificate-not-public',
  name: 'names that ACM never issues for are asked for once, again when the failed certificate is deleted, and again when they change',
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    {
      name: 'ACM refuses the name',
      act: () => stage.world.simulator.inspect.certificates().forEach(({ arn }) => stage.operator.failCertificate(arn, 'INVALID_PUBLIC_DOMAIN')),
      until: () => stage.is('Stalled', 'ValidationFailed'),
    },
    { name: 'two days go by', afterMs: 48 * hours, changesNothing: 'in AWS', until: () => stage.is('Stalled', 'ValidationFailed') },
    {
      name: 'somebody deletes the certificate in ACM',
      act: () => stage.world.simulator.inspect.certificates().forEach(({ arn }) => stage.operator.deleteCertificate(arn)),
      until: () => stage.is('Ready', 'WaitingForCustomerDNS'), withinMs: 20 * minutes,
    },
    { name: 'the name is corrected', act: () => stage.tenant({ domains: ['www.acme.example'] }), until: () => stage.is('Ready', 'WaitingForCustomerDNS') && stage.world.simulator.inspect.certificates().map(({ names }) => names.join(' ')).join(', ') === 'www.acme.example' },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const hidden: Scenario = {
  file: 'certificate-shown-late',
  name: 'a certificate that ACM shows a minute after it was requested is waited for, and no other is requested',
  knobs: { certificateHiddenMs: [minutes, minutes] },
  steps: (stage) => served(stage),
};

const hiddenDeleted: Scenario = {
  file: 'certificate-shown-late-delete',
  name: 'a tenant deleted before ACM shows its certificate leaves none behind',
  knobs: { certificateHiddenMs: [minutes, minutes] },
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.world.simulator.inspect.certificates().length === 1 },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), until: () => stage.isGone() },
  ],
};

const byHand: Scenario = {
  file: 'certificate-deleted-by-hand',
  name: 'a serving certificate that is deleted by hand is followed by another',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'somebody deletes the certificate',
      act: () => stage.world.simulator.inspect.certificates().forEach(({ arn }) => stage.operator.deleteCertificate(arn)),
      interrupts: [shop], until: () => stage.world.simulator.serves(shop).served && stage.isReady(), withinMs: 30 * minutes,
    },
  ],
};

const pendingByHand: Scenario = {
  file: 'certificate-pending-deleted-by-hand',
  name: 'a pending certificate that is deleted by hand is followed by another, with the same record',
  knobs: { tokenOutlivesDeletion: true },
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => stage.knowsRecords() },
    {
      name: 'somebody deletes the certificate',
      act: () => stage.world.simulator.inspect.certificates().forEach(({ arn }) => stage.operator.deleteCertificate(arn)),
      afterMs: 30 * minutes, until: () => stage.is('Ready', 'WaitingForCustomerDNS'),
    },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const mayBring: Partial<EdgeTierSpec> = { tenantOverrides: { certificate: { allow: ['TaggedARN'] } } };

const given: Scenario = {
  file: 'certificate-given',
  name: 'a certificate given by ARN serves once its tag allows it, and the own one goes',
  given: (stage) => stage.tier('basic', mayBring),
  steps: (stage) => {
    const { arn } = stage.operator.importCertificate({ names: [shop] });
    return [
      ...served(stage),
      {
        name: 'another certificate is given',
        act: () => stage.tenant({ certificate: { arn } }),
        afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'CertificateNotAllowed'),
      },
      {
        name: 'its owner tags it',
        act: () => stage.operator.tag(arn, { 'tenantedge.dev/allow-namespace': 'acme' }),
        until: () => stage.isReady() && stage.world.simulator.inspect.certificates().length === 1,
      },
      { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: [shop], until: () => stage.isGone() },
    ];
  },
};

const ofDistribution: Scenario = {
  file: 'certificate-of-distribution',
  name: "a platform subdomain is served with the distribution's own certificate, in two calls",
  given: (stage) => {
    const { arn } = stage.operator.importCertificate({ names: ['*.platform.example'] });
    const { id } = stage.operator.createDistribution({ parameters: [], certificateArn: arn });
    stage.tier('basic', { distributionId: id, certificate: { issuer: 'Distribution' } });
  },
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant({ domains: ['acme.platform.example'] }), until: () => stage.isReady() },
    {
      name: 'a name that the certificate does not cover',
      act: () => stage.tenant({ domains: ['acme.platform.example', shop] }),
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'CertificateNotCovering'),
    },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: ['acme.platform.example'], until: () => stage.isGone() },
  ],
};

playAll([caa, timedOut, hopeless, hidden, hiddenDeleted, byHand, pendingByHand, given, ofDistribution]);
