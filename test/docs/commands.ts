import type { Block } from './markdown.ts';

/** One command of a page, as it is typed: several lines where it goes on. `line`: where it begins. */
export type Command = { readonly page: string; readonly heading: string; readonly line: number; readonly text: string };

const shells = ['sh', 'bash', 'shell', 'console'];

const isTranscript = ({ language, text }: Block): boolean => (language === '' || language === 'console') && text.startsWith('$ ');

/** Whether commands are in it: a shell's block, or a transcript whose commands follow a `$`. */
export const isShell = (block: Block): boolean => shells.includes(block.language) || isTranscript(block);

const quoteOpenIn = (text: string): boolean => {
  let quote = '';
  for (const [index, character] of text.split('').entries()) {
    if (quote === '' && character === '#' && /(^|\s)$/.test(text.slice(0, index))) return false;
    if (quote === '' && (character === "'" || character === '"')) quote = character;
    else if (character === quote && (quote === "'" || text[index - 1] !== '\\')) quote = '';
  }
  return quote !== '';
};

/** Whether what was typed so far asks for more: a backslash, `&&`, a document to its end, a quote, a loop. */
const goesOn = (text: string): boolean => {
  const [, end] = /<<-?'?(\w+)'?/.exec(text) ?? [];
  if (end !== undefined) return !text.includes(`\n${end}`);
  const loops = (text.match(/^\s*(?:for|while) /gm)?.length ?? 0) - (text.match(/^\s*done\b/gm)?.length ?? 0);
  return text.endsWith('\\') || text.endsWith('&&') || quoteOpenIn(text) || loops > 0;
};

/** The commands of a block, in their order. Comments and what a transcript shows as output are none. */
export const commandsIn = (block: Block): readonly Command[] => {
  const commands: { line: number; text: string }[] = [];
  const transcript = isTranscript(block);
  for (const [index, raw] of block.text.split('\n').entries()) {
    const last = commands.at(-1);
    if (last !== undefined && goesOn(last.text)) last.text += `\n${raw}`;
    else if (transcript ? raw.startsWith('$ ') : raw.trim() !== '' && !raw.startsWith('#')) commands.push({ line: block.line + 1 + index, text: transcript ? raw.slice(2) : raw });
  }
  const { page, heading } = block;
  return commands.map(({ line, text }) => ({ page, heading, line, text }));
};
