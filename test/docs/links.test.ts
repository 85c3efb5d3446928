import { existsSync, globSync } from 'node:fs';
import { posix } from 'node:path';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsIn, pagePaths, readPage, root } from './markdown.ts';

const pages = [...pagePaths(), 'SECURITY.md'].map(readPage);

type Link = { readonly where: string; readonly path: string; readonly anchor: string | undefined };

const links: readonly Link[] = pages.flatMap(({ path, prose }) =>
  prose.flatMap(({ line, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) return [];
      const [file = '', anchor] = target.split('#');
      return [{ where: `${path}:${line} ${target}`, path: file === '' ? path : posix.join(posix.dirname(path), file), anchor }];
    }),
  ),
);

describe('every link within the project', () => {
  test('is found', () => {
    expect(links.length).toBeGreaterThan(80);
  });

  test('leads to a file or a folder', () => {
    expect(links.filter(({ path }) => !existsSync(join(root, path))).map(({ where }) => where)).toEqual([]);
  });

  test('that names an anchor names one that is there', () => {
    const wrong = links.filter(({ path, anchor }) => anchor !== undefined && !(path.endsWith('.md') && existsSync(join(root, path)) && anchorsIn(readPage(path)).has(anchor)));
    expect(wrong.map(({ where }) => where)).toEqual([]);
  });
});

test('every file and folder that is named exists', () => {
  const folders = ['crds', 'reconcilers', 'src', 'helm', 'test', 'docs', 'examples'];
  const named = pages.flatMap(({ path, prose }) => prose.flatMap(({ line, text }) => [...text.matchAll(/`([\w-]+\/[\w./*-]*)`/g)].map(([, name = '']) => ({ where: `${path}:${line} ${name}`, name }))));
  const ours = named.filter(({ name }) => folders.some((folder) => name.startsWith(`${folder}/`)));
  expect(ours.length).toBeGreaterThan(15);
  expect(ours.filter(({ name }) => globSync(name, { cwd: root }).length === 0).map(({ where }) => where)).toEqual([]);
});

test('every page of docs/ is in its index', () => {
  const index = readPage('docs/README.md').prose.map(({ text }) => text).join('\n');
  expect(pagePaths().filter((path) => path.startsWith('docs/') && path !== 'docs/README.md' && !index.includes(`](${path.slice('docs/'.length)})`))).toEqual([]);
});
