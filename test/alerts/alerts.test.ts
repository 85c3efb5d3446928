import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AlertCase, type NearMiss, seriesName } from './alert-case.ts';
import { type Alert, alertsPath, readAlerts, root } from './alerts-file.ts';
import { controllerCases, controllerMisses } from './controller-cases.ts';
import { fleetCases, fleetMisses } from './fleet-cases.ts';
import { type Promtool, startPromtool } from './promtool.ts';
import { runbookSections, runbookText } from './runbook.ts';

const cases = [...controllerCases, ...fleetCases];
const misses = [...controllerMisses, ...fleetMisses];
const severities = ['critical', 'warning', 'info'];
const alerts = await readAlerts();
const names = alerts.map(({ alert }) => alert);

const find = (name: string): Alert => {
  const found = alerts.find(({ alert }) => alert === name);
  if (found === undefined) throw new Error(`look up alert ${name}: the file has none`);
  return found;
};

/** One case in promtool's form: what the alert says is compared word by word, as whoever is on call reads it. */
const testOf = (one: AlertCase | NearMiss): unknown => {
  const { labels, annotations } = find(one.alert);
  const { fires, silent } = { fires: undefined, ...one };
  const firing = fires && { exp_labels: { ...labels, ...fires.labels }, exp_annotations: { ...annotations, description: fires.says } };
  const asked = [...silent.map((at) => ({ at, alerts: [] as unknown[] })), ...(fires ? [{ at: fires.at, alerts: [firing] }] : [])];
  return {
    interval: '1m',
    input_series: one.series.map((series) => ({ series: seriesName(series), values: series.values })),
    alert_rule_test: asked.map(({ at, alerts: wanted }) => ({ eval_time: `${at}m`, alertname: one.alert, exp_alerts: wanted })),
  };
};

describe('the alerts', { timeout: 60_000 }, () => {
  let promtool: Promtool;

  beforeAll(async () => {
    promtool = await startPromtool();
  });

  afterAll(() => promtool.end());

  const holds = async (one: AlertCase | NearMiss, index: number): Promise<string> =>
    promtool.run('test', 'rules', await promtool.file(`case-${index}.json`, { rule_files: [alertsPath], evaluation_interval: '1m', tests: [testOf(one)] }));

  test('are rules as Prometheus wants them', async () => {
    expect(await promtool.run('check', 'rules', '--lint=all', '--lint-fatal', alertsPath)).toContain(`${alerts.length} rules found`);
  });

  test.each(cases.map((one, index) => ({ ...one, index })))('$alert fires and falls silent, where $because', async ({ index, ...one }) => {
    expect(await holds(one, index)).toContain('SUCCESS');
  });

  test.each(misses.map((one, index) => ({ ...one, index: 1_000 + index })))('$alert stays silent, because $because', async ({ index, ...one }) => {
    expect(await holds(one, index)).toContain('SUCCESS');
  });

  test('are told from silence: a case that is wrong is noticed', async () => {
    const [one] = fleetCases;
    await expect(holds({ ...(one as AlertCase), silent: [one?.fires.at ?? 0] }, 2_000)).rejects.toThrow('FAILED');
  });

  test('have cases each that fire, are silent before, and silent again once it was mended', () => {
    expect([...new Set(cases.map(({ alert }) => alert))].toSorted()).toEqual(names.toSorted());
    const oneSided = cases.filter(({ fires, silent }) => !silent.some((at) => at < fires.at) || !silent.some((at) => at > fires.at));
    expect(oneSided.map(({ alert }) => alert)).toEqual([]);
  });

  test('are fit to be read: a severity, a summary, a description, and a runbook that has a section for each and no other', async () => {
    const unfit = alerts.filter(({ labels, annotations }) => !severities.includes(labels['severity'] ?? '') || !annotations['summary']?.endsWith('.') || !annotations['description']?.endsWith('.'));
    expect(unfit.map(({ alert }) => alert)).toEqual([]);
    expect(alerts.map(({ alert, annotations }) => [alert, annotations['runbook_url']])).toEqual(names.map((name) => [name, `docs/runbook.md#${name.toLowerCase()}`]));
    const sections = await runbookSections();
    expect(sections.map(({ title }) => title)).toEqual(names);
    expect(sections.filter(({ parts }) => parts.join() !== 'Means,Look,Do').map(({ title }) => title)).toEqual([]);
  });

  test('send whoever reads the runbook to sections that exist, and to lines of the log that are written', async () => {
    const text = await runbookText();
    const anchors = names.map((name) => name.toLowerCase());
    expect([...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor).filter((anchor) => !anchors.includes(anchor))).toEqual([]);
    const sources = (await Promise.all((await readdir(join(root, 'src'), { recursive: true })).filter((path) => path.endsWith('.ts')).map((path) => readFile(join(root, 'src', path), 'utf8')))).join('\n');
    const quoted = [...text.matchAll(/`([A-Z][a-z]+ [a-z][^`]*?)(?: …)?`/g)].map(([, line = '']) => line);
    expect(quoted.filter((line) => !sources.includes(line))).toEqual([]);
    expect(quoted.length).toBeGreaterThan(5);
  });

  test('read series of this job only: the names of our metrics are not ours alone', () => {
    const strays = alerts.filter(({ expr }) => [...expr.matchAll(/\{([^}]*)\}/g)].some(([, labels = '']) => !labels.startsWith('job="tenant-edge-metrics"')));
    expect(strays.map(({ alert }) => alert)).toEqual([]);
  });
});
