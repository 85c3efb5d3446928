import { expect, test } from 'vitest';
import type { Condition, EdgeTier, TenantDomain } from '../../crds/types.ts';
import { hostileKnobs, type Knobs } from '../environment/aws/knobs.ts';
import type { WorldOptions } from '../environment/in-process/world.ts';
import { type Expected, ghostsIn, leftoversIn, Prober } from './oracles.ts';
import { namespace, Stage } from './stage.ts';
import type { Transcript } from './transcript.ts';

/** Somebody does something, and then something is to hold within so much virtual time. */
export type Step = Expected & {
  readonly name: string;
  readonly act?: () => void;
  /** How long to wait in any case, in milliseconds: to show that nothing happens. */
  readonly afterMs?: number;
  readonly until: () => boolean;
  /** What the controller is not to change in this step. */
  readonly changesNothing?: 'in AWS' | 'anywhere';
  /** Four hours unless told otherwise. */
  readonly withinMs?: number;
};

/** A story: the transcript of what the controller did in it is the golden file `golden/<file>.txt`. */
export type Scenario = {
  readonly file: string;
  readonly name: string;
  readonly knobs?: Partial<Knobs>;
  readonly world?: Pick<WorldOptions, 'dnsLagMs' | 'certificatesPerYear'>;
  /** Whether the account has a distribution with a certificate for every name below acme.example. */
  readonly wildcard?: boolean;
  /** What is there before the story; the tier `basic`, ready, unless told otherwise. */
  readonly given?: (stage: Stage) => void;
  readonly steps: (stage: Stage) => readonly Step[];
  /** Owners, as `namespace/name`, whose AWS resources outlive them. */
  readonly retained?: readonly string[];
};

export const minutes = 60_000;
export const hours = 60 * minutes;

const resyncs = 10;

const hostileSeeds = [1, 2, 3];

/** The world that a scenario is played in: how hostile it is, and how much longer everything may take there. */
type Weather = { readonly seed: number; readonly knobs: Partial<Knobs>; readonly patience: number };

const calm: Weather = { seed: 1, knobs: {}, patience: 1 };

/** Plays a scenario on a world of its own, and gives its transcript. Fails where an oracle does, and shows how far it went. */
const play = async (scenario: Scenario, weather: Weather): Promise<string> => {
  const stage = new Stage({ ...scenario.world, seed: weather.seed, knobs: { ...weather.knobs, ...scenario.knobs }, wildcard: scenario.wildcard ?? false });
  try {
    return await playOn(stage, scenario, weather);
  } catch (error) {
    throw new Error(`play "${scenario.name}": it went so far:\n${stage.transcript.text()}`, { cause: error });
  } finally {
    stage.world.kill();
  }
};

const playOn = async (stage: Stage, scenario: Scenario, { patience }: Weather): Promise<string> => {
  const { world, transcript } = stage;
  world.apply(namespace('acme', { plan: 'basic' }));
  (scenario.given ?? ((given: Stage) => given.tier('basic')))(stage);
  stage.start();
  await world.run(minutes);
  transcript.clear();
  transcript.say(scenario.name);
  const prober = new Prober(world);
  for (const step of scenario.steps(stage)) await take({ ...step, withinMs: (step.withinMs ?? 4 * hours) * patience }, stage, prober);
  transcript.begin('an hour at rest');
  await world.run(hours);
  prober.end('an hour at rest');
  prober.rest('an hour at rest');
  tell(stage, transcript);
  const text = transcript.text();
  await settledForGood(stage);
  expect(prober.violations).toEqual([]);
  expect([...leftoversIn(world, scenario.retained ?? []), ...ghostsIn(world)]).toEqual([]);
  return text;
};

const take = async (step: Step, { world, transcript }: Stage, prober: Prober): Promise<void> => {
  const before = transcript.changes.length;
  transcript.begin(step.name);
  prober.begin(step);
  step.act?.();
  await world.run(step.afterMs ?? 0);
  await world.until(step.name, step.until, step.withinMs);
  prober.end(step.name);
  if (step.changesNothing === undefined) return;
  const barred = transcript.changes.slice(before).filter(({ where }) => where === 'aws' || step.changesNothing === 'anywhere');
  expect(barred, `changes while ${step.name}`).toEqual([]);
};

/** Forced passes, and then the resync that comes by itself, find nothing to do and nothing to say. */
const settledForGood = async ({ world, transcript }: Stage): Promise<void> => {
  const before = transcript.changes.length;
  for (let resync = 0; resync < resyncs; resync++) {
    world.resync();
    await world.run(minutes);
  }
  await world.run(11 * hours);
  expect(transcript.changes.slice(before), 'changes at rest').toEqual([]);
};

/** How things stand at the end, in short. */
const tell = ({ world: { cluster, simulator } }: Stage, transcript: Transcript): void => {
  transcript.begin('how it stands');
  for (const { metadata, status } of cluster.list('edgetiers') as readonly EdgeTier[]) {
    transcript.say(`EdgeTier ${metadata.name}: ${conditions(status?.conditions)}; tenants ${status?.tenants?.total ?? '?'}, ready ${status?.tenants?.ready ?? '?'}`);
    for (const { name, state, tenants, wcu } of status?.webACLs ?? []) transcript.say(`  web ACL ${name}: ${state ?? '-'}, tenants ${tenants ?? '?'}, WCU ${wcu ?? '?'}`);
    for (const { name, id, endpoint, state } of (status?.connectionGroups ?? []).filter((group) => group.state === 'Retiring')) transcript.say(`  group ${name}: ${state ?? '-'}, ${id ?? '-'}, ${endpoint ?? '-'}`);
  }
  for (const { metadata, status } of cluster.list('tenantdomains') as readonly TenantDomain[]) {
    transcript.say(`TenantDomain ${metadata.namespace ?? ''}/${metadata.name}: ${conditions(status?.conditions)}`);
    for (const { name, state, dns } of status?.domains ?? []) transcript.say(`  domain ${name}: ${state}, dns ${dns ?? '-'}`);
    for (const record of status?.dnsRecords ?? []) transcript.say(`  record ${record.action} ${record.type} ${record.name} -> ${record.value}: ${record.state}`);
    for (const { domain, from, to, state } of status?.httpRedirects ?? []) transcript.say(`  redirect ${domain}: ${from} -> ${to}: ${state}`);
    for (const certificate of status?.certificates ?? []) transcript.say(`  certificate ${certificate.arn}: ${certificate.use}, ${certificate.issuer}, ${certificate.status}`);
  }
  for (const tenant of simulator.inspect.tenants()) {
    const { Certificate, WebAcl, GeoRestrictions } = tenant.customizations;
    const parts = [
      tenant.status,
      tenant.enabled ? 'enabled' : 'disabled',
      tenant.distributionId,
      tenant.connectionGroupId,
      Certificate?.Arn ?? 'no certificate',
      ...tenant.domains.map(({ domain, status }) => `${domain} ${status}`),
      ...(WebAcl ? [`web ACL ${WebAcl.Arn ?? WebAcl.Action ?? ''}`] : []),
      ...(GeoRestrictions ? [`geo ${GeoRestrictions.RestrictionType ?? ''} ${GeoRestrictions.Locations?.join(' ') ?? ''}`] : []),
      ...tenant.parameters.map(({ Name, Value }) => `${Name ?? ''}=${Value ?? ''}`),
    ];
    transcript.say(`AWS tenant ${tenant.name} ${tenant.id}: ${parts.join(', ')}`);
  }
  for (const { name, rules } of simulator.inspect.webAcls()) transcript.say(`AWS web ACL ${name}: ${rules.map((rule) => rule.Name ?? '').join(', ')}`);
  for (const { name, addresses } of simulator.inspect.ipSets()) transcript.say(`AWS IP set ${name}: ${addresses.join(' ')}`);
  for (const { arn, status, names } of simulator.inspect.certificates()) transcript.say(`AWS certificate ${arn}: ${status}, ${names.join(' ')}`);
};

const conditions = (all: readonly Condition[] | undefined): string =>
  (all ?? []).map(({ type, status, reason }) => `${type} ${status} ${reason}`).join(', ');

/** Tests each scenario: once what exactly is done in a calm world, and with three seeds that all oracles hold in a hostile one. */
export const playAll = (scenarios: readonly Scenario[]): void => {
  for (const scenario of scenarios) {
    test(scenario.name, async () => {
      await expect(await play(scenario, calm)).toMatchFileSnapshot(`golden/${scenario.file}.txt`);
    });
    test.each(hostileSeeds)(`${scenario.name} -- in hostile weather, seed %i`, async (seed) => {
      await play(scenario, { seed, knobs: hostileKnobs, patience: 20 });
    });
  }
};
