import { parseArgs } from 'node:util';

/** What is measured, and how much of it. */
export type Settings = {
  readonly tenants: number;
  /** How many times AWS's published rates the simulated account has, and the controller is told of. */
  readonly rateScale: number;
  readonly seed: number;
  /** Where the figures are written as JSON, beside the table. */
  readonly json: string | undefined;
  /** In memory and on virtual time: counts of calls and writes, no seconds. */
  readonly inProcess: boolean;
};

/** What the command line says, or what is wrong with it. */
export type Told = { readonly is: 'settings'; readonly settings: Settings } | { readonly is: 'help' } | { readonly is: 'mistaken'; readonly mistake: string };

/** The words behind `npm run bench --`. */
export const help = `npm run bench -- [--tenants 1000] [--rate-scale 10] [--seed 1] [--json file] [--in-process]

  --tenants      how many TenantDomains are onboarded, 1 to 100000
  --rate-scale   how many times AWS's published call rates the account has, 0.1 to 100; 1 is a new account
  --seed         of all chance in the simulated account
  --json         also write the figures to this file
  --in-process   the same fleet in memory and on virtual time, at the account's rates
`;

const numberWithin = (text: string, least: number, most: number): number | undefined => {
  const value = Number(text);
  return text.trim() !== '' && value >= least && value <= most ? value : undefined;
};

const options = {
  tenants: { type: 'string', default: '1000' },
  'rate-scale': { type: 'string', default: '10' },
  seed: { type: 'string', default: '1' },
  json: { type: 'string' },
  'in-process': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the command line. */
export const readSettings = (args: readonly string[]): Told => {
  try {
    return settingsFrom(parseArgs({ args: [...args], options }).values);
  } catch (error) {
    return { is: 'mistaken', mistake: error instanceof Error ? error.message : String(error) };
  }
};

const settingsFrom = (values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']): Told => {
  if (values.help) return { is: 'help' };
  const [tenants, rateScale, seed] = [numberWithin(values.tenants, 1, 100_000), numberWithin(values['rate-scale'], 0.1, 100), numberWithin(values.seed, 0, 2 ** 31)];
  if (tenants === undefined || !Number.isInteger(tenants)) return { is: 'mistaken', mistake: `--tenants ${values.tenants}: want a whole number, 1 to 100000` };
  if (rateScale === undefined) return { is: 'mistaken', mistake: `--rate-scale ${values['rate-scale']}: want a number, 0.1 to 100` };
  if (seed === undefined || !Number.isInteger(seed)) return { is: 'mistaken', mistake: `--seed ${values.seed}: want a whole number, 0 or more` };
  return { is: 'settings', settings: { tenants, rateScale, seed, json: values.json, inProcess: values['in-process'] } };
};
