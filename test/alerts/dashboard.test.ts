import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expressionsOf, filledIn, type Place, readDashboard } from './dashboard.ts';
import { type Promtool, startPromtool } from './promtool.ts';
import { runbookSections } from './runbook.ts';

const overlap = (a: Place, b: Place): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const dashboard = await readDashboard();
const { panels } = dashboard;

describe('the dashboard', { timeout: 60_000 }, () => {
  let promtool: Promtool;

  beforeAll(async () => {
    promtool = await startPromtool();
  });

  afterAll(() => promtool.end());

  /** Has Prometheus' own parser read expressions, as rules. */
  const check = async (name: string, expressions: readonly string[]): Promise<string> =>
    promtool.run('check', 'rules', await promtool.file(name, { groups: [{ name, rules: expressions.map((expr, index) => ({ record: `checked:${index}`, expr })) }] }));

  test('has expressions that Prometheus can read', async () => {
    const expressions = expressionsOf(dashboard).map(({ expr }) => expr);
    expect(await check('dashboard.json', expressions)).toContain(`${expressions.length} rules found`);
    expect(expressions.filter((expr) => expr.includes('$'))).toEqual([]);
  });

  test('would be caught with one that Prometheus cannot read', async () => {
    await expect(check('broken.json', ['sum(rate(a[5m])'])).rejects.toThrow('could not parse expression');
  });

  test('is of the last schema that Grafana has for this form', () => {
    // Grafana's DashboardMigrator: 42 is the last of the classic model, which later versions go on to read.
    expect(dashboard.schemaVersion).toBe(42);
  });

  test('asks the data source and the job that whoever looks has chosen', () => {
    expect(dashboard.templating.list.map(({ name, type }) => [name, type])).toEqual([['datasource', 'datasource'], ['job', 'query']]);
    const targets = panels.flatMap(({ targets: all = [] }) => all);
    expect(targets.filter(({ datasource }) => datasource.uid !== '${datasource}' || datasource.type !== 'prometheus')).toEqual([]);
    expect(targets.filter(({ expr }) => [...expr.matchAll(/\{([^}]*)\}/g)].some(([, labels = '']) => !labels.startsWith('job=~"$job"'))).map(({ expr }) => filledIn(expr))).toEqual([]);
  });

  test('has panels that stand beside one another within the grid, each with a title and words that explain it', () => {
    const clashes = panels.flatMap((one, index) => panels.slice(index + 1).filter((other) => overlap(one.gridPos, other.gridPos)).map((other) => `${one.title}, ${other.title}`));
    expect(clashes).toEqual([]);
    expect(panels.filter(({ gridPos }) => gridPos.x + gridPos.w > 24).map(({ title }) => title)).toEqual([]);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ type, description }) => type !== 'row' && !description?.endsWith('.')).map(({ title }) => title)).toEqual([]);
  });

  test('and the queries of the runbook, which whoever looks copies, can be read too', async () => {
    const queries = (await runbookSections()).flatMap((section) => section.queries);
    expect(await check('runbook.json', queries)).toContain(`${queries.length} rules found`);
    expect(queries.length).toBeGreaterThan(20);
  });
});
