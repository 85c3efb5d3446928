import { describe, expect, test } from 'vitest';
import { tagKeys } from '../../../reconcilers/aws/mark.ts';
import { AwsFault } from '../../environment/aws/contract.ts';
import type { Tap } from '../../environment/in-process/process.ts';
import type { Stage } from '../../scenario/stage.ts';
import { abandon, hours, listen, minutes, noTierResources, restart, serve, setUp, twoSweepsMs } from './orphan-stage.ts';

const mark = (owner: string, installation = 'test') => ({ [tagKeys.installation]: installation, [tagKeys.owner]: owner });

/** Certificates, half of them with another installation's mark, and a tenant, all of which others made. */
const populate = async ({ world: { simulator }, distributions, groups, operator }: Stage, count: number): Promise<readonly string[]> => {
  const arns: string[] = [];
  for (let index = 0; index < count; index++) {
    const { CertificateArn: arn } = await simulator.call('acm', 'RequestCertificate', { DomainName: `${index}.other.example`, ValidationMethod: 'DNS' }, 'others');
    if (index % 2 === 1) operator.tag(String(arn), mark('acme/other', 'theirs'));
    arns.push(String(arn));
  }
  const { arn } = operator.importCertificate({ names: ['tenant.other.example'] });
  const input = { DistributionId: distributions.basic, ConnectionGroupId: groups.shared, Name: 'others', Domains: [{ Domain: 'tenant.other.example' }], Customizations: { Certificate: { Arn: arn } }, Enabled: true };
  await simulator.call('cloudfront', 'CreateDistributionTenant', input, 'others');
  return [...arns, ...simulator.inspect.tenants().filter(({ name }) => name === 'others').map((tenant) => tenant.arn)];
};

describe('what is not ours', () => {
  test('has its tags read once in a process, and nothing else', async () => {
    const stage = await setUp();
    const foreign = await populate(stage, 4);
    await serve(stage);
    restart(stage);
    const heard = listen(stage);
    // Short of the resync, in which an object reads its own tags.
    await stage.world.run(8 * hours);
    expect({ changes: heard.changes(), tagReads: heard.tagReads(), events: stage.world.orphans.events }).toEqual({ changes: [], tagReads: foreign.toSorted(), events: [] });
  });

  test('is got to know a little at a time', async () => {
    const stage = await setUp();
    await populate(stage, 60);
    restart(stage);
    const heard = listen(stage);
    const counts: number[] = [];
    for (let sweep = 1; sweep <= 5; sweep++) {
      await stage.world.run(sweep === 1 ? 6 * minutes : 10 * minutes);
      counts.push(heard.tagReads().length);
    }
    expect(counts).toEqual([0, 26, 51, 61, 61]);
  });
});

describe('at rest', () => {
  test('a restart reads no tags, and asks for no list that would not be read anyway', async () => {
    const stage = await setUp();
    await serve(stage);
    const { log } = stage.world.simulator;
    const from = log.length;
    restart(stage);
    const heard = listen(stage);
    await stage.world.run(2 * hours);
    const lists = log.slice(from).filter(({ operation }) => operation === 'ListCertificates' || operation === 'ListDistributionTenants');
    expect(heard.tagReads()).toEqual([]);
    // One at the start and then a poll in every 8 to 10 minutes, of either.
    expect(lists.length).toBeLessThanOrEqual(2 * (1 + 15));
  });
});

describe('while AWS cannot be read', () => {
  /** A controller, and a switch: which of its calls AWS denies it. */
  const denying = (stage: Stage) => {
    const denied = { calls: '' };
    const tap: Tap = (call, run) => (call.about === denied.calls ? Promise.reject(new AwsFault('AccessDeniedException', { status: 403, message: 'not authorized' })) : run());
    restart(stage, tap);
    return denied;
  };

  test.each(['aws listCertificates', 'aws listDistributionTenants'])('nothing is forgotten: %s', async (calls) => {
    const stage = await setUp();
    await serve(stage);
    abandon(stage);
    const denied = denying(stage);
    await stage.world.run(twoSweepsMs);
    const found = { ...noTierResources, Certificate: 1, DistributionTenant: 1 };
    expect(stage.world.orphans.counts).toEqual(found);
    denied.calls = calls;
    await stage.world.run(hours);
    expect(stage.world.orphans.counts).toEqual(found);
    denied.calls = '';
    stage.operator.deleteTenant(stage.tenantServing('shop.acme.example'));
    await stage.world.run(twoSweepsMs);
    expect(stage.world.orphans.counts).toEqual({ ...noTierResources, Certificate: 1, DistributionTenant: 0 });
  });

  test('the same list seen twice proves nothing', async () => {
    const stage = await setUp();
    await serve(stage);
    abandon(stage);
    const denied = denying(stage);
    await stage.world.run(6 * minutes);
    denied.calls = 'aws listDistributionTenants';
    await stage.world.run(hours);
    expect(stage.world.orphans.events).toEqual([]);
    denied.calls = '';
    await stage.world.run(twoSweepsMs);
    expect(stage.world.orphans.events).toHaveLength(2);
  });

  test('what may be an orphan is not told before its tags could be read, and the log says what to mend', async () => {
    const stage = await setUp();
    await serve(stage);
    abandon(stage);
    const denied = denying(stage);
    denied.calls = 'aws listTagsForCertificate';
    await stage.world.run(twoSweepsMs);
    const { counts, lines } = stage.world.orphans;
    expect(counts).toEqual({ ...noTierResources, Certificate: 0, DistributionTenant: 1 });
    expect(lines.map((line) => (JSON.parse(line) as { readonly reason: string }).reason)).toEqual(['AccessDenied', 'Orphaned']);
    denied.calls = '';
    await stage.world.run(twoSweepsMs);
    expect(counts).toEqual({ ...noTierResources, Certificate: 1, DistributionTenant: 1 });
  });
});
