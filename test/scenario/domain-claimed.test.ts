import { minutes, playAll, type Scenario } from './scenario.ts';

const [shop, www] = ['shop.acme.example', 'www.acme.example'] as const;

const claimed: Scenario = {
  file: 'domain-claimed',
  name: 'a name that another account claims before it is active is told as taken, the other one is served, and it comes back when it is let go',
  // A name that no certificate is pending for is anybody's until it is active, which takes CloudFront long here.
  knobs: { claimedDomain: 'leaves', domainActivationMs: [10 * minutes, 10 * minutes] },
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant({ domains: [shop, www] }), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation records', act: () => stage.customerAdds(), until: () => stage.world.simulator.inspect.tenants()[0]?.status === 'Deployed' },
    { name: 'another account claims a name that is not active yet', act: () => stage.operator.claimDomain(www), until: () => stage.world.simulator.serves(shop).served, withinMs: 60 * minutes },
    { name: 'an hour goes by', afterMs: 60 * minutes, until: () => stage.is('Ready', 'DomainTaken') },
    { name: 'the other account lets the name go', act: () => stage.operator.releaseForeignDomain(www), until: () => stage.isReady(), withinMs: 60 * minutes },
  ],
};

playAll([claimed]);
