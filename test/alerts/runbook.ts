import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './alerts-file.ts';

/** A section of the runbook: the alert it is about, its parts by their bold first words, and its commands, one a line. */
export type Section = { readonly title: string; readonly parts: readonly string[]; readonly commands: readonly string[]; readonly queries: readonly string[] };

const blocksIn = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].flatMap(([, block = '']) => block.trimEnd().split('\n')).filter((line) => line !== '' && !line.startsWith('#'));

/** docs/runbook.md as it is. */
export const runbookText = (): Promise<string> => readFile(join(root, 'docs', 'runbook.md'), 'utf8');

/** The sections of docs/runbook.md, in their order. */
export const runbookSections = async (): Promise<readonly Section[]> => {
  return (await runbookText()).split(/^## (?=TenantEdge)/m).slice(1).map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    parts: [...section.matchAll(/^\*\*([^*]+)\*\*/gm)].map(([, words = '']) => words),
    commands: blocksIn(section, 'sh'),
    queries: blocksIn(section, 'promql'),
  }));
};
