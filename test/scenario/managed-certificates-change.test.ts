import { areServedBy, blog, certificates, certificatesThere, cloudFrontTier, pointHere, redirectsAre, servedByCloudFront, serveTokens, shop, www } from './managed-words.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';

const grow: Scenario = {
  file: 'managed-certificates-grow',
  name: 'a name that is added is served once CloudFront has a certificate for both, and the first all the time',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'a name is added', act: () => stage.tenant({ domains: [shop, www] }), until: () => stage.is('Ready', 'WaitingForValidation') && redirectsAre(stage, [www]) },
    { name: 'half an hour goes by', afterMs: 30 * minutes, changesNothing: 'in AWS', until: () => !stage.isReady() },
    { name: 'its customer points DNS here', act: () => pointHere(stage, www), until: () => stage.isReady() && certificates(stage).length === 1 },
  ],
};

const growReady: Scenario = {
  file: 'managed-certificates-grow-ready',
  name: 'a name whose DNS leads here already joins in one go',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    {
      name: 'its customer points DNS here, and the name is added',
      act: () => {
        pointHere(stage, www);
        stage.tenant({ domains: [shop, www] });
      },
      until: () => stage.isReady() && certificates(stage).length === 1, withinMs: 15 * minutes,
    },
  ],
};

const shrink: Scenario = {
  file: 'managed-certificates-shrink',
  name: 'a name that is taken away goes at once, and its certificate when the next one serves',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage, { domains: [shop, www] }),
    { name: 'a name is taken away', act: () => stage.tenant({ domains: [shop] }), removes: [www], until: () => !stage.world.simulator.serves(www).served, withinMs: minutes },
    { name: 'the smaller certificate comes', until: () => stage.isReady() && certificatesThere(stage) === `ISSUED ${shop}` },
  ],
};

const replace: Scenario = {
  file: 'managed-certificates-replace',
  name: 'the only name is replaced: the old one is served until the new one can be',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'the name is replaced', act: () => stage.tenant({ domains: [blog] }), afterMs: 30 * minutes, until: () => stage.is('Ready', 'WaitingForValidation') && redirectsAre(stage, [blog]) },
    { name: 'the owner redirects the proof of the new one', act: () => serveTokens(stage, blog), removes: [shop], until: () => stage.isReady() && certificatesThere(stage) === `ISSUED ${blog}` },
  ],
};

const typo: Scenario = {
  file: 'managed-certificates-typo',
  name: 'a mistyped name that waits for its proof is mended: the request for it ends, and the right one is asked for',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'a mistyped name is applied', act: () => stage.tenant({ domains: ['shpo.acme.example'] }), until: () => redirectsAre(stage, ['shpo.acme.example']) },
    { name: 'ten minutes go by', afterMs: 10 * minutes, until: () => true },
    {
      name: 'it is mended, and its DNS leads here',
      act: () => {
        pointHere(stage, shop);
        stage.tenant();
      },
      until: () => stage.isReady() && certificatesThere(stage) === `ISSUED ${shop}`, withinMs: 30 * minutes,
    },
  ],
};

const typoOfTwo: Scenario = {
  file: 'managed-certificates-typo-of-two',
  name: 'a mistyped name beside one that serves is mended, and the one that serves is left in peace',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'a mistyped name is added', act: () => stage.tenant({ domains: [shop, 'wwww.acme.example'] }), until: () => redirectsAre(stage, ['wwww.acme.example']) },
    { name: 'it is mended', act: () => stage.tenant({ domains: [shop, www] }), until: () => redirectsAre(stage, [www]) },
    { name: 'its owner redirects the proof', act: () => serveTokens(stage, www), until: () => stage.isReady() && certificatesThere(stage) === `ISSUED ${shop} ${www}` },
  ],
};

const timedOut: Scenario = {
  file: 'managed-certificates-timed-out',
  name: 'an owner who takes four days gets a second request, and is served',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => redirectsAre(stage, [shop]) },
    { name: 'nothing comes for four days', afterMs: 96 * hours, until: () => stage.is('Ready', 'WaitingForValidation') && redirectsAre(stage, [shop]) },
    { name: 'the owner redirects the proof', act: () => serveTokens(stage, shop), until: () => stage.isReady() && certificatesThere(stage) === `ISSUED ${shop}`, withinMs: 30 * minutes },
  ],
};

const failed: Scenario = {
  file: 'managed-certificates-failed',
  name: 'a certificate that fails is asked for again after an hour, and serves once that goes well',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => redirectsAre(stage, [shop]) },
    {
      name: 'it fails',
      act: () => certificates(stage).forEach(({ arn }) => stage.operator.failCertificate(arn, 'CAA_ERROR')),
      until: () => stage.is('Ready', 'ValidationFailed') && stage.is('CertificateReady', 'ValidationFailed'), withinMs: 15 * minutes,
    },
    { name: 'half an hour goes by', afterMs: 30 * minutes, changesNothing: 'in AWS', until: () => stage.is('Ready', 'ValidationFailed') },
    { name: 'its customer points DNS here', act: () => pointHere(stage, shop), until: () => stage.isReady() && areServedBy(stage, 'CloudFront', [shop]) && certificatesThere(stage) === `ISSUED ${shop}`, withinMs: 2 * hours },
  ],
};

const edited: Scenario = {
  file: 'managed-certificates-edited',
  name: 'countries that the tier refuses while a name waits for its proof are refused at once',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'a name is added', act: () => stage.tenant({ domains: [shop, www] }), until: () => redirectsAre(stage, [www]) },
    {
      name: 'the tier refuses a country', act: () => cloudFrontTier(stage, { geoRestriction: { type: 'Deny', countries: ['DE'] } }),
      until: () => stage.world.simulator.inspect.tenants().every(({ customizations }) => customizations.GeoRestrictions?.Locations?.join(' ') === 'DE'), withinMs: 10 * minutes,
    },
    { name: 'its customer points DNS here', act: () => pointHere(stage, www), until: () => stage.isReady() && certificates(stage).length === 1 },
  ],
};

const disabled: Scenario = {
  file: 'managed-certificates-disabled',
  name: 'a tenant that is disabled while a name waits for its proof is disabled at once, and enabled again',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'a name is added', act: () => stage.tenant({ domains: [shop, www] }), until: () => redirectsAre(stage, [www]) },
    { name: 'the tenant is disabled', act: () => stage.tenant({ domains: [shop, www], enabled: false }), removes: [shop], until: () => stage.is('Programmed', 'Deployed') && !stage.world.simulator.serves(shop).served, withinMs: 10 * minutes },
    {
      name: 'it is enabled again, and DNS leads here',
      act: () => {
        pointHere(stage, www);
        stage.tenant({ domains: [shop, www] });
      },
      until: () => stage.isReady() && certificates(stage).length === 1,
    },
  ],
};

playAll([grow, edited, disabled, growReady, shrink, replace, typo, typoOfTwo, timedOut, failed]);
