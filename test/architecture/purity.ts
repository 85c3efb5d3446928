import { posix } from 'node:path';
import { codeRule, floorOf, importRule, type Link, type Rule, type Tree } from './tree.ts';

const inCore = (path: string): boolean => floorOf(path) === 'reconcilers' || floorOf(path) === 'crds';
// Written for a person at a prompt, not for the process: it is a program of its own.
const isProgram = (path: string): boolean => path === 'crds/generate.ts';

/** Files whose functions decide and never act, by name and anywhere in a kind: all but these three. */
const isPure = (path: string): boolean => /^reconcilers\/[^/]+\/.+/.test(path) && !/^reconcilers\/(?:aws|ports)\//.test(path) && !['index.ts', 'observe.ts', 'apply.ts'].includes(posix.basename(path));

const harmless = ['node:crypto', 'node:url', 'node:util'];

const isPort = (link: Link): boolean => link.to === 'file' && link.file.startsWith('reconcilers/ports/');

const noInputOutput = importRule('the core does no I/O of its own', 'what it cannot import it can only be handed, so a test hands it a world in memory', (file, link) =>
  link.to === 'package' && !link.typeOnly && !harmless.includes(link.package) && inCore(file.path) && !isProgram(file.path) ? `imports ${link.package} as more than types` : undefined,
);

/** The files that run when this one is loaded, itself first. */
const loadedBy = (tree: Tree, path: string): readonly string[] => {
  const loaded = new Set([path]);
  for (const at of loaded) {
    for (const link of tree.get(at)?.links ?? []) if (link.to === 'file' && !link.typeOnly) loaded.add(link.file);
  }
  return [...loaded];
};

const portsAsTypes: Rule = {
  name: 'pure files know ports as types only',
  because: 'plan, status and subject are functions of what was seen; nothing that they load can look again',
  find: (tree) =>
    [...tree.keys()].filter(isPure).flatMap((pure) =>
      loadedBy(tree, pure).flatMap((path) =>
        (tree.get(path)?.links ?? []).filter((link) => isPort(link) && !link.typeOnly).map(({ specifier }) => ({ path: pure, what: `${path === pure ? 'imports' : `loads ${path}, which imports`} ${specifier}` })),
      ),
    ),
};

const isShell = (path: string): boolean => floorOf(path) === 'src' || inCore(path);
const timers = /\b(?:setTimeout|setInterval|setImmediate|queueMicrotask)\b/;

/** What code may not do where. */
export const purityRules: readonly Rule[] = [
  noInputOutput,
  portsAsTypes,
  codeRule('pure files wait for nothing', 'a decision made over time is made on a world that has changed meanwhile', { never: /\b(?:async|await)\b|\bPromise\b/, applies: isPure }),
  codeRule('the core reads no clock', 'time is a parameter: a pass can be run again on any day', { never: /\bDate\.now\b|\bnew Date\(\s*\)|(?<!new )\bDate\(|\bperformance\b/, applies: inCore }),
  codeRule('the core draws no random numbers', 'a failed run is repeated from its seed', { never: /\bMath\.random\b|\brandom(?:UUID|Bytes|Int)\b|\bgetRandomValues\b/, applies: inCore }),
  codeRule('the core reads no environment', 'what a pass depends on is in its arguments', { never: /\bprocess\.|\bglobalThis\b|\bconsole\.|\bfetch\(/, applies: (path) => inCore(path) && !isProgram(path) }),
  codeRule("timers are the clock's", 'on virtual time nothing sleeps, and nothing is left behind', { never: timers, applies: (path) => isShell(path) && path !== 'src/runtime/clock.ts' }),
  codeRule('the shell reads the clock it is given', 'a day of the fleet runs in a second of a test', { never: /\bDate\.now\b|\bnew Date\(\s*\)/, applies: (path) => floorOf(path) === 'src' && path !== 'src/runtime/clock.ts' }),
  codeRule('the environment is read in config.ts', 'every setting is documented, checked and told in one place', { never: /\bprocess\.env\b/, applies: (path) => floorOf(path) !== 'test' && path !== 'src/config.ts' }),
];
