import { describe, expect, test } from 'vitest';
import { arrowRules } from './architecture/arrows.ts';
import { formRules, longFiles } from './architecture/form.ts';
import { sourcesOnDisk } from './architecture/on-disk.ts';
import { houseWith, plantedBreaches } from './architecture/planted.ts';
import { purityRules } from './architecture/purity.ts';
import { treeOf, violationsOf } from './architecture/tree.ts';

const rules = [...arrowRules, ...purityRules, ...formRules];
const sources = sourcesOnDisk();
const tree = treeOf(sources);

describe('the house', () => {
  test.each(rules)('$name: $because', (rule) => {
    expect(violationsOf([rule], tree)).toEqual([]);
  });

  test('is read whole: every floor, and every import that stands at the start of a line', () => {
    const naive = sources.flatMap(({ text }) => [...text.matchAll(/^(?:import|export)\s[^;=('"]*\sfrom '/gm)]).length;
    const links = [...tree.values()].flatMap((file) => file.links);
    expect(new Set(sources.map(({ path }) => path.split('/')[0]))).toEqual(new Set(['crds', 'helm', 'reconcilers', 'src', 'test']));
    expect(naive).toBeGreaterThan(1_000);
    expect(links.length).toBeGreaterThanOrEqual(naive);
  });

  test('has few files that take more than one look', async ({ annotate }) => {
    const long = longFiles(tree.values(), 150);
    await annotate(`${long.length} of ${sources.length} files have more than 150 lines: ${long.join(', ')}`);
    expect(long.length / sources.length).toBeLessThan(0.1);
  });
});

describe('the rules', () => {
  test('find nothing in a house that keeps them', () => {
    expect(violationsOf(rules, treeOf(houseWith({})))).toEqual([]);
  });

  test.each(plantedBreaches)('say "$rule" to $name, and nothing else', ({ rule, plant, want }) => {
    expect(violationsOf(rules, treeOf(houseWith(plant))).filter(({ path, rule: said }) => said === rule || path in plant)).toEqual(want.map((violation) => ({ rule, ...violation })));
  });

  test('have each been seen to speak', () => {
    expect(new Set(plantedBreaches.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });
});
