import { aliasHere, areServedBy, certificatesThere, cloudFrontTier, isZone, pointHere, redirectsAre, servedByCloudFront, serveTokens, shop } from './managed-words.ts';
import { hours, minutes, playAll, type Scenario } from './scenario.ts';

const dnsFirst: Scenario = {
  file: 'managed-certificates-dns-first',
  name: 'a customer whose DNS leads here already is served with a certificate of CloudFront, web ACL and countries kept all the while',
  given: (stage) => {
    const { arn } = stage.operator.createWebACL({ name: 'of-the-platform' });
    cloudFrontTier(stage, { webACL: { type: 'Existing', arn }, geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] } });
  },
  steps: (stage) => [
    ...servedByCloudFront(stage),
    {
      name: 'the web ACL and the countries are still there', afterMs: minutes, changesNothing: 'in AWS',
      until: () => stage.world.simulator.inspect.tenants().every(({ customizations: { WebAcl, GeoRestrictions } }) => WebAcl?.Action === 'override' && GeoRestrictions?.Locations?.join(' ') === 'AT DE'),
    },
    { name: 'eight hours go by', afterMs: 8 * hours, changesNothing: 'anywhere', until: () => true },
  ],
};

const selfHosted: Scenario = {
  file: 'managed-certificates-self-hosted',
  name: 'a customer whose DNS leads elsewhere proves the name by a redirect, is served, and switches DNS then',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the domain leads to the host of before', act: () => stage.world.zones.set(shop, 'CNAME', ['old.hoster.example']), until: () => true },
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => redirectsAre(stage, [shop]) && stage.is('Ready', 'WaitingForValidation') },
    { name: 'half an hour goes by', afterMs: 30 * minutes, changesNothing: 'in AWS', until: () => redirectsAre(stage, [shop]) && stage.is('Ready', 'WaitingForValidation') },
    { name: 'the owner redirects the proof', act: () => serveTokens(stage, shop), until: () => stage.isReady() && areServedBy(stage, 'CloudFront', [shop]) && redirectsAre(stage, []) },
    { name: 'the customer points DNS here', act: () => pointHere(stage, shop), changesNothing: 'in AWS', until: () => stage.is('DNSConfigured', 'Configured') },
  ],
};

const dnsLate: Scenario = {
  file: 'managed-certificates-dns-later',
  name: 'a customer who switches DNS instead of redirecting is served as soon as CloudFront has validated it',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => redirectsAre(stage, [shop]) && stage.is('Ready', 'WaitingForValidation') },
    { name: 'the customer points DNS here', act: () => stage.customerAdds(), until: () => stage.isReady() && redirectsAre(stage, []), withinMs: 10 * minutes },
  ],
};

const behind: Scenario = {
  file: 'managed-certificates-dns-behind',
  name: 'while CloudFront does not see what our DNS sees, it is asked again, and the customer is told nothing else',
  world: { dnsLagMs: 4 * minutes },
  given: cloudFrontTier,
  steps: (stage) => [
    {
      name: 'DNS leads here, and the tenant is applied',
      act: () => {
        pointHere(stage, shop);
        stage.tenant();
      },
      until: () => stage.is('Ready', 'WaitingForValidation'),
    },
    { name: 'CloudFront sees it too', until: () => stage.isReady(), withinMs: 10 * minutes },
  ],
};

const apex: Scenario = {
  file: 'managed-certificates-apex',
  name: 'a zone that leads here by an alias is proved by a TXT record, and served',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'acme.example is a zone', act: () => isZone(stage, 'acme.example'), until: () => true },
    { name: 'the tenant is applied', act: () => stage.tenant({ domains: ['acme.example'] }), until: () => stage.is('Ready', 'WaitingForValidation') && redirectsAre(stage, ['acme.example']) },
    { name: 'the customer sets the alias', act: () => aliasHere(stage, 'acme.example'), afterMs: 10 * minutes, until: () => stage.is('Ready', 'WaitingForValidation') },
    { name: 'the customer adds the TXT record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const apexReady: Scenario = {
  file: 'managed-certificates-apex-ready',
  name: 'a zone with alias and TXT record from the start is served without a redirect',
  given: cloudFrontTier,
  steps: (stage) => [
    {
      name: 'acme.example leads here, and says so',
      act: () => {
        isZone(stage, 'acme.example');
        aliasHere(stage, 'acme.example');
        stage.world.zones.set('_cf-challenge.acme.example', 'TXT', [stage.world.tier('basic')?.status?.connectionGroups?.find(({ name }) => name === 'shared')?.endpoint ?? '']);
      },
      until: () => true,
    },
    { name: 'the tenant is applied', act: () => stage.tenant({ domains: ['acme.example'] }), until: () => stage.isReady() },
  ],
};

const wildcard: Scenario = {
  file: 'managed-certificates-wildcard',
  name: 'a wildcard is refused where CloudFront issues, and nothing is made; under ACM it is served beside exact names',
  given: cloudFrontTier,
  steps: (stage) => [
    {
      name: 'a wildcard is asked for', act: () => stage.tenant({ domains: ['*.acme.example', 'shop.brand.example'] }),
      afterMs: hours, changesNothing: 'in AWS', until: () => stage.is('Ready', 'WildcardNotSupported') && stage.is('Accepted', 'WildcardNotSupported'),
    },
    { name: 'the tier takes certificates of ACM', act: () => stage.tier('basic'), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation records', act: () => stage.customerAdds(), until: () => stage.isReady() && areServedBy(stage, 'ACM', ['any.acme.example', 'shop.brand.example']) },
  ],
};

const denied: Scenario = {
  file: 'managed-certificates-denied',
  name: 'a role that may not request certificates is told what it lacks, is not tried without end, and goes on when it may',
  knobs: { deniedActions: ['acm:RequestCertificate'] },
  given: cloudFrontTier,
  steps: (stage) => [
    {
      name: 'DNS leads here, and the tenant is applied',
      act: () => {
        pointHere(stage, shop);
        stage.tenant();
      },
      until: () => stage.is('Ready', 'AccessDenied'),
    },
    { name: 'an hour goes by', afterMs: hours, until: () => stage.is('Ready', 'AccessDenied') && certificatesThere(stage) === '' },
    { name: 'the role may request certificates', act: () => Object.assign(stage.world.simulator.knobs, { deniedActions: [] }), until: () => stage.isReady(), withinMs: 20 * minutes },
  ],
};

playAll([dnsFirst, selfHosted, dnsLate, behind, apex, apexReady, wildcard, denied]);
