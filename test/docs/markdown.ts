import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block. `heading`: the text of the last heading before it, empty where there is none. */
export type Block = { readonly page: string; readonly line: number; readonly heading: string; readonly language: string; readonly text: string };

/** A page: its blocks, and its prose, which is everything else, line by line with its number and the heading that it stands under. */
export type Page = { readonly path: string; readonly blocks: readonly Block[]; readonly prose: readonly { readonly line: number; readonly heading: string; readonly text: string }[] };

/** The pages with commands for users, by their paths from the root of the project. */
export const pagePaths = (): readonly string[] => ['README.md', 'examples/gitops/README.md', 'helm/tenant-edge/README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).toSorted().map((name) => `docs/${name}`)];

/** Reads a page. Throws where a fence is opened and not closed. */
export const readPage = (path: string): Page => pageFrom(path, readFileSync(join(root, path), 'utf8'));

/** The page that this text is. */
export const pageFrom = (path: string, source: string): Page => {
  const blocks: Block[] = [];
  const prose: { line: number; heading: string; text: string }[] = [];
  let heading = '';
  let open: { readonly fence: string; readonly language: string; readonly line: number; readonly lines: string[] } | undefined;
  for (const [index, text] of source.split('\n').entries()) {
    const [, fence, language = ''] = /^(`{3,})(\w*)/.exec(text) ?? [];
    if (open !== undefined && fence === open.fence && language === '') {
      blocks.push({ page: path, line: open.line, heading, language: open.language, text: open.lines.join('\n') });
      open = undefined;
    } else if (open !== undefined) open.lines.push(text);
    else if (fence !== undefined) open = { fence, language, line: index + 1, lines: [] };
    else {
      heading = /^#{1,6} (.+)$/.exec(text)?.[1] ?? heading;
      prose.push({ line: index + 1, heading, text });
    }
  }
  if (open !== undefined) throw new Error(`read ${path}: the fence of line ${open.line} is not closed`);
  return { path, blocks, prose };
};

/** What a heading is called in a link: GitHub's way, as far as these pages need it. */
export const anchorOf = (heading: string): string =>
  heading.toLowerCase().replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');

/** All anchors of a page: its headings, and what it names by `id`. */
export const anchorsIn = ({ prose }: Page): ReadonlySet<string> =>
  new Set(prose.flatMap(({ text }) => [...(/^#{1,6} (.+)$/.exec(text)?.slice(1).map(anchorOf) ?? []), ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]));
