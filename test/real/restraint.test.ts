import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restraintAnnotations } from '../../reconcilers/restraint.ts';
import { textAt, valueAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import type { RunningController } from '../environment/embedded.ts';
import { kubectl, rowsOf } from './kubectl.ts';
import { faultsIn } from './oracles.ts';
import { platformZone, Stage } from './stage.ts';
import { common, home, inForce, managedTier, rulesOf, untilTier } from './tier-words.ts';

const seconds = 1_000;
const [tier, key] = ['held', 'acme/held'];
const { paused, dryRun } = restraintAnnotations;

/** Every field of a schema that has no description, by path; what Kubernetes itself describes is left to it. */
const undescribed = (schema: unknown, path: string): readonly string[] => {
  const fields = Object.entries(valueAt(schema, 'properties') ?? {}).map(([name, field]) => [`${path}.${name}`, field] as const);
  const inside = [...fields, ...(['items', 'additionalProperties'] as const).flatMap((part) => (valueAt(schema, part) === undefined ? [] : [[`${path}[]`, valueAt(schema, part)] as const]))];
  return [
    ...fields.filter(([, field]) => (textAt(field, 'description') ?? '').trim() === '').map(([at]) => at),
    ...inside.flatMap(([at, field]) => undescribed(field, at)),
  ];
};

describe('a person with kubectl', { timeout: 120 * seconds }, () => {
  let stage: Stage;
  let controller: RunningController;

  beforeAll(async () => {
    stage = await Stage.start({ seed: 81 });
    controller = await stage.startController();
    await managedTier(stage, tier);
    await stage.platformTenant(key, { tierRef: { name: tier } });
    await Promise.all([inForce(stage, tier), stage.served(key)]);
  }, 120 * seconds);

  afterAll(() => stage.stop());

  const ask = (...args: readonly string[]): Promise<string> => kubectl(stage.world.controlPlane.adminKubeconfigPath, ...args);

  /** What kubectl shows of an object, as `READY/REASON`. */
  const shown = async (...args: readonly string[]): Promise<string> => {
    const [{ READY, REASON } = {}] = rowsOf(await ask('get', ...args));
    return `${READY ?? ''}/${REASON ?? ''}`;
  };

  /** Waits for an event about an object of this name that says all of this. */
  const told = (name: string, ...words: readonly string[]): Promise<string> =>
    waitFor(`an event about ${name} with ${words.join(', ')}`, 30 * seconds, async () => (await stage.events(name)).find((event) => words.every((word) => event.includes(word))));

  test('is told in a dry run what would be done to a tier, and nothing is done before the annotation is gone', async () => {
    await ask('annotate', 'et', tier, `${dryRun}=true`);
    await managedTier(stage, tier, { rules: [common, home] });
    await untilTier(stage, tier, { what: 'DryRun' }, ({ metadata, status }) => status?.observedGeneration === metadata.generation && status.conditions?.find(({ type }) => type === 'Ready')?.reason === 'DryRun');
    expect(await shown('et', tier)).toBe('False/DryRun');
    expect(await told(tier, ' DryRun: ', 'give the rules of the spec to web ACL 1')).toContain(dryRun);
    expect(await ask('get', 'et', tier, '-o=wide')).toContain('give the rules of the spec to web ACL 1');
    expect(rulesOf(stage, tier)).toEqual(['common']);
    await ask('annotate', 'et', tier, `${dryRun}-`);
    await inForce(stage, tier);
    expect(rulesOf(stage, tier)).toEqual(['common home']);
    expect(await shown('et', tier)).toBe('True/Available');
  });

  test('pauses a tenant, which is served on as it was whatever is asked for, even its deletion', async () => {
    const before = stage.inAws(key);
    await ask('annotate', 'td', 'held', '-n=acme', `${paused}=true`);
    await stage.platformTenant(key, { tierRef: { name: tier }, enabled: false });
    await stage.until(key, 'Paused', 60 * seconds, ({ metadata, status }) => status?.observedGeneration === metadata.generation && stage.condition(key, 'Ready')?.reason === 'Paused');
    expect(await shown('td', 'held', '-n=acme')).toBe('False/Paused');
    await told('held', ' Paused: ', paused);
    const change = stage.condition(key, 'Programmed')?.message;
    await ask('delete', 'td', 'held', '-n=acme', '--wait=false');
    await stage.until(key, 'the controller to have thought about its deletion', 60 * seconds, () => stage.condition(key, 'Programmed')?.message !== change);
    expect(stage.inAws(key)).toEqual(before);
    expect(stage.isServed(`acme-held.${platformZone}`)).toBe(true);
    await ask('annotate', 'td', 'held', '-n=acme', `${paused}-`);
    await waitFor('the tenant to be gone from AWS', 60 * seconds, async () => (stage.inAws(key).tenants.length === 0 ? true : undefined));
  });

  test('finds every field explained', async () => {
    const { body } = await stage.world.controlPlane.admin.request('GET', '/openapi/v3/apis/tenantedge.dev/v1alpha1');
    const schemas = ['EdgeTier', 'TenantDomain'].map((kind) => [kind, valueAt(body, 'components', 'schemas', `dev.tenantedge.v1alpha1.${kind}`)] as const);
    expect(schemas.filter(([, schema]) => valueAt(schema, 'properties', 'spec', 'properties') === undefined)).toEqual([]);
    expect(schemas.flatMap(([kind, schema]) => undescribed(schema, kind))).toEqual([]);
    const text = await ask('explain', 'edgetier.spec.webACL.managed.rules');
    expect(text).toContain('judge a request');
    for (const field of ['action', 'countries', 'ipSet', 'managedRuleGroup', 'name', 'rateLimit', 'type']) expect(text).toMatch(new RegExp(String.raw`^  ${field}\t<.+>.*\n(  enum: .*\n)?    \S`, 'm'));
    expect(text).not.toContain('<no description>');
  });

  test('has not met a refusal, a contradiction or a bug', async () => {
    expect(await faultsIn(stage, [controller])).toEqual([]);
  });
});
