import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The root of the project. */
export const root = join(import.meta.dirname, '..', '..');

/** The alerts as the chart installs them. */
export const alertsPath = join(root, 'helm', 'tenant-edge', 'files', 'alerts.yaml');
export const dashboardPath = join(root, 'helm', 'tenant-edge', 'files', 'dashboard.json');

export type Alert = {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
};

/** Every alert of the file, in its order. */
export const readAlerts = async (): Promise<readonly Alert[]> => {
  const { groups } = parse(await readFile(alertsPath, 'utf8')) as { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
  return groups.flatMap(({ rules }) => rules);
};
