/*
 * Just enough of a TypeScript scanner to tell code from what only looks like it: a comment that mentions `Date.now()` breaks no rule, and
 * an import statement inside of a template is text.
 */

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const text = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const regularExpression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[dgimsuvy]*/y;
const templateHead = /`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;
const templateRest = /\}(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

// After a value a slash divides; after these words, though they end like one, it begins a regular expression.
const endsValue = /[\w$)\]}'"`]$/;
const endsWord = /\b(?:return|case|typeof|in|of|await|void|yield|throw)$/;

const matchAt = (pattern: RegExp, source: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
};

const blank = (span: string): string => span.replaceAll(/[^\n]/g, ' ');
const hollow = (span: string): string => `${span[0] ?? ''}${blank(span.slice(1, -1))}${span.at(-1) ?? ''}`;

/** The literal or comment that begins at `at`, as it is to be shown, and what it opens or closes. */
type Span = { readonly length: number; readonly shown: string; readonly opens: boolean; readonly closes: boolean };

const plain = (found: string, shown: string): Span => ({ length: found.length, shown, opens: false, closes: false });

const spanAt = (source: string, at: number, before: string, inTemplate: boolean): Span | undefined => {
  const remark = matchAt(comment, source, at);
  if (remark !== undefined) return plain(remark, blank(remark));
  const quoted = matchAt(text, source, at);
  if (quoted !== undefined) return plain(quoted, hollow(quoted));
  const head = matchAt(templateHead, source, at);
  if (head !== undefined) return { ...plain(head, hollow(head)), opens: head.endsWith('{') };
  const rest = inTemplate ? matchAt(templateRest, source, at) : undefined;
  if (rest !== undefined) return { ...plain(rest, hollow(rest)), closes: !rest.endsWith('{') };
  if (endsValue.test(before) && !endsWord.test(before)) return undefined;
  const pattern = matchAt(regularExpression, source, at);
  return pattern === undefined ? undefined : plain(pattern, hollow(pattern));
};

/** The code alone: comments, and the insides of strings, templates and regular expressions, are blanks. Same length, same lines. */
export const codeOf = (source: string): string => {
  const braces: ('block' | 'template')[] = [];
  let code = '';
  for (let at = 0; at < source.length; ) {
    const span = /['"`/}]/.test(source[at] ?? '') ? spanAt(source, at, code.slice(-80).trimEnd(), braces.at(-1) === 'template') : undefined;
    if (span?.opens) braces.push('template');
    if (span?.closes) braces.pop();
    if (span === undefined) {
      if (source[at] === '{') braces.push('block');
      if (source[at] === '}') braces.pop();
    }
    code += span?.shown ?? source[at] ?? '';
    at += span?.length ?? 1;
  }
  return code;
};

/** One import or re-export. `typeOnly`: it is gone when the types are. `bare`: it names nothing, so it is there for its effects. */
export type Import = { readonly specifier: string; readonly typeOnly: boolean; readonly bare: boolean; readonly line: number };

const statement = /\b(?:import|export)\b(?<type>\s+type\b(?!\s+from))?(?<clause>[\w$\s{},*]*?)\bfrom\s*(?=['"])/g;
const bareImport = /\bimport\s*(?=['"])/g;
const callImport = /\bimport\s*\(\s*(?=['"])/g;

const isAllTypes = (clause: string): boolean => {
  const names = /^\s*\{(?<names>[^}]*)\}\s*$/.exec(clause)?.groups?.['names']?.split(',').filter((name) => name.trim() !== '') ?? [];
  return names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
};

/** Every import, re-export and `import()` of a file, in the order of their kind. `code` is `codeOf(source)`. */
export const importsOf = (source: string, code: string): readonly Import[] => {
  const found = (match: RegExpExecArray, how: Pick<Import, 'typeOnly' | 'bare'>): Import => {
    const quoteAt = match.index + match[0].length;
    const end = code.indexOf(code[quoteAt] ?? '', quoteAt + 1);
    return { specifier: source.slice(quoteAt + 1, end), line: lineAt(code, match.index), ...how };
  };
  return [
    ...[...code.matchAll(statement)].map((match) => found(match, { typeOnly: match.groups?.['type'] !== undefined || isAllTypes(match.groups?.['clause'] ?? ''), bare: false })),
    ...[...code.matchAll(bareImport)].map((match) => found(match, { typeOnly: false, bare: true })),
    ...[...code.matchAll(callImport)].map((match) => found(match, { typeOnly: false, bare: false })),
  ];
};

/** The number of the line, from 1, that holds the character at `index`. */
export const lineAt = (code: string, index: number): number => code.slice(0, index).split('\n').length;
