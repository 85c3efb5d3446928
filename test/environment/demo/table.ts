import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';

/** The columns of `kubectl get tenantdomains -A`, and how wide they are where rows are printed one by one. */
const columns = [
  ['NAMESPACE', 9], ['NAME', 7], ['READY', 7], ['REASON', 21], ['DOMAIN', 22], ['TIER', 7], ['CERTIFICATE', 21], ['DNS', 19], ['AGE', 4],
] as const;

/** The cells of one tenant or tier, in the order of the columns. */
export type Row = readonly string[];

/** The titles of the columns. */
export const titles: Row = columns.map(([title]) => title);

const age = (since: string | undefined, now: Date): string => {
  if (since === undefined) return '';
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1_000));
  return seconds < 120 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60 === 0 ? '' : `${seconds % 60}s`}`;
};

type Conditions = EdgeTier['status'] | TenantDomain['status'];

const conditionIn = (status: Conditions, type: string) => status?.conditions?.find((condition) => condition.type === type);

/** A tenant as kubectl shows it. */
export const rowOf = ({ metadata, spec, status }: TenantDomain, now: Date): Row => [
  metadata.namespace ?? '', metadata.name, conditionIn(status, 'Ready')?.status ?? '', conditionIn(status, 'Ready')?.reason ?? '', spec.domains[0] ?? '', spec.tierRef.name,
  conditionIn(status, 'CertificateReady')?.reason ?? '', conditionIn(status, 'DNSConfigured')?.reason ?? '', age(metadata.creationTimestamp, now),
];

/** The titles of what is shown of a tier. */
export const tierTitles: Row = ['EDGETIER', 'READY', 'REASON', 'RULES', 'WEB ACLS', 'ROLLOUT'];

/** A tier as `kubectl get edgetiers -o yaml` shows it, but for what tells nothing here. */
export const tierRowOf = ({ metadata, status }: EdgeTier): Row => {
  const { webACLs = [], rollout } = status ?? {};
  return [
    metadata.name, conditionIn(status, 'Ready')?.status ?? '', conditionIn(status, 'Ready')?.reason ?? '', conditionIn(status, 'WebACLReady')?.reason ?? '',
    webACLs.length === 0 ? 'none of its own' : `${webACLs.length} with ${webACLs.map(({ tenants = 0 }) => tenants).join(' + ')} tenants`,
    rollout === undefined ? '' : `${rollout.phase} in ${rollout.updated} of ${rollout.total}`,
  ];
};

/** Whether two rows say the same, however much older the second is. */
export const saysTheSame = (one: Row | undefined, other: Row): boolean => one !== undefined && one.slice(0, -1).join('\t') === other.slice(0, -1).join('\t');

const lineOf = (row: Row, widths: readonly number[]): string => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();

/** Rows as the lines of one table, each column as wide as its widest cell. */
export const linesOf = (rows: readonly Row[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => lineOf(row, widths));
};

/** A row by itself, in columns with all others that are printed so; a cell that is too long moves those after it. */
export const loneLineOf = (row: Row): string => lineOf(row, columns.map(([, width]) => width));
