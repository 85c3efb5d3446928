import type { AwsTally } from './aws-tally.ts';
import type { VirtualFigures, VirtualStretch } from './in-process.ts';
import type { ColdStart, Edits, Onboarding, Rest } from './phases.ts';
import type { Settings } from './settings.ts';
import type { Stretch } from './stage.ts';
import type { TierEdit, TierEdits } from './tier-edits.ts';

/** All figures of one run. */
export type Figures = { readonly settings: Settings; readonly onboarding: Onboarding; readonly rest: Rest; readonly coldStart: ColdStart; readonly tierEdits: TierEdits; readonly edits: Edits };

type Row = readonly [what: string, figure: string, note?: string];

const decimal = (value: number, digits = 1): string => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const whole = (value: number): string => decimal(value, 0);
const seconds = (value: number): string => `${decimal(value)} s`;
const mebibytes = (value: number): string => `${whole(value)} MiB`;

const section = (title: string, rows: readonly Row[]): string =>
  [title, ...rows.map(([what, figure, note]) => `  ${what.padEnd(46)}${figure.padStart(12)}${note === undefined ? '' : `   ${note}`}`)].join('\n');

const callRows = ({ operations, throttled, failed }: AwsTally, tenants: number): readonly Row[] => [
  ...operations.map(({ operation, shared, calls }): Row => [`${shared ? 'shared' : 'own'} ${operation}`, decimal(calls / tenants, 2), `${whole(calls)} in all`]),
  ['throttled by AWS', whole(throttled)],
  ['answered with another error', whole(failed)],
];

const tenantWrites = ({ writes }: Stretch): number => writes.tenantFinalizers + writes.tenantStatus;

const onboardingRows = ({ onboarding, settings: { tenants } }: Figures): readonly Row[] => {
  const { toReady, toRest, floorSeconds, aloneSeconds, firstSeconds, halfSeconds } = onboarding;
  return [
    ['apply of all to all Ready', seconds(toReady.seconds)],
    ['floor of the rate limits', seconds(floorSeconds), `${decimal(toReady.seconds / floorSeconds, 2)} x`],
    ['one tenant by itself', seconds(aloneSeconds), `floor and this together: ${decimal(toReady.seconds / (floorSeconds + aloneSeconds), 2)} x`],
    ['until the first was Ready', seconds(firstSeconds), `half of them: ${seconds(halfSeconds)}`],
    ['CPU', seconds(toReady.cpuSeconds), `${decimal((1_000 * toReady.cpuSeconds) / tenants)} ms a tenant`],
    ['own AWS calls a tenant', decimal(toReady.aws.own / tenants, 2)],
    ['shared AWS calls a tenant', decimal(toReady.aws.shared / tenants, 2)],
    ...callRows(toReady.aws, tenants),
    ['Kubernetes writes a tenant until Ready', decimal(tenantWrites(toReady) / tenants, 2), `${decimal(toReady.writes.tenantFinalizers / tenants, 2)} finalizer, ${decimal(toReady.writes.tenantStatus / tenants, 2)} status`],
    ['and once DNS points here', decimal(tenantWrites(toRest) / tenants, 2)],
    ['writes of the tier', whole(toReady.writes.tiers + toRest.writes.tiers)],
    ['Kubernetes Events a tenant', decimal(((toReady.requests['POST'] ?? 0) + (toRest.requests['POST'] ?? 0)) / tenants, 2)],
  ];
};

const restRows = ({ rest: { stretch, usage, heapMiB }, coldStart, settings: { tenants } }: Figures): readonly Row[] => [
  ['own AWS calls', whole(stretch.aws.own)],
  ['shared AWS calls', whole(stretch.aws.shared), `a poll every 10 min: ${decimal((6 * coldStart.stretch.aws.shared) / tenants, 2)} a tenant and hour`],
  ['Kubernetes writes', whole(tenantWrites(stretch) + stretch.writes.tiers + (stretch.requests['POST'] ?? 0))],
  ['CPU', seconds(stretch.cpuSeconds)],
  ['RSS', mebibytes(usage.residentMiB), `heap in use: ${mebibytes(heapMiB)}`],
  ['RSS at most until now', mebibytes(usage.peakMiB)],
];

const coldStartRows = ({ coldStart: { stretch, toReadySeconds, beyondAwsSeconds, passes, usage } }: Figures): readonly Row[] => [
  ['start to ready', seconds(toReadySeconds)],
  ['start to every key looked at', seconds(stretch.seconds), `${whole(passes)} passes`],
  ['without the time of AWS\'s lists', seconds(beyondAwsSeconds)],
  ...stretch.aws.operations.map(({ operation, shared, calls }): Row => [`${shared ? 'shared' : 'own'} ${operation}`, whole(calls)]),
  ['Kubernetes writes', whole(tenantWrites(stretch) + stretch.writes.tiers + (stretch.requests['POST'] ?? 0))],
  ['CPU', seconds(stretch.cpuSeconds)],
  ['RSS', mebibytes(usage.residentMiB)],
  ['RSS at most', mebibytes(usage.peakMiB)],
];

const tierEditRows = ({ changes, floorSeconds, stretch }: TierEdit, what: string): readonly Row[] => [
  [`edit to every ${what} having it`, seconds(stretch.seconds), `${whole(changes)} to change`],
  ['floor of the rate limits', seconds(floorSeconds), `${decimal(stretch.seconds / floorSeconds, 2)} x`],
  ...stretch.aws.operations.map(({ operation, shared, calls }): Row => [`${shared ? 'shared' : 'own'} ${operation}`, whole(calls), `${decimal(calls / changes, 2)} a ${what}`]),
  ['Kubernetes writes of tenants', whole(tenantWrites(stretch))],
  ['writes of the tier', whole(stretch.writes.tiers)],
];

/** One line for the README's comparison with other controllers, whose columns it has; a lost answer is not measured here. */
const comparison = ({ settings: { tenants }, onboarding: { toReady }, rest, coldStart }: Figures): string =>
  `| Tenant Edge | ${decimal(toReady.aws.own / tenants)} own, certificate included, and ${decimal(toReady.aws.shared / tenants)} shared `
  + `| ${whole(coldStart.stretch.aws.own)} reads a tenant's own, ${whole(coldStart.stretch.aws.shared)} shared, ${whole(tenantWrites(coldStart.stretch))} status writes `
  + `| ${decimal(tenantWrites(toReady) / tenants)} | | ${whole(rest.usage.residentMiB)} MiB at ${whole(tenants)} |`;

/** The figures as a person reads them. */
export const tableOf = (figures: Figures): string => {
  const { settings: { tenants, rateScale, seed }, tierEdits, edits } = figures;
  return [
    `${whole(tenants)} tenants, each with a certificate of its own; AWS's published rates x ${rateScale}; seed ${seed}`,
    section('Onboarding, all manifests at once', onboardingRows(figures)),
    section('At rest, for 60 s', restRows(figures)),
    section('Cold start with nothing to do', coldStartRows(figures)),
    section('Edit of the tier\'s rules', tierEditRows(tierEdits.rules, 'web ACL')),
    section('Edit of the tier\'s geoRestriction', tierEditRows(tierEdits.geo, 'tenant')),
    section('Spec edit to first AWS call', [['p50', `${whole(edits.p50Ms)} ms`, `${edits.count} edits`], ['p99', `${whole(edits.p99Ms)} ms`], ['at most', `${whole(edits.maxMs)} ms`]]),
    comparison(figures),
  ].join('\n\n');
};

const virtualRows = ({ seconds: took, aws, writes }: VirtualStretch, tenants: number): readonly Row[] => [
  ['time of the account', seconds(took)],
  ['own AWS calls a tenant', decimal(aws.own / tenants, 2)],
  ['shared AWS calls a tenant', decimal(aws.shared / tenants, 2)],
  ...callRows(aws, tenants),
  ['Kubernetes writes a tenant', decimal(writes / tenants, 2)],
];

/** The same for the fleet in memory. */
export const virtualTableOf = ({ settings: { tenants, rateScale, seed }, floorSeconds, toReady, anHourAtRest, coldStart }: VirtualFigures): string =>
  [
    `${whole(tenants)} tenants in memory; AWS's published rates x ${rateScale}; seed ${seed}`,
    section('Onboarding, all manifests at once', [['floor of the rate limits', seconds(floorSeconds), `${decimal(toReady.seconds / floorSeconds, 2)} x`], ...virtualRows(toReady, tenants)]),
    section('At rest, for an hour', virtualRows(anHourAtRest, tenants)),
    section('Cold start with nothing to do', virtualRows(coldStart, tenants)),
  ].join('\n\n');
