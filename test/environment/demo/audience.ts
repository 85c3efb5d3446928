import type { TenantDomain } from '../../../crds/types.ts';
import type { Added } from '../customers.ts';
import { keyOf } from './cast.ts';
import type { Screen } from './screen.ts';
import { linesOf, loneLineOf, type Row, rowOf, saysTheSame, titles } from './table.ts';

/** One look at the world. `done`: the keys of the tenants that are where they should be; absent once nobody judges any more. */
export type Scene = {
  readonly now: Date;
  readonly seconds: number;
  readonly tenants: readonly TenantDomain[];
  readonly added: readonly Added[];
  readonly done?: ReadonlySet<string>;
};

/** Seconds in front of a line. */
export const stamp = (seconds: number): string => `${String(seconds).padStart(4)} s`;

/** The tenants as a table, a tick before each that is where it should be. */
export const tableOf = ({ tenants, now, done }: Pick<Scene, 'tenants' | 'now' | 'done'>): readonly string[] => {
  const ticks = ['  ', ...tenants.map((tenant) => (done?.has(keyOf(tenant)) === true ? '✓ ' : '  '))];
  return linesOf([titles, ...tenants.map((tenant) => rowOf(tenant, now))]).map((line, index) => `${ticks[index] ?? ''}${line}`);
};

const footerOf = ({ tenants, done }: Scene): string => (done === undefined ? 'Ctrl-C ends it' : `${done.size} of ${tenants.length} are where they should be`);

/** Shows scene after scene: the whole table on a terminal; without one, the rows that say something new. */
export const createAudience = (screen: Screen): ((scene: Scene) => void) => {
  const before = new Map<string, Row>();
  const tellChanges = ({ tenants, now, seconds }: Scene): void => {
    for (const tenant of tenants) {
      const row = rowOf(tenant, now);
      if (!saysTheSame(before.get(keyOf(tenant)), row)) screen.say(`${stamp(seconds)}  ${loneLineOf(row)}`);
      before.set(keyOf(tenant), row);
    }
    const gone = [...before.keys()].filter((key) => !tenants.some((tenant) => keyOf(tenant) === key));
    for (const key of gone) {
      screen.say(`${stamp(seconds)}  ${key} is gone`);
      before.delete(key);
    }
  };
  if (!screen.isLive) screen.say(`        ${loneLineOf(titles)}`);
  return (scene) => {
    if (!screen.isLive) tellChanges(scene);
    screen.say(...scene.added.map(({ key, type, name, value }) => `${stamp(scene.seconds)}  the customer of ${key} adds ${type} ${name} -> ${value}`));
    screen.show([...tableOf(scene), `${stamp(scene.seconds)}  ${footerOf(scene)}`]);
  };
};
