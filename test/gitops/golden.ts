import { readdir, readFile } from 'node:fs/promises';
import type { Condition } from '../../crds/types.ts';
import type { Kind } from './judge.ts';

/** A status as a transcript tells it, without messages: `Accepted True Accepted, …` in the order of types. */
export type ToldStatus = { readonly kind: Kind; readonly conditions: readonly Pick<Condition, 'type' | 'status' | 'reason'>[]; readonly text: string };

/** What a story's objects went through, and for how many of them the replay ends as the story says that they stand. */
type Replay = { readonly statuses: readonly ToldStatus[]; readonly writes: number; readonly ends: readonly { readonly key: string; readonly told: string; readonly replayed: string }[] };

type Conditions = Map<string, { readonly status: string; readonly reason: string }>;

const kinds: Readonly<Record<string, Kind>> = { tenantdomains: 'TenantDomain', edgetiers: 'EdgeTier' };

/** What the API server gives a new object. */
const born = (): Conditions => new Map([['Ready', { status: 'Unknown', reason: 'Pending' }]]);

const textOf = (conditions: Conditions): string => [...conditions].map(([type, { status, reason }]) => `${type} ${status} ${reason}`).toSorted().join(', ');

const statusOf = (kind: Kind, conditions: Conditions): ToldStatus => ({
  kind, text: textOf(conditions), conditions: [...conditions].map(([type, { status, reason }]) => ({ type, status: status as Condition['status'], reason })),
});

const write = /^\S+ +kubernetes +patch (\w+) (\S+) status: (?!refused)/;
const lifted = /^\S+ +kubernetes +patch (\w+) (\S+): finalizers \[\]/;
const became = /^ {21}(\w+) (True|False|Unknown), (\w+)$/;
const ended = /^ {21}(\w+) ends$/;
const stands = /^(TenantDomain|EdgeTier) (\S+): (.*?)(?:; tenants .*)?$/;

/** Plays a transcript's status writes again. What a tier was before the story shows only where it changes, so its status counts once all of it is known. */
const replay = (transcript: string): Replay => {
  const objects = new Map<string, Conditions>();
  const statuses: ToldStatus[] = [];
  const ends: { key: string; told: string; replayed: string }[] = [];
  let writes = 0;
  let written: { readonly kind: Kind; readonly conditions: Conditions } | undefined;
  const note = (): void => {
    if (written?.conditions.has('Ready') === true) statuses.push(statusOf(written.kind, written.conditions));
    written = undefined;
  };
  for (const line of transcript.split('\n')) {
    const [, type = '', status = '', reason = ''] = became.exec(line) ?? [];
    const [, gone = ''] = ended.exec(line) ?? [];
    if (type !== '') written?.conditions.set(type, { status, reason });
    else if (gone !== '') written?.conditions.delete(gone);
    else note();
    const [, plural = '', key = ''] = write.exec(line) ?? lifted.exec(line) ?? [];
    const kind = kinds[plural];
    if (kind === undefined) {
      const [, standing = '', name = '', told = ''] = stands.exec(line) ?? [];
      const replayed = objects.get(`${standing} ${name}`);
      if (replayed !== undefined) ends.push({ key: `${standing} ${name}`, told: told.split(', ').filter((one) => replayed.has(one.split(' ')[0] ?? '')).toSorted().join(', '), replayed: textOf(replayed) });
    } else if (lifted.test(line)) {
      objects.set(`${kind} ${key}`, born());
    } else {
      writes += 1;
      const conditions = objects.get(`${kind} ${key}`) ?? (kind === 'TenantDomain' ? born() : new Map());
      objects.set(`${kind} ${key}`, conditions);
      written = { kind, conditions };
    }
  }
  note();
  return { statuses, writes, ends };
};

/** Every status that the stories' transcripts tell of, each once, and how their replays ended. */
export const toldStatuses = async (): Promise<{ readonly distinct: readonly ToldStatus[] } & Pick<Replay, 'writes' | 'ends'>> => {
  const home = new URL('../scenario/golden/', import.meta.url);
  const replays = await Promise.all((await readdir(home)).map(async (file) => replay(await readFile(new URL(file, home), 'utf8'))));
  const distinct = new Map(replays.flatMap(({ statuses }) => statuses).map((told) => [`${told.kind} ${told.text}`, told]));
  return { distinct: [...distinct.values()], writes: replays.reduce((sum, { writes }) => sum + writes, 0), ends: replays.flatMap(({ ends }) => ends) };
};
