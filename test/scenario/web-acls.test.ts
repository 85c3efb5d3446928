import type { ManagedWebACL, WebACLRule } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { read } from './tier-words.ts';
import { aclOf, aclsThere, areInForce, areSeated, common, flood, home, office, rulesOf } from './web-acl-words.ts';

const group = (name: string, more: Partial<WebACLRule['managedRuleGroup']> = {}) => ({ vendor: 'AWS', name: `AWSManagedRules${name}RuleSet`, ...more });

const limit = (name: string, key: 'IP' | 'Tenant' | 'TenantAndIP'): WebACLRule => ({ name, type: 'RateLimit', action: 'Block', rateLimit: { requests: 2000, windowSeconds: 300, key } });

/** One rule of each kind, with all that it can be told. */
const everyKind: readonly WebACLRule[] = [
  office('203.0.113.0/24', '2001:db8::/32', '198.51.100.7/32'),
  { name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: group('Common', { version: 'Version_1.5', countRules: ['SizeRestrictions_BODY', 'GenericRFI_BODY'], pathPrefix: '/shop' }) },
  { name: 'bots', type: 'ManagedRuleGroup', managedRuleGroup: group('BotControl', { botControl: { inspectionLevel: 'TARGETED' } }) },
  { name: 'logins', type: 'ManagedRuleGroup', managedRuleGroup: group('ATP', { accountTakeover: { loginPath: '/login', usernameField: '/user', passwordField: '/password', payloadType: 'JSON' } }) },
  limit('per-address', 'IP'),
  limit('per-tenant', 'Tenant'),
  limit('per-tenant-and-address', 'TenantAndIP'),
  { name: 'home', type: 'Country', action: 'Challenge', countries: ['DE', 'AT'] },
];

const allNames = everyKind.map(({ name }) => name).join(' ');

/** The tier with these rules and its first tenant, which is served with the first write. */
const begun = (stage: Stage, managed: Partial<ManagedWebACL>): readonly Step[] => [
  { name: 'the tier is applied', act: () => stage.managedTier('basic', managed), until: () => areInForce(stage) && aclsThere(stage) === '1' },
  { name: 'its first tenant is applied', act: () => stage.tenants([1]), afterMs: 5 * minutes, until: () => areSeated(stage, [1]) },
];

const create: Scenario = {
  file: 'web-acls-create',
  name: 'a tier makes its web ACL with rules of every kind, and its first tenant is served with it from the first write on',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, { rules: everyKind }),
    { name: 'eight hours go by', afterMs: 8 * hours, changesNothing: 'anywhere', until: () => rulesOf(stage, 1) === allNames },
  ],
};

const normalised: Scenario = {
  file: 'web-acls-normalised',
  name: 'rules that AWS gives back in another spelling than they were sent in are left alone, by another process too',
  wildcard: true,
  knobs: { webAclNormalisation: 'verbose', ipSetAddresses: 'expanded' },
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, { rules: everyKind }),
    {
      name: 'the process is killed, and another one starts',
      act: () => {
        stage.world.kill();
        stage.start();
      },
      afterMs: 8 * hours, changesNothing: 'in AWS', until: () => areInForce(stage),
    },
  ],
};

const fresh: Scenario = {
  file: 'web-acls-fresh',
  name: 'a tenant whose web ACL CloudFront does not know yet waits for that, and nobody has to act',
  wildcard: true,
  knobs: { webAclPropagationMs: [minutes, minutes] },
  given: () => undefined,
  steps: (stage) => [
    {
      name: 'the tier and its first tenant are applied',
      act: () => {
        stage.managedTier('basic');
        stage.tenants([1]);
      },
      until: () => stage.is('Reconciling', 'Pending', 'acme/t1'),
    },
    read(stage, ['acme/t1', 'Programmed', 'Ready', 'Reconciling', 'Stalled']),
    { name: 'CloudFront comes to know it', until: () => areSeated(stage, [1]), withinMs: 15 * minutes },
  ],
};

const together: Scenario = {
  file: 'web-acls-together',
  name: 'a tenant that comes with its tier waits for the web ACL, and is never served without it',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    {
      name: 'the tenant and its tier are applied',
      act: () => {
        stage.tenants([1]);
        stage.managedTier('basic', { rules: [common, office('203.0.113.0/24')] });
      },
      until: () => areSeated(stage, [1]) && areInForce(stage),
    },
  ],
};

const edit: Scenario = {
  file: 'web-acls-edit',
  name: 'other rules are one update of the web ACL, and none of its tenant',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage, { rules: [common] }),
    { name: 'a rule is added before the other', act: () => stage.managedTier('basic', { rules: [flood, common] }), until: () => areInForce(stage) && rulesOf(stage, 1) === 'flood common' },
    { name: 'the limit is lowered', act: () => stage.managedTier('basic', { rules: [limit('flood', 'IP'), common] }), until: () => areInForce(stage) && rulesOf(stage, 1) === 'flood common' },
    { name: 'the rules change places', act: () => stage.managedTier('basic', { rules: [common, limit('flood', 'IP')] }), until: () => areInForce(stage) && rulesOf(stage, 1) === 'common flood' },
    { name: 'more tenants may have one web ACL', act: () => stage.managedTier('basic', { rules: [common, limit('flood', 'IP')], tenantsPerACL: 50 }), changesNothing: 'in AWS', until: () => areInForce(stage) },
  ],
};

const addresses: Scenario = {
  file: 'web-acls-addresses',
  name: 'other addresses of a rule change its IP sets alone; without the rule they go, after the web ACL let go of them',
  wildcard: true,
  given: () => undefined,
  knobs: { webAclUseLingerMs: [3 * minutes, 3 * minutes] },
  steps: (stage) => {
    let token: string | undefined;
    const have = (): string => stage.world.simulator.inspect.ipSets().flatMap((set) => set.addresses).toSorted().join(' ');
    const isUntouched = (): boolean => areInForce(stage) && aclOf(stage, 1)?.lockToken === token;
    return [
      ...begun(stage, { rules: [office('203.0.113.0/24'), common] }),
      {
        name: 'a network is added',
        act: () => {
          token = aclOf(stage, 1)?.lockToken;
          stage.managedTier('basic', { rules: [office('203.0.113.0/24', '198.51.100.0/24'), common] });
        },
        until: () => isUntouched() && have() === '198.51.100.0/24 203.0.113.0/24',
      },
      { name: 'the first one is removed', act: () => stage.managedTier('basic', { rules: [office('198.51.100.0/24'), common] }), until: () => isUntouched() && have() === '198.51.100.0/24' },
      { name: 'a network of IPv6 is added', act: () => stage.managedTier('basic', { rules: [office('198.51.100.0/24', '2001:db8::/32'), common] }), until: () => areInForce(stage) && have() === '198.51.100.0/24 2001:db8::/32' },
      { name: 'the rule is removed', act: () => stage.managedTier('basic', { rules: [common, home] }), until: () => areInForce(stage) && have() === '' && rulesOf(stage, 1) === 'common home' },
    ];
  },
};

playAll([create, normalised, fresh, together, edit, addresses]);
