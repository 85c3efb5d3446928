import { minutes, playAll, type Scenario } from './scenario.ts';
import { served } from './stories.ts';

const [shop, www, blog] = ['shop.acme.example', 'www.acme.example', 'blog.acme.example'];

const grow: Scenario = {
  file: 'domains-grow',
  name: 'a name that is added is served once its certificate is there, and the others all the time',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'a name is added',
      act: () => stage.tenant({ domains: [shop, www] }),
      until: () => stage.is('CertificateReady', 'WaitingForCustomerDNS') && stage.knowsRecords(),
    },
    { name: 'the customer adds the new validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const growSlowly: Scenario = {
  ...grow,
  file: 'domains-grow-slowly',
  name: 'while CloudFront deploys the swap of certificates, the old one is kept, for it still serves',
  knobs: { tenantDeployMs: [3 * minutes, 3 * minutes] },
};

const growLingering: Scenario = {
  ...grow,
  file: 'domains-grow-lingering',
  name: 'an old certificate that ACM still sees in use is deleted once it does not',
  knobs: { certificateUseLingerMs: [15 * minutes, 15 * minutes] },
};

const shrink: Scenario = {
  file: 'domains-shrink',
  name: 'a name that is taken away goes at once, and its certificate when the next one serves',
  steps: (stage) => [
    ...served(stage, { domains: [shop, www] }),
    {
      name: 'a name is taken away',
      act: () => stage.tenant({ domains: [shop] }),
      removes: [www], until: () => !stage.world.simulator.serves(www).served, withinMs: minutes,
    },
    { name: 'the smaller certificate comes', until: () => stage.isReady() },
  ],
};

const replace: Scenario = {
  file: 'domains-replace-only',
  name: 'the only name is replaced: the old one is served until the new one can be',
  steps: (stage) => [
    ...served(stage),
    { name: 'the name is replaced', act: () => stage.tenant({ domains: [blog] }), afterMs: 30 * minutes, until: () => stage.is('Ready', 'WaitingForCustomerDNS') },
    { name: 'the customer adds the new validation record', act: () => stage.customerAdds(), removes: [shop], until: () => stage.isReady() },
  ],
};

const several: Scenario = {
  file: 'domains-two-at-once',
  name: 'two names come and one goes in one change: the one that stays is served all the time',
  steps: (stage) => [
    ...served(stage, { domains: [shop, www] }),
    {
      name: 'two come, one goes',
      act: () => stage.tenant({ domains: [shop, blog, 'app.acme.example'] }),
      removes: [www], until: () => stage.is('Ready', 'WaitingForCustomerDNS') && stage.knowsRecords() && !stage.world.simulator.serves(www).served,
    },
    { name: 'the customer adds the new validation records', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const again: Scenario = {
  file: 'domains-changed-again',
  name: 'a change of names on top of an unfinished one holds no third certificate',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'a name is added',
      act: () => stage.tenant({ domains: [shop, www] }),
      until: () => stage.is('CertificateReady', 'WaitingForCustomerDNS') && stage.knowsRecords(),
    },
    {
      name: 'another one instead',
      act: () => stage.tenant({ domains: [shop, blog] }),
      until: () => stage.is('CertificateReady', 'WaitingForCustomerDNS') && stage.knowsRecords(),
    },
    { name: 'the customer adds the new validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const undone: Scenario = {
  file: 'domains-change-undone',
  name: 'a change of names that is undone leaves all as it was',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'a name is added',
      act: () => stage.tenant({ domains: [shop, www] }),
      until: () => stage.is('CertificateReady', 'WaitingForCustomerDNS') && stage.knowsRecords(),
    },
    { name: 'it is taken back', act: () => stage.tenant({ domains: [shop] }), until: () => stage.isReady() },
  ],
};

const unwell: Scenario = {
  file: 'domains-grow-unseen',
  name: 'while AWS cannot be read, what was true of the spec before is not said of the new one',
  steps: (stage) => [
    ...served(stage),
    {
      name: 'a name is added while ACM is unwell',
      act: () => {
        stage.world.simulator.faults.next({ service: 'acm', operation: 'DescribeCertificate' }, 'before');
        stage.tenant({ domains: [shop, www] });
      },
      until: () => stage.is('CertificateReady', 'WaitingForCustomerDNS') && stage.knowsRecords(),
    },
    { name: 'the customer adds the new validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const taken: Scenario = {
  file: 'domain-taken',
  name: 'of two names one belongs to another account: the other one is served, and the message names the first',
  steps: (stage) => [
    { name: 'another account holds a name', act: () => stage.operator.foreignDomain(www), until: () => true },
    { name: 'the tenant is applied', act: () => stage.tenant({ domains: [shop, www] }), until: () => stage.knowsRecords() },
    { name: 'the customer adds the validation records', act: () => stage.customerAdds(), until: () => stage.world.simulator.serves(shop).served, withinMs: 30 * minutes },
    { name: 'an hour goes by', afterMs: 60 * minutes, until: () => stage.is('Ready', 'DomainTaken') },
    { name: 'the other account lets the name go', act: () => stage.operator.releaseForeignDomain(www), until: () => stage.isReady(), withinMs: 60 * minutes },
  ],
};

const wildcard: Scenario = {
  file: 'domain-wildcard',
  name: 'a wildcard and its own zone share one validation record, the zone itself wants an alias',
  steps: (stage) => [
    { name: 'acme.example is a zone', act: () => stage.world.zones.set('acme.example', 'NS', ['ns.registrar.example']), until: () => true },
    ...served(stage, { domains: ['*.acme.example', 'acme.example'] }),
  ],
};

playAll([grow, growSlowly, growLingering, shrink, replace, several, again, undone, unwell, taken, wildcard]);
