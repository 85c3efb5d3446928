import { readConfig } from '../../../src/config.ts';

const head = `# Options of the process

Each is a flag and an environment variable; the flag wins, and a variable that is empty counts as not set. A mistake ends the process with code 2 and one line for each. The
chart sets them from its [values](../helm/tenant-edge/README.md#values). AWS credentials and endpoints are found as the AWS SDK finds them.

| Flag and variable | Default | Allowed | |
|---|---|---|---|
`;

/** An option as \`--help\` tells it. */
export type ToldOption = { readonly flag: string; readonly word: string; readonly variable: string; readonly description: string; readonly range: string; readonly absent: string };

const optionForm = /^ {2}(?<flag>--[a-z0-9-]+) <(?<word>[^>]+)> {3}(?<variable>TENANT_EDGE_\w+)\n {6}(?<description>.+)\n {6}(?<range>.+); (?<absent>default \S+|required|not set by default)$/gm;

/** Every option that the program tells when it is asked for help. */
export const toldOptions = (): readonly ToldOption[] => {
  const told = readConfig({ args: ['--help'], env: {} });
  const text = told.is === 'help' ? told.text : '';
  const options = [...text.matchAll(optionForm)].map(({ groups }) => ({ ...groups }) as ToldOption);
  const flags = text.match(/^ {2}--/gm)?.length ?? 0;
  if (options.length === 0 || options.length !== flags) throw new Error(`read the options from --help: ${String(options.length)} of ${String(flags)} have the form that is known here`);
  return options;
};

const cell = (text: string): string => text.replaceAll('|', '\\|');

const rowOf = ({ flag, word, variable, description, range, absent }: ToldOption): string => {
  const [, preset] = /^default (.+)$/.exec(absent) ?? [];
  return `| \`${flag}\`<br>\`${variable}\` | ${preset === undefined ? absent : `\`${preset}\``} | ${cell(word)}: ${cell(range)} | ${cell(description)} |`;
};

/** docs/options.md, from what \`--help\` says. */
export const optionsPage = (): string => `${head}${toldOptions().map(rowOf).join('\n')}\n`;
