import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { customizationOf, type Judged, judge, judgePath, type Verdict } from './judge.ts';
import { deleting, playedTo, type State, unspoken } from './state.ts';
import { tenantStates } from './tenant-states.ts';
import { tierStates } from './tier-states.ts';

/** A case as Argo CD's own tests read it. */
type Case = { readonly healthStatus: Verdict; readonly inputPath: string };
type Played = { readonly state: State; readonly path: string; readonly text: string; readonly object: Judged };

const titled = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** What Argo CD is to say, by the table of states: the file's first word, and the message of `Ready` where the state has none of its own. */
const caseOf = ({ state, path, object }: Played): Case => {
  const message = state.message ?? object.status?.conditions?.find(({ type }) => type === 'Ready')?.message ?? '';
  return { healthStatus: { status: titled(state.file.split('_')[0] ?? ''), message }, inputPath: path };
};

/** The cases and their objects are what stories come to: `npx vitest run test/gitops --update` writes them. */
describe.each([
  { kind: 'TenantDomain', states: tenantStates },
  { kind: 'EdgeTier', states: tierStates },
] as const)('the health of an object of kind $kind in Argo CD', ({ kind, states }) => {
  const home = customizationOf(kind);
  let played: readonly Played[] = [];

  beforeAll(async () => {
    await judgePath();
    played = await Promise.all(states.map(async (state) => {
      const text = await playedTo(kind, state);
      return { state, path: `testdata/${state.file}.yaml`, text, object: parse(text) as Judged };
    }));
  });

  test('has a case for each state, with an object that a story came to, and no other', async () => {
    for (const { path, text } of played) await expect(text).toMatchFileSnapshot(join(home, path));
    await expect(stringify({ tests: played.map(caseOf) }, { lineWidth: 0 })).toMatchFileSnapshot(join(home, 'health_test.yaml'));
    expect((await readdir(join(home, 'testdata'))).filter((name) => !states.some(({ file }) => name === `${file}.yaml`))).toEqual([]);
  });

  test('is what each case says', async () => {
    const verdicts = await judge(played.map(({ object }) => object));
    expect(played.map(({ path }, index) => ({ healthStatus: verdicts[index]?.argo, inputPath: path }))).toEqual(played.map(caseOf));
  });

  test('is that of a deletion where Argo CD leaves the judgement to the script, as it does with a hook of its own', async () => {
    const hooks = played.map(({ object }): Judged => ({
      ...object, metadata: { ...object.metadata, deletionTimestamp: '2030-01-01T00:00:00Z', finalizers: ['argocd.argoproj.io/hook-finalizer'] },
    }));
    expect((await judge(hooks)).map(({ argo }) => argo)).toEqual(hooks.map(() => ({ status: 'Progressing', message: deleting })));
  });

  test('is not taken from a status that says nothing of the present spec', async () => {
    const healthy = played.filter(({ state }) => state.file.startsWith('healthy')).map(({ object }) => object);
    const mute = healthy.flatMap(({ status: { conditions = [], ...silent } = {}, ...bare }): readonly Judged[] => [
      bare,
      { ...bare, status: silent },
      { ...bare, status: { ...silent, conditions: conditions.filter(({ type }) => type !== 'Ready') } },
      { ...bare, status: { ...silent, conditions }, metadata: { ...bare.metadata, generation: bare.metadata.generation + 1 } },
    ]);
    expect(mute.length).toBeGreaterThanOrEqual(4);
    expect((await judge(mute)).map(({ argo }) => argo)).toEqual(mute.map(() => ({ status: 'Progressing', message: unspoken })));
  });
});
