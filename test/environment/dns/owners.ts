import type { RecordContent, ZoneType } from './records.ts';

type Owner = ReadonlyMap<string, readonly RecordContent[]>;

const nothing: Owner = new Map();

/**
 * The records of all zones by folded name and type, and which names exist because another lies below them.
 * `set` and `remove` are those of `Zones`.
 */
export const createOwners = () => {
  const owners = new Map<string, Map<string, readonly RecordContent[]>>();
  const ownersAtOrBelow = new Map<string, number>();

  const count = (name: string, step: 1 | -1): void => {
    for (const at of [name, ...ancestorsOf(name)]) {
      const number = (ownersAtOrBelow.get(at) ?? 0) + step;
      if (number === 0) ownersAtOrBelow.delete(at);
      else ownersAtOrBelow.set(at, number);
    }
  };

  const remove = (name: string, type?: ZoneType): void => {
    const owner = owners.get(name);
    if (owner === undefined) return;
    if (type === undefined) owner.clear();
    else owner.delete(type);
    if (owner.size > 0) return;
    owners.delete(name);
    count(name, -1);
  };

  const set = (name: string, type: ZoneType, contents: readonly RecordContent[]): void => {
    if (contents.length === 0) return remove(name, type);
    const owner = owners.get(name) ?? new Map<string, readonly RecordContent[]>();
    const others = [...owner.keys()].filter((other) => other !== type);
    const isAlone = type === 'CNAME' ? others.length === 0 && contents.length === 1 : !others.includes('CNAME');
    if (!isAlone) throw new Error(`set ${type} of "${name}": a CNAME is the only record of its name`);
    if (!owners.has(name)) count(name, 1);
    owners.set(name, owner.set(type, contents));
  };

  /** The records that answer for a name: its own, those of the wildcard that stands for it, none if it only has names below it. */
  const find = (name: string): Owner | undefined => {
    if (ownersAtOrBelow.has(name)) return owners.get(name) ?? nothing;
    const encloser = ancestorsOf(name).find((ancestor) => ownersAtOrBelow.has(ancestor));
    return encloser === undefined ? undefined : owners.get(`*.${encloser}`);
  };

  return { set, remove, find };
};

const ancestorsOf = (name: string): readonly string[] => {
  const labels = name.split('.');
  return labels.slice(1).map((_, index) => labels.slice(index + 1).join('.'));
};
