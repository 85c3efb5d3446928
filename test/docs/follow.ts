import { execFile } from 'node:child_process';
import { afterAll, describe, expect, test } from 'vitest';
import { type Command, commandsIn, isShell } from './commands.ts';
import { readPage, root } from './markdown.ts';
import { type Before, type Part, partOf } from './parts.ts';
import { filledIn, type ProgramName, programs, reasonNotToRun } from './substitutions.ts';
import { type Desk, type DocsWorld, startDocsWorld } from './world.ts';

const commandTimeoutMs = 10 * 60_000;
const partTimeoutMs = 20 * 60_000;

/** What became of a command. */
export type End = { readonly code: number; readonly output: string };

/** Types a text into a shell there. Resolves with any end of it. */
export const typed = (text: string, { directory, environment }: Desk): Promise<End> =>
  new Promise((resolve) => {
    execFile('bash', ['--norc', '-euo', 'pipefail', '-c', text], { cwd: directory, env: environment, timeout: commandTimeoutMs, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, output: `${stdout}${stderr}`.trim() });
    });
  });

/** What this shell knows and vitest's own settings do not reach. */
const checkout = (): Desk => ({ directory: root, environment: { PATH: process.env['PATH'], HOME: process.env['HOME'] } });

/** Whether this machine has it, and what the pages ask of it. */
export const isThere = async (program: ProgramName): Promise<boolean> => (await typed(programs[program], checkout())).code === 0;

const whereOf = ({ page, line, text }: Command): string => `${page}:${line}: ${text}`;

/** Types a command as the page has it. Returns what is to be said of it, where it was not wholly run. */
const follow = async (command: Command, desk: Desk): Promise<string | undefined> => {
  const exception = reasonNotToRun(command.text);
  if (exception !== undefined && exception.ends === undefined && exception.after === undefined) return `${whereOf(command)}: not run: ${exception.because}`;
  if (/^(?:aws |for [\s\S]*\baws )/.test(command.text) && !(await isThere('aws'))) return `${whereOf(command)}: not run: there is no aws on the path that knows distribution tenants`;
  const text = filledIn(command.text);
  expect(text, `${whereOf(command)}: a placeholder is left`).not.toMatch(/<YOUR_/);
  const { code, output } = await typed(exception?.after === undefined ? text : `${exception.after}\n${text}`, desk);
  if (exception?.ends !== undefined && code === 0) return undefined;
  if (exception?.ends !== undefined) expect(output, whereOf(command)).toMatch(exception.ends);
  else if (code !== 0) throw new Error(`${whereOf(command)}: ended with ${code}: ${output.slice(-4_000)}`);
  return exception === undefined ? undefined : `${whereOf(command)}: not wholly run: ${exception.because}`;
};

const commandsOf = (page: string): readonly Command[] => readPage(page).blocks.filter(isShell).flatMap(commandsIn);

const commandsUnder = ({ page, heading, only }: Exclude<Before, { readonly command: string } | { readonly standIns: unknown }>): readonly Command[] =>
  commandsOf(page).filter((command) => command.heading === heading && command.text.startsWith(only ?? ''));

const prepare = async (before: Before, desk: Desk, world: DocsWorld | undefined): Promise<void> => {
  if ('standIns' in before) return world?.install(before.standIns);
  const commands = 'command' in before ? [{ page: 'before', heading: '', line: 0, text: before.command }] : commandsUnder(before);
  expect(commands, 'commands to begin with').not.toEqual([]);
  for (const command of commands) await follow(command, desk);
};

/** One test for each part: its commands are typed one after the other, and all of them have to end well. */
export const followParts = (parts: readonly Part[], seed: number): void => {
  describe('every command of the pages does what it is there for', () => {
    let world: DocsWorld | undefined;

    afterAll(() => world?.stop());

    test.for(parts)('$name', { timeout: partTimeoutMs }, async (part, { annotate, skip }) => {
      for (const program of part.needs ?? []) skip(!(await isThere(program)), `there is no ${program} on the path`);
      if (part.in === 'a new cluster') {
        await world?.stop();
        world = await startDocsWorld(seed);
      }
      const desk = part.in === 'the checkout' ? checkout() : world?.desk;
      skip(world?.hasPods === false, 'KUBEBUILDER_ASSETS has no kube-controller-manager');
      if (desk === undefined) throw new Error(`follow ${part.page}: there is no cluster to follow it in`);
      for (const before of part.before ?? []) await prepare(before, desk, world);
      for (const command of commandsOf(part.page).filter((each) => partOf(each) === part)) {
        const note = await follow(command, desk);
        if (note !== undefined) await annotate(note);
        const { after, type } = part.meanwhile ?? { after: '', type: [] };
        if (command.text.startsWith(after)) for (const before of type) await prepare(before, desk, world);
      }
      expect(world?.brokenEnds() ?? [], 'processes that did not end as they were asked to').toEqual([]);
    });
  });
};
