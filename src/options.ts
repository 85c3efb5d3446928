import { parseArgs } from 'node:util';
import type { OptionType } from './option-types.ts';

/**
 * One option: a flag, and an environment variable of the same name. `default` is what is read when neither is given; without it the option
 * is `required`, or its value absent.
 */
export type Option<Value> = {
  readonly flag: string;
  readonly type: OptionType<Value>;
  readonly description: string;
} & ({ readonly default: string } | { readonly required: true } | { readonly required: false });

/** Options by the name that their value has in the program. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

type ValueOf<Of> = Of extends { readonly type: OptionType<infer Value> } ? Value : never;
type MayBeAbsent = { readonly required: false };

/** The values of a table of options; those that need not be given are absent where nobody gave them. */
export type ValuesOf<Table extends OptionTable> = {
  readonly [Name in keyof Table as Table[Name] extends MayBeAbsent ? never : Name]: ValueOf<Table[Name]>;
} & {
  readonly [Name in keyof Table as Table[Name] extends MayBeAbsent ? Name : never]?: ValueOf<Table[Name]>;
};

/** Where options come from: the words behind the program's name, and the environment. */
export type Origin = { readonly args: readonly string[]; readonly env: Readonly<Record<string, string | undefined>> };

/** What became of them: the values, the wish for help, or one line for each mistake, all of them. */
export type Given<Values> =
  | { readonly is: 'values'; readonly values: Values }
  | { readonly is: 'help' }
  | { readonly is: 'mistaken'; readonly mistakes: readonly string[] };

/** The environment variable of a flag. */
export const variableOf = (flag: string): string => `TENANT_EDGE_${flag.toUpperCase().replaceAll('-', '_')}`;

/** Reads all options of the table. A flag wins over its variable; a variable that is empty counts as not set. */
export const readOptions = <Table extends OptionTable>(table: Table, { args, env }: Origin): Given<ValuesOf<Table>> => {
  const flags = readFlags(table, args);
  if (flags.asksHelp) return { is: 'help' };
  const mistakes = [...flags.mistakes];
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) {
    const given = textOf(option, flags.texts, env);
    if (given === undefined) {
      if (isRequired(option)) mistakes.push(`--${option.flag} (or ${variableOf(option.flag)}) is required: ${option.description}`);
      continue;
    }
    const reading = option.type.read(given.text);
    if ('mistake' in reading) mistakes.push(`${given.from} "${given.text}" ${reading.mistake}`);
    else values[name] = reading.value;
  }
  return mistakes.length === 0 && isComplete(values, table) ? { is: 'values', values } : { is: 'mistaken', mistakes };
};

const isRequired = (option: Option<unknown>): boolean => 'required' in option && option.required;

/** Whether every value is there that has to be: each was read by its own type. */
const isComplete = <Table extends OptionTable>(values: Readonly<Record<string, unknown>>, table: Table): values is ValuesOf<Table> =>
  Object.entries(table).every(([name, option]) => Object.hasOwn(values, name) || !('default' in option || isRequired(option)));

type Flags = { readonly texts: ReadonlyMap<string, string>; readonly asksHelp: boolean; readonly mistakes: readonly string[] };

const readFlags = (table: OptionTable, args: readonly string[]): Flags => {
  const known = new Set(Object.values(table).map(({ flag }) => flag));
  const options = Object.fromEntries([...known].map((flag) => [flag, { type: 'string' } as const]));
  // Strict parsing stops at the first mistake; a person wants to hear of all of them.
  const { tokens } = parseArgs({ args: [...args], options: { ...options, help: { type: 'boolean', short: 'h' } }, strict: false, tokens: true });
  const texts = new Map<string, string>();
  const mistakes: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') mistakes.push(`"${token.value}" is no option`);
    if (token.kind !== 'option' || token.name === 'help') continue;
    if (!known.has(token.name)) mistakes.push(`${token.rawName} is unknown: see --help`);
    else if (token.value === undefined || (!token.inlineValue && token.value.startsWith('--'))) mistakes.push(`${token.rawName} needs a value`);
    else if (texts.has(token.name)) mistakes.push(`${token.rawName} is given twice`);
    else texts.set(token.name, token.value);
  }
  return { texts, mistakes, asksHelp: tokens.some((token) => token.kind === 'option' && token.name === 'help') };
};

const textOf = (option: Option<unknown>, flags: ReadonlyMap<string, string>, env: Origin['env']): { readonly from: string; readonly text: string } | undefined => {
  const flag = flags.get(option.flag);
  if (flag !== undefined) return { from: `--${option.flag}`, text: flag };
  const variable = env[variableOf(option.flag)];
  if (variable !== undefined && variable !== '') return { from: variableOf(option.flag), text: variable };
  return 'default' in option ? { from: `default of --${option.flag}`, text: option.default } : undefined;
};

/** Every option of the table as `--help` lists it. */
export const describeOptions = (table: OptionTable): string => Object.values(table).map(describeOption).join('\n');

const describeOption = (option: Option<unknown>): string => {
  const absent = 'default' in option ? `default ${option.default}` : option.required ? 'required' : 'not set by default';
  return [
    `  --${option.flag} <${option.type.word}>   ${variableOf(option.flag)}`,
    `      ${option.description}`,
    `      ${option.type.range}; ${absent}`,
  ].join('\n');
};
