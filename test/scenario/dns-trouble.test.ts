import { aliasHere, cloudFrontTier, isZone, redirectsAre } from './managed-words.ts';
import { minutes, playAll, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';
import { served } from './stories.ts';

const [zone, shop] = ['acme.example', 'shop.acme.example'];

/** What the customer is told to have in DNS, and how each record stands. */
const recordsOf = (stage: Stage): string => (stage.world.tenant('acme/shop')?.status?.dnsRecords ?? []).map(({ type, name, state }) => `${type} ${name} ${state}`).join(', ');

const silence = (stage: Stage, is: boolean): void => [zone, `_cf-challenge.${zone}`].forEach((name) => stage.world.zones.misbehave(name, is ? 'silence' : undefined));

const silent: Scenario = {
  file: 'dns-silent',
  name: 'while the servers of a zone are silent, its owner is asked for the same records as before',
  given: cloudFrontTier,
  steps: (stage) => [
    {
      name: 'acme.example is a zone that leads here, and the tenant is applied',
      act: () => {
        isZone(stage, zone);
        aliasHere(stage, zone);
        stage.tenant({ domains: [zone] });
      },
      until: () => redirectsAre(stage, [zone]) || recordsOf(stage).includes('TXT'),
    },
    { name: 'the customer adds the TXT record', act: () => stage.customerAdds(), until: () => stage.isReady() },
    { name: "the zone's servers fall silent", act: () => silence(stage, true), afterMs: 15 * minutes, until: () => recordsOf(stage) === `TXT _cf-challenge.${zone} Unknown, ALIAS ${zone} Unknown` },
    { name: 'an hour goes by', afterMs: 60 * minutes, changesNothing: 'anywhere', until: () => stage.isReady() },
    { name: 'they answer again', act: () => silence(stage, false), until: () => recordsOf(stage) === `TXT _cf-challenge.${zone} Found, ALIAS ${zone} Found` },
  ],
};

const leadTo = (stage: Stage, last: number): void => stage.world.zones.set(shop, 'A', [`198.51.100.${last}`, `198.51.100.${last + 1}`]);

const rotating: Scenario = {
  file: 'dns-rotating',
  name: 'a name that leads elsewhere, to other addresses in each answer, is told of once',
  steps: (stage) => [
    { name: 'the domain leads to the host of before', act: () => leadTo(stage, 1), until: () => true },
    ...served(stage),
    { name: 'the tier has counted it', afterMs: 5 * minutes, until: () => true },
    ...[3, 5, 7].map((last) => ({ name: `it leads to 198.51.100.${last}`, act: () => leadTo(stage, last), afterMs: 10 * minutes, changesNothing: 'anywhere' as const, until: () => stage.is('DNSConfigured', 'PointsElsewhere') })),
    {
      name: 'the customer points DNS here',
      act: () => {
        stage.world.zones.remove(shop);
        stage.customerAdds();
      },
      until: () => stage.is('DNSConfigured', 'Configured'),
    },
  ],
};

playAll([silent, rotating]);
