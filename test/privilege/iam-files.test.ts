import { readFile, readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exampleInstallation, iamFiles, policiesOf, policyOf } from '../../helm/iam/policies.ts';
import type { Policy } from '../../helm/iam/policy.ts';
import { featureSets } from '../../helm/iam/statements.ts';
import { awsOperations } from '../../reconcilers/ports/aws.ts';

const folder = new URL('../../helm/iam/', import.meta.url);

const onDisk = (name: string): Promise<string> => readFile(new URL(name, folder), 'utf8');

test('the files are those that are generated, and no others', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  expect(new Map(await Promise.all(names.map(async (name) => [`helm/iam/${name}`, await onDisk(name)] as const)))).toEqual(iamFiles());
});

test.each(featureSets)('%s.json is for another installation once its id stands in the place of "main"', async (set) => {
  const theirs: unknown = JSON.parse((await onDisk(`${set}.json`)).replaceAll(`"${exampleInstallation}"`, '"eu-prod"'));
  expect(theirs).toEqual(policyOf(set, 'eu-prod'));
});

test.each(featureSets)('%s.json fits into a managed policy', async (set) => {
  // White space does not count: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  expect((await onDisk(`${set}.json`)).replaceAll(/\s/g, '').length).toBeLessThan(6_144);
});

test('all files fit into one role as inline policies, which docs/install.md makes of them', () => {
  expect([...iamFiles().values()].join('').replaceAll(/\s/g, '').length).toBeLessThan(10_240);
});

const statements = policiesOf('main').flatMap(({ Statement: all }: Policy) => all);

test('every action is written out, and every call of the controller is among them', () => {
  const actions = new Set(statements.flatMap(({ Action: all }) => all));
  expect([...actions].filter((action) => action.includes('*'))).toEqual([]);
  const calls = Object.values(awsOperations).map(({ service, operation }) => `${service}:${operation}`);
  expect(calls.filter((call) => !actions.has(call))).toEqual([]);
});

test('observe.json changes nothing', () => {
  const changes = Object.values(awsOperations).filter(({ mutates }) => mutates).map(({ service, operation }) => `${service}:${operation}`);
  const observed = policyOf('observe', 'main').Statement.flatMap(({ Action: all }) => all);
  expect(observed.filter((action) => changes.includes(action) || action.includes('Tag') && !action.includes('List'))).toEqual([]);
});

test('whatever changes something has a condition, but references within rules', () => {
  const loose = featureSets.filter((set) => set !== 'observe').flatMap((set) => policyOf(set, 'main').Statement).filter(({ Condition: condition }) => condition === undefined);
  expect(loose.map(({ Sid: sid }) => sid)).toEqual(['ReferToInRules']);
});
