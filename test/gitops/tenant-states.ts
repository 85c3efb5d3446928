import type { Stage } from '../scenario/stage.ts';
import { deleting, served, type State, unspoken } from './state.ts';

const reached = (stage: Stage, reason: string): Promise<unknown> => stage.world.until(reason, () => stage.is('Ready', reason));

/** What the tenant comes to without anybody's help. */
const comesTo = (stage: Stage, reason: string, spec: Parameters<Stage['tenant']>[0] = {}): Promise<unknown> => {
  stage.tenant(spec);
  return reached(stage, reason);
};

/** What a served tenant comes to after a change. */
const changed = async (stage: Stage, reason: string, change: () => void): Promise<void> => {
  await served(stage);
  change();
  await reached(stage, reason);
};

/** Every row of the table of states, as a TenantDomain comes to it. */
export const tenantStates: readonly State[] = [
  { file: 'progressing_notSeen', message: unspoken, because: 'the controller does not run yet', story: async (stage) => {
    stage.world.kill();
    stage.tenant();
  } },
  { file: 'progressing_deploying', because: 'AWS works on it', story: async (stage) => {
    stage.tenant();
    await stage.world.until('the records are known', () => stage.knowsRecords());
    stage.customerAdds();
    await reached(stage, 'Deploying');
  } },
  { file: 'progressing_throttled', because: 'AWS asks for fewer calls', story: (stage) => {
    for (let nth = 1; nth <= 50; nth++) stage.world.simulator.faults.next({ operation: 'RequestCertificate', nth }, { name: 'ThrottlingException', status: 400, message: 'Rate exceeded' });
    return comesTo(stage, 'Throttled');
  } },
  { file: 'progressing_tierNotFound', because: 'a tier and its tenants are applied together', story: (stage) => comesTo(stage, 'TierNotFound', { tierRef: { name: 'premium' } }) },
  { file: 'progressing_tierNotReady', because: 'its tier is not ready', story: (stage) => {
    stage.tier('premium', { distributionId: 'E1NOSUCHONE' });
    return comesTo(stage, 'TierNotReady', { tierRef: { name: 'premium' } });
  } },
  { file: 'progressing_specChanged', message: unspoken, because: 'the status is about an older spec', story: async (stage) => {
    await served(stage);
    stage.world.kill();
    stage.tenant({ domains: ['shop.acme.example', 'www.acme.example'] });
  } },
  { file: 'progressing_deleting', message: deleting, because: 'it is being deleted', story: (stage) => changed(stage, 'Deleting', () => stage.deleteTenant()) },
  { file: 'suspended_waitingForCustomerDNS', because: 'its customer has to add a record', story: (stage) => comesTo(stage, 'WaitingForCustomerDNS') },
  { file: 'suspended_disabled', because: 'somebody disabled it', story: (stage) => changed(stage, 'EnabledFalse', () => stage.tenant({ enabled: false })) },
  { file: 'suspended_paused', because: 'somebody paused it', story: (stage) => changed(stage, 'Paused', () => stage.annotate('TenantDomain', 'acme/shop', 'paused', 'true')) },
  { file: 'suspended_dryRun', because: 'somebody wants to know what would be done', story: (stage) => changed(stage, 'DryRun', () => {
    stage.annotate('TenantDomain', 'acme/shop', 'dry-run', 'true');
    stage.tenant({ domains: ['shop.acme.example', 'www.acme.example'] });
  }) },
  { file: 'degraded_invalidDomain', because: 'its spec is invalid', story: (stage) => comesTo(stage, 'InvalidDomain', { domains: ['xn--a.example'] }) },
  { file: 'degraded_namespaceNotAllowed', because: 'its tier does not admit its namespace', story: (stage) => changed(stage, 'NamespaceNotAllowed', () => stage.tier('basic', { allowedNamespaces: { from: 'None' } })) },
  { file: 'degraded_overrideNotAllowed', because: 'its tier does not allow what it sets', story: (stage) => comesTo(stage, 'OverrideNotAllowed', { webACL: { type: 'Disabled' } }) },
  { file: 'degraded_quotaExceeded', because: 'a quota is used up', story: (stage) => {
    Object.assign(stage.world.simulator.knobs, { maxCertificates: 0 });
    return comesTo(stage, 'QuotaExceeded');
  } },
  { file: 'degraded_accessDenied', because: 'a permission is missing', story: (stage) => {
    Object.assign(stage.world.simulator.knobs, { deniedActions: ['acm:RequestCertificate'] });
    return comesTo(stage, 'AccessDenied');
  } },
  { file: 'degraded_domainTaken', because: 'somebody else has the name', story: async (stage) => {
    stage.operator.foreignDomain('shop.acme.example');
    stage.tenant();
    await stage.world.until('the records are known', () => stage.knowsRecords());
    stage.customerAdds();
    await reached(stage, 'DomainTaken');
  } },
  { file: 'healthy_dnsNotSwitched',
    message: 'every domain is served as soon as DNS points here; shop.acme.example has no record; see status.dnsRecords for what to set and when',
    because: 'it is served, and its customer may switch DNS', story: served },
  { file: 'healthy_served', because: 'it is served', story: async (stage) => {
    await served(stage);
    stage.customerAdds();
    await stage.world.until('DNS leads here', () => stage.is('DNSConfigured', 'Configured'));
  } },
];
