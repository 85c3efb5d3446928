import { readFile } from 'node:fs/promises';
import { dashboardPath } from './alerts-file.ts';

export type Place = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
type Target = { readonly refId: string; readonly expr: string; readonly datasource: { readonly type: string; readonly uid: string } };

export type Panel = { readonly id: number; readonly type: string; readonly title: string; readonly description?: string; readonly gridPos: Place; readonly targets?: readonly Target[] };
type Variable = { readonly name: string; readonly type: string; readonly query: string | { readonly query: string } };

export type Dashboard = { readonly uid: string; readonly schemaVersion: number; readonly templating: { readonly list: readonly Variable[] }; readonly panels: readonly Panel[] };

/** The dashboard as the chart installs it. */
export const readDashboard = async (): Promise<Dashboard> => JSON.parse(await readFile(dashboardPath, 'utf8')) as Dashboard;

/** An expression with what Grafana puts in place of its variables. */
export const filledIn = (expr: string): string => expr.replaceAll('$__rate_interval', '2m').replaceAll('$job', 'tenant-edge-metrics');

/** The expressions of all panels, each with the title of its panel. */
export const expressionsOf = ({ panels }: Dashboard): readonly { readonly title: string; readonly expr: string }[] =>
  panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr: filledIn(expr) })));
