import { posix } from 'node:path';
import { codeRule, floorOf, importRule, type Rule } from './tree.ts';

const maxLines = 200;
/** Written by a program. */
const generated = ['crds/types.ts'];

const sized: Rule = {
  name: 'files are short',
  because: 'a file is read whole, on one screen or two',
  find: (tree) => [...tree.values()].filter(({ path, lines }) => lines > maxLines && !generated.includes(path)).map(({ path, lines }) => ({ path, what: `has ${lines} lines` })),
};

const empty = ['utils', 'util', 'helpers', 'helper', 'common', 'misc'];

const named: Rule = {
  name: 'files are named for what is in them',
  because: 'what belongs anywhere ends up in a file that means nothing',
  find: (tree) =>
    [...tree.keys()].flatMap((path) => {
      const words = path.split('/').map((part) => part.replace(/\..*$/, ''));
      const word = words.find((one) => empty.includes(one));
      return word === undefined ? [] : [{ path, what: `is called ${word}` }];
    }),
};

const isTest = (path: string): boolean => posix.basename(path).endsWith('.test.ts');

/** How files look. */
export const formRules: readonly Rule[] = [
  sized,
  named,
  codeRule('no default export', 'a thing has one name, wherever it is used', { never: /\bexport\s+default\b|\bas\s+default\b/, applies: () => true }),
  codeRule('no test is left out', 'a suite that is green runs all of itself', { never: /\b(?:test|it|describe|suite|bench)(?:\.\w+)*\.(?:only|skip|todo)\b|\b(?:fdescribe|fit|xdescribe|xit|xtest)\b/, applies: isTest }),
  codeRule('no state outside of functions', 'two processes in one test share nothing', { never: /^(?:export\s+)?(?:let|var)\b.*/, applies: (path) => floorOf(path) !== 'test' }),
  importRule('no import for its effects', 'what a file does is done by whoever calls it', (file, link) => (link.bare && floorOf(file.path) !== 'test' ? `imports ${link.specifier}` : undefined)),
];

/** How many files are longer than one would like, of how many. */
export const longFiles = (files: Iterable<{ readonly path: string; readonly lines: number }>, over: number): readonly string[] =>
  [...files].filter(({ path, lines }) => lines > over && !generated.includes(path)).map(({ path, lines }) => `${path} (${lines})`);
