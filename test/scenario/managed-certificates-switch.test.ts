import { areServedBy, asksForRecords, certificates, cloudFrontTier, pointHere, redirectsAre, restart, servedByCloudFront, serveTokens, shop, www } from './managed-words.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import { served } from './stories.ts';
import type { Stage } from './stage.ts';

const toCloudFront: Scenario = {
  file: 'managed-certificates-from-acm',
  name: 'a tier that changes from ACM to CloudFront has its tenant served all the while, and the old certificate goes last',
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points DNS here', act: () => stage.customerAdds(), afterMs: minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), until: () => stage.isReady() && areServedBy(stage, 'CloudFront', [shop]) && certificates(stage).length === 1 },
  ],
};

const unpointed: Scenario = {
  file: 'managed-certificates-from-acm-unpointed',
  name: 'a customer whose DNS does not lead here yet stays served with the certificate of ACM until CloudFront has one',
  steps: (stage) => [
    ...served(stage),
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), afterMs: hours, until: () => stage.isReady() && redirectsAre(stage, [shop]) && areServedBy(stage, 'ACM', [shop]) },
    { name: 'the owner redirects the proof', act: () => serveTokens(stage, shop), until: () => stage.isReady() && certificates(stage).length === 1 && areServedBy(stage, 'CloudFront', [shop]) },
  ],
};

const toAcm: Scenario = {
  file: 'managed-certificates-to-acm',
  name: 'a tier that changes from CloudFront to ACM has its tenant served all the while, and says which records are wanted',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'the tier takes certificates of ACM', act: () => stage.tier('basic'), until: () => asksForRecords(stage) },
    { name: 'half an hour goes by', afterMs: 30 * minutes, changesNothing: 'in AWS', until: () => stage.isReady() && areServedBy(stage, 'CloudFront', [shop]) },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady() && areServedBy(stage, 'ACM', [shop]) && certificates(stage).length === 1 },
  ],
};

const undone: Scenario = {
  file: 'managed-certificates-switch-undone',
  name: 'a change of the issuer that is taken back leaves the certificate that serves, and nothing else',
  steps: (stage) => [
    ...served(stage),
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), until: () => redirectsAre(stage, [shop]) },
    { name: 'it is taken back', act: () => stage.tier('basic'), until: () => stage.isReady() && redirectsAre(stage, []) && certificates(stage).length === 1 && areServedBy(stage, 'ACM', [shop]) },
  ],
};

/** Whether CloudFront took up no request, and all is well with the certificate of ACM. */
const isRefused = (stage: Stage): boolean => stage.isReady() && stage.is('CertificateReady', 'IssuerSwitchRefused') && areServedBy(stage, 'ACM', [shop]);

const ignored: Scenario = {
  file: 'managed-certificates-switch-refused',
  name: 'a request that CloudFront ignores is told once, and all is quiet, over a restart too',
  knobs: { managedRequestWhenCovered: 'ignore' },
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points DNS here', act: () => stage.customerAdds(), afterMs: minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), afterMs: 10 * minutes, until: () => isRefused(stage) },
    { name: 'twelve hours go by', afterMs: 12 * hours, changesNothing: 'anywhere', until: () => isRefused(stage) },
    { name: 'another process starts', act: () => restart(stage), afterMs: 12 * hours, changesNothing: 'anywhere', until: () => isRefused(stage) },
  ],
};

const ignoredThenAcm: Scenario = {
  file: 'managed-certificates-switch-refused-undone',
  name: 'a change of the issuer that CloudFront ignored is taken back without a call',
  knobs: { managedRequestWhenCovered: 'ignore' },
  steps: (stage) => [
    ...served(stage),
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), afterMs: 3 * minutes, until: () => isRefused(stage) },
    { name: 'it is taken back', act: () => stage.tier('basic'), afterMs: minutes, changesNothing: 'in AWS', until: () => stage.is('CertificateReady', 'Issued') && stage.isReady() },
  ],
};

const ignoredThenTaken: Scenario = {
  file: 'managed-certificates-switch-taken-late',
  name: 'a request that CloudFront ignored once is made again after a week, and taken up then',
  knobs: { managedRequestWhenCovered: 'ignore' },
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points DNS here', act: () => stage.customerAdds(), afterMs: minutes, until: () => stage.is('DNSConfigured', 'Configured') },
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), until: () => stage.is('CertificateReady', 'IssuerSwitchRefused') && stage.isReady() },
    {
      name: 'CloudFront takes up such requests from now on', act: () => Object.assign(stage.world.simulator.knobs, { managedRequestWhenCovered: 'request' }),
      until: () => stage.isReady() && areServedBy(stage, 'CloudFront', [shop]) && certificates(stage).length === 1, withinMs: 8 * 24 * hours,
    },
  ],
};

const ignoredGrowth: Scenario = {
  file: 'managed-certificates-switch-refused-growth',
  name: 'a name that is added where CloudFront ignored the change of the issuer is taken up, for it is not covered',
  knobs: { managedRequestWhenCovered: 'ignore' },
  steps: (stage) => [
    ...served(stage),
    { name: 'the customer points both names here', act: () => pointHere(stage, shop, www), until: () => true },
    { name: 'the tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), until: () => stage.is('CertificateReady', 'IssuerSwitchRefused') && stage.isReady() },
    { name: 'a name is added', act: () => stage.tenant({ domains: [shop, www] }), until: () => stage.isReady() && areServedBy(stage, 'CloudFront', [shop, www]) && certificates(stage).length === 1 },
  ],
};

const keys = [1, 2, 3, 4].map((number) => `acme/t${number}`);
const areReady = (stage: Stage): boolean => keys.every((key) => stage.isReady(key));

/** Tenants 1 and 2 are of the tier `basic`, 3 and 4 of `other`: each has used one request of twelve. */
const fourServed = (stage: Stage): readonly Step[] => [
  {
    name: 'four tenants are applied, two of each tier',
    act: () => {
      stage.tenants([1, 2]);
      stage.tenants([3, 4], 'other');
    },
    until: () => keys.every((key) => stage.knowsRecords(key)),
  },
  { name: 'their customers add the validation records', act: () => keys.forEach((key) => stage.customerAdds(key)), until: () => areReady(stage) },
  { name: 'and point DNS here', act: () => keys.forEach((key) => stage.customerAdds(key)), afterMs: 6 * minutes, until: () => keys.every((key) => stage.is('DNSConfigured', 'Configured', key)) },
];

const isReserved = (stage: Stage, key: string): boolean => stage.isReady(key) && stage.is('CertificateReady', 'CertificatesReserved', key);

const quota: Scenario = {
  file: 'managed-certificates-quota',
  name: 'a change of the issuer stops at half of the yearly quota; who is new is still admitted, who changes names always',
  knobs: { maxCertificateRequests: 12 },
  world: { certificatesPerYear: 12 },
  given: (stage) => {
    stage.tier('basic');
    stage.tier('other');
  },
  steps: (stage) => [
    ...fourServed(stage),
    { name: 'the first tier takes certificates of CloudFront', act: () => cloudFrontTier(stage), until: () => areReady(stage) && areServedBy(stage, 'CloudFront', ['t1.acme.example', 't2.acme.example']) && certificates(stage).length === 4 },
    {
      name: 'the second one as well', act: () => stage.tier('other', { certificate: { issuer: 'CloudFront' } }),
      afterMs: 2 * hours, until: () => isReserved(stage, 'acme/t3') && isReserved(stage, 'acme/t4') && areServedBy(stage, 'ACM', ['t3.acme.example', 't4.acme.example']),
    },
    {
      name: 'a new tenant comes, its DNS leading here',
      act: () => {
        pointHere(stage, 't5.acme.example');
        stage.tenants([5], 'other');
      },
      until: () => stage.isReady('acme/t5'),
    },
    {
      name: 'a name is added to one that waits',
      act: () => {
        pointHere(stage, 'new-t4.acme.example');
        stage.tenant({ tierRef: { name: 'other' }, domains: ['new-t4.acme.example', 't4.acme.example'] }, 'acme/t4');
      },
      until: () => areServedBy(stage, 'CloudFront', ['new-t4.acme.example', 't4.acme.example']) && stage.isReady('acme/t4') && certificates(stage).length === 5,
    },
  ],
};

playAll([toCloudFront, unpointed, toAcm, undone, ignored, ignoredThenAcm, ignoredThenTaken, ignoredGrowth, quota]);
