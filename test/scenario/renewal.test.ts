import { certificates, cloudFrontTier, servedByCloudFront, shop, www } from './managed-words.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';
import type { Stage } from './stage.ts';

const day = 24 * hours;

/** Certificates that live for 48 days, of which the last 45 are for the renewal. */
const soon = { certificateValidityMs: 48 * day };

const notAfterOf = (stage: Stage): number => Math.max(...certificates(stage).map(({ notAfter }) => notAfter?.getTime() ?? 0));

/** Whether the certificate was renewed, so that it is good for 46 days and more, and the status says so. */
const isRenewed = (stage: Stage): boolean => {
  const said = stage.world.tenant('acme/shop')?.status?.certificates?.map(({ notAfter = '' }) => Date.parse(notAfter)) ?? [];
  return notAfterOf(stage) - stage.world.clock.now().getTime() > 46 * day && said.every((end) => notAfterOf(stage) - end < 1_000);
};

const recordsOf = (stage: Stage, name: string): readonly string[] => certificates(stage).flatMap(({ names, records }) => (names.includes(name) ? records.map((record) => record.name) : []));

const messageSays = (stage: Stage, ...words: readonly string[]): boolean => {
  const message = stage.world.condition('acme/shop', 'CertificateReady')?.message ?? '';
  return words.every((word) => message.includes(word));
};

const healthy: Scenario = {
  file: 'renewal-healthy',
  name: 'a certificate that renews by itself is none of anybody\'s business: nothing is said and nothing is written but its new end',
  knobs: soon,
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points the domain here', act: () => stage.customerAdds(), afterMs: 2 * minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    { name: 'the renewal comes, 45 days before the end', act: () => undefined, afterMs: 4 * day, changesNothing: 'in AWS', until: () => isRenewed(stage) && stage.isReady() },
  ],
};

const lost: Scenario = {
  file: 'renewal-record-lost',
  name: 'a customer who removed the validation record is told which to put back, while all is served',
  knobs: soon,
  steps: (stage) => [
    ...served(stage, { domains: [shop, www] }),
    { name: 'the customer points the domains here', act: () => stage.customerAdds(), afterMs: 6 * minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    {
      name: 'the customer removes one validation record, and the renewal comes',
      act: () => recordsOf(stage, shop).filter((name) => name.endsWith(www)).forEach((name) => stage.world.zones.remove(name)),
      until: () => stage.is('CertificateReady', 'RenewalAtRisk') && stage.isReady() && messageSays(stage, ...recordsOf(stage, shop).filter((name) => name.endsWith(www))), withinMs: 4 * day,
    },
    { name: 'a day goes by', afterMs: day, changesNothing: 'in AWS', until: () => stage.is('CertificateReady', 'RenewalAtRisk') && stage.isReady() },
    { name: 'the customer puts it back', act: () => stage.customerAdds(), until: () => isRenewed(stage) && stage.is('CertificateReady', 'Issued') && stage.isReady(), withinMs: 12 * hours },
  ],
};

const moved: Scenario = {
  file: 'renewal-dns-moved',
  name: 'a certificate of CloudFront whose name leads elsewhere cannot be renewed, and says where to point it again',
  knobs: soon,
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    {
      name: 'the customer points DNS elsewhere, and the renewal comes', act: () => stage.world.zones.set(shop, 'CNAME', ['shop.hoster.example']),
      until: () => stage.is('CertificateReady', 'RenewalAtRisk') && stage.isReady() && messageSays(stage, shop), withinMs: 4 * day,
    },
    { name: 'the customer points DNS here again', act: () => stage.customerAdds(), until: () => isRenewed(stage) && stage.is('CertificateReady', 'Issued') && stage.isReady(), withinMs: 12 * hours },
  ],
};

const healthyManaged: Scenario = {
  file: 'renewal-healthy-managed',
  name: 'a certificate of CloudFront renews by itself as well, without a word',
  knobs: soon,
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'the renewal comes, 45 days before the end', afterMs: 4 * day, changesNothing: 'in AWS', until: () => isRenewed(stage) && stage.isReady() },
  ],
};

const failed: Scenario = {
  file: 'renewal-failed',
  name: 'a renewal that a CAA record forbids is told with what to do, and the tenant stays ready as long as it serves',
  knobs: soon,
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points the domain here', act: () => stage.customerAdds(), afterMs: 2 * minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    { name: 'the domain lets nobody but others issue, and the renewal comes', act: () => stage.operator.setCaa('acme.example', 'forbids'), until: () => stage.is('CertificateReady', 'RenewalAtRisk') && stage.isReady() && messageSays(stage, 'CAA_ERROR', 'CAA 0 issue "amazon.com"'), withinMs: 4 * day },
    { name: 'a day goes by', afterMs: day, changesNothing: 'in AWS', until: () => stage.is('CertificateReady', 'RenewalAtRisk') && stage.isReady() },
  ],
};

playAll([healthy, lost, moved, healthyManaged, failed]);
