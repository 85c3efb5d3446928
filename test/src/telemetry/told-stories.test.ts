import { expect, onTestFinished, test } from 'vitest';
import type { Knobs } from '../../environment/aws/knobs.ts';
import { namespace, Stage } from '../../scenario/stage.ts';
import { blueprint } from '../../scenario/tier-words.ts';
import { common, home } from '../../scenario/web-acl-words.ts';
import { createSayings } from '../../../src/telemetry/sayings.ts';

const minutes = 60_000;
const hours = 60 * minutes;

/** A world with a controller, and what it tells of one object from now on: `type reason` of each Event, in order. */
const setUp = async (key: string, options: { readonly knobs?: Partial<Knobs>; readonly wildcard?: boolean } = {}) => {
  const stage = new Stage({ seed: 1, ...options });
  onTestFinished(() => stage.world.kill());
  stage.world.apply(namespace('acme'));
  stage.start();
  const sayings = createSayings();
  let heard = 0;
  const told = (): readonly string[] => {
    const reports = stage.world.reports.slice(heard);
    heard = stage.world.reports.length;
    return reports.flatMap((report) => sayings(report).map((saying) => ({ key: report.key, ...saying }))).filter((one) => one.key === key).map(({ type, reason }) => `${type} ${reason}`);
  };
  return { stage, world: stage.world, told };
};

test("a tenant's life is told step by step, and its days of waiting and of rest not at all", async () => {
  const { stage, world, told } = await setUp('acme/shop');
  stage.tier('basic');
  stage.tenant();
  await world.until('the records are known', () => stage.knowsRecords());
  expect(told()).toEqual(['Normal RequestCertificate', 'Normal WaitingForCustomerDNS']);
  await world.run(48 * hours);
  expect(told()).toEqual([]);
  stage.customerAdds();
  await world.until('it is served', () => stage.isReady());
  expect(told()).toEqual(['Normal CreateDistributionTenant', 'Normal Issued', 'Normal Served']);
  stage.customerAdds();
  await world.until('the traffic comes here', () => stage.is('DNSConfigured', 'Configured'));
  expect(told()).toEqual(['Normal Configured']);
  await world.run(48 * hours);
  expect(told()).toEqual([]);
  world.zones.set('shop.acme.example', 'CNAME', ['elsewhere.example']);
  await world.until('the customer has left', () => stage.is('DNSConfigured', 'PointsElsewhere'), 24 * hours);
  expect(told()).toEqual(['Warning PointsElsewhere']);
  stage.deleteTenant();
  await world.until('it is gone', () => stage.isGone());
  expect(told()).toEqual(['Normal DisableDistributionTenant', 'Normal Deleting', 'Normal DeleteDistributionTenant', 'Normal InUse', 'Normal DeleteCertificate', 'Normal Deleted']);
});

test('what stands against a quota is tried again and again for hours, and told once; so is the next time', async () => {
  const { stage, world, told } = await setUp('acme/shop', { knobs: { maxTenants: 0 } });
  stage.tier('basic');
  stage.tenant();
  await world.until('the records are known', () => stage.knowsRecords());
  stage.customerAdds();
  await world.until('it stands against the quota', () => stage.is('Ready', 'QuotaExceeded'));
  expect(told().filter((event) => event.startsWith('Warning'))).toEqual(['Warning QuotaExceeded']);
  await world.run(6 * hours);
  expect(told()).toEqual([]);
  world.simulator.knobs.maxTenants = 10;
  await world.until('it is served', () => stage.isReady());
  expect(told()).toEqual(['Normal CreateDistributionTenant', 'Normal Served']);
});

test('a move that CloudFront refuses is asked again for hours, and told once', async () => {
  const { stage, world, told } = await setUp('acme/t1', { knobs: { reparenting: 'refused' }, wildcard: true });
  stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' } });
  stage.tier('premium', { distributionId: blueprint(stage, { parameters: [] }), certificate: { issuer: 'Distribution' } });
  stage.tenants([1]);
  await world.until('it is served', () => stage.isReady('acme/t1'));
  told();
  stage.tenant({ tierRef: { name: 'premium' }, domains: ['t1.acme.example'] }, 'acme/t1');
  await world.until('CloudFront refused it', () => stage.is('Ready', 'MoveRefused', 'acme/t1'));
  expect(told()).toEqual(['Warning MoveRefused']);
  await world.run(12 * hours);
  expect(told()).toEqual([]);
});

test('a rollout is told when it begins and when it is over, and each of its changes; where AWS refuses the rules, that', async () => {
  const { stage, world, told } = await setUp('basic', { wildcard: true });
  const rollout = { pauseSeconds: 600, observe: false };
  stage.managedTier('basic', { rollout });
  await world.until('its rules are in force', () => stage.isTierSettled());
  stage.tenants([1, 2, 3]);
  await world.until('two web ACLs are there', () => (world.tier('basic')?.status?.webACLs ?? []).length === 2 && stage.isTierSettled() && [1, 2, 3].every((number) => stage.isReady(`acme/t${number}`)));
  expect(told()).toEqual(['Normal CreateWebACL', 'Normal Available', 'Normal CreateWebACL']);
  stage.managedTier('basic', { rollout, rules: [common, home] });
  await world.until('the change is under way', () => stage.tierIs('WebACLReady', 'RollingOut'));
  expect(told()).toEqual(['Normal UpdateWebACL', 'Normal RollingOut']);
  await world.until('it is over', () => stage.isTierSettled());
  expect(told()).toEqual(['Normal UpdateWebACL', 'Normal RulesInForce']);
  stage.managedTier('basic', { rollout, rules: [{ ...common, managedRuleGroup: { vendor: 'AWS', name: 'NoSuchGroup' } }] });
  await world.until('the rules are refused', () => stage.tierIs('WebACLReady', 'RulesRefused'));
  await world.run(12 * hours);
  expect(told()).toEqual(['Warning RulesRefused']);
});

test('a restart tells nothing anew', async () => {
  const { stage, world, told } = await setUp('acme/shop');
  stage.tier('basic');
  stage.tenant();
  await world.until('the records are known', () => stage.knowsRecords());
  stage.customerAdds();
  await world.until('it is served', () => stage.isReady());
  told();
  world.kill();
  stage.start();
  await world.run(hours);
  expect(told()).toEqual([]);
});
