import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A reason as it once stood in a status: the kind's short name, the condition, its status. */
export type Standing = { readonly kind: 'td' | 'et'; readonly type: string; readonly status: string; readonly reason: string };

const folder = join(import.meta.dirname, '..', 'scenario', 'golden');
const kinds = { tenantdomains: 'td', edgetiers: 'et' } as const;

const standingsIn = (transcript: string): readonly Standing[] => {
  const found: Standing[] = [];
  let kind: Standing['kind'] | undefined;
  for (const line of transcript.split('\n')) {
    const [, plural] = /^\S+\s+kubernetes\s+patch (tenantdomains|edgetiers) \S+ status/.exec(line) ?? [];
    const [, type, status, reason] = /^ {21}(\w+) (True|False|Unknown), (\w+)$/.exec(line) ?? [];
    if (plural === 'tenantdomains' || plural === 'edgetiers') kind = kinds[plural];
    else if (kind !== undefined && type !== undefined && status !== undefined && reason !== undefined) found.push({ kind, type, status, reason });
    else if (!line.startsWith(' ')) kind = undefined;
  }
  return found;
};

/** Every way in which a reason stood in a condition in the scenarios' transcripts, once each. */
export const goldenStandings = async (): Promise<readonly Standing[]> => {
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const all = texts.flatMap(standingsIn);
  return [...new Map(all.map((standing) => [JSON.stringify(standing), standing])).values()];
};
