import { posix } from 'node:path';
import { codeOf, type Import, importsOf, lineAt } from './code.ts';

/** A file as it is on disk; `path` from the root of the project, with slashes. */
export type Source = { readonly path: string; readonly text: string };

/** An import with what it leads to: `file` within the project, or `package` (`node:` modules and packages without their subpath). */
export type Link = Import & ({ readonly to: 'file'; readonly file: string } | { readonly to: 'package'; readonly package: string });

export type File = { readonly path: string; readonly lines: number; readonly code: string; readonly links: readonly Link[] };

/** Every file by its path. */
export type Tree = ReadonlyMap<string, File>;

/** What is wrong, and where. `line` counts from 1; it is absent where the file as a whole is meant. */
export type Violation = { readonly rule: string; readonly path: string; readonly line?: number; readonly what: string };

/** One rule of the house: `because` says what it protects. */
export type Rule = { readonly name: string; readonly because: string; readonly find: (tree: Tree) => readonly Omit<Violation, 'rule'>[] };

const linkFrom = (path: string, found: Import): Link => {
  const { specifier } = found;
  if (specifier.startsWith('.')) return { ...found, to: 'file', file: posix.join(posix.dirname(path), specifier) };
  const parts = specifier.split('/');
  return { ...found, to: 'package', package: specifier.startsWith('node:') ? specifier : parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
};

/** Reads sources into a tree. */
export const treeOf = (sources: readonly Source[]): Tree =>
  new Map(
    sources.map(({ path, text }) => {
      const code = codeOf(text);
      const links = importsOf(text, code).map((found) => linkFrom(path, found));
      return [path, { path, code, links, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }];
    }),
  );

/** The floor of the house that a file stands on: `crds`, `reconcilers`, `src`, `test`. */
export const floorOf = (path: string): string => path.split('/')[0] ?? '';

/** A rule about each import by itself: `judge` says what is wrong with it, or nothing. */
export const importRule = (name: string, because: string, judge: (file: File, link: Link, tree: Tree) => string | undefined): Rule => ({
  name,
  because,
  find: (tree) =>
    [...tree.values()].flatMap((file) =>
      file.links.flatMap((link) => {
        const what = judge(file, link, tree);
        return what === undefined ? [] : [{ path: file.path, line: link.line, what }];
      }),
    ),
});

/** A rule that some code is not written in the files that `applies` names. */
export const codeRule = (name: string, because: string, rule: { readonly never: RegExp; readonly applies: (path: string) => boolean }): Rule => ({
  name,
  because,
  find: (tree) =>
    [...tree.values()]
      .filter(({ path }) => rule.applies(path))
      .flatMap(({ path, code }) => [...code.matchAll(new RegExp(rule.never, 'gm'))].map((match) => ({ path, line: lineAt(code, match.index), what: match[0].trim() }))),
});

/** Everything that breaks one of these rules. */
export const violationsOf = (rules: readonly Rule[], tree: Tree): readonly Violation[] => rules.flatMap(({ name, find }) => find(tree).map((violation) => ({ rule: name, ...violation })));
