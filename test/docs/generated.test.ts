import { describe, expect, test } from 'vitest';
import { type Advice, advice } from '../../crds/advice.ts';
import { reasons } from '../../crds/reasons.ts';
import { goldenStandings } from './golden-reasons.ts';
import { conditionsPage } from './pages/conditions.ts';
import { optionsPage, toldOptions } from './pages/options.ts';

const renew = 'npx vitest run test/docs/generated.test.ts --update';

describe('pages that are written by a program', () => {
  test(`docs/conditions.md says what crds/reasons.ts and crds/advice.ts say (${renew})`, async () => {
    await expect(conditionsPage()).toMatchFileSnapshot('../../docs/conditions.md');
  });

  test(`docs/options.md says what --help says (${renew})`, async () => {
    await expect(optionsPage()).toMatchFileSnapshot('../../docs/options.md');
  });
});

describe('the advice', () => {
  test('has every reason, in the order of the reasons, each on the page once', () => {
    const names = Object.keys(reasons);
    const page = conditionsPage();
    expect(Object.keys(advice).toSorted()).toEqual(names.toSorted());
    expect(names.filter((reason) => page.split(`</a>\`${reason}\` |`).length !== 2)).toEqual([]);
  });

  test('names every condition in which a reason stood in a transcript of the scenarios', async () => {
    const standings = await goldenStandings();
    expect(standings.length).toBeGreaterThan(100);
    const summaries = ['Ready', 'Reconciling', 'Stalled'];
    const placesOf = (reason: string): Advice => (advice as Readonly<Record<string, Advice>>)[reason] ?? { turn: 'nobody' };
    const missing = standings.filter(({ kind, type, status, reason }) => !summaries.includes(type) && !placesOf(reason)[kind]?.some((place) => place === (status === 'False' ? type : `${type} ${status}`)));
    expect(missing).toEqual([]);
  });

  test('is not silent where somebody has to act, and says nothing where nobody has', () => {
    const said = Object.entries(advice).filter(([, each]) => 'todo' in each && each.todo.trim().length < 8);
    expect(said).toEqual([]);
  });
});

test('every option is told with its variable, which is its flag in capitals', () => {
  const wrong = toldOptions().filter(({ flag, variable }) => variable !== `TENANT_EDGE_${flag.slice(2).toUpperCase().replaceAll('-', '_')}`);
  expect(wrong).toEqual([]);
});
