import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import type { Added } from '../customers.ts';
import { keyOf } from './cast.ts';
import { createNews } from './news.ts';
import type { Screen } from './screen.ts';
import { linesOf, loneLineOf, type Row, rowOf, saysTheSame, tierRowOf, tierTitles, titles } from './table.ts';

/** One look at the world. `done`: the keys of the tenants that are where they should be; absent once nobody judges any more. */
export type Scene = {
  readonly now: Date;
  readonly seconds: number;
  readonly tenants: readonly TenantDomain[];
  readonly tiers: readonly EdgeTier[];
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

/** The tiers as a table below it. */
export const tierTableOf = ({ tiers }: Pick<Scene, 'tiers'>): readonly string[] => linesOf([tierTitles, ...tiers.map(tierRowOf)]).map((line) => `  ${line}`);

const footerOf = ({ tenants, done }: Scene): string => (done === undefined ? 'Ctrl-C ends it' : `${done.size} of ${tenants.length} are where they should be`);

const addedLine = ({ key, type, name, value, instead }: Added): string => `the customer of ${key} ${instead ? 'changes' : 'adds'} ${type} ${name} -> ${value}`;

/** Tells on a screen without a terminal what rows say that they did not say before. */
const createTeller = (screen: Screen): ((rows: ReadonlyMap<string, Row>, lineOf: (row: Row) => string, seconds: number) => void) => {
  const before = new Map<string, Row>();
  return (rows, lineOf, seconds) => {
    for (const [key, row] of rows) {
      if (!saysTheSame(before.get(key), row)) screen.say(`${stamp(seconds)}  ${lineOf(row)}`);
      before.set(key, row);
    }
    for (const key of [...before.keys()].filter((one) => !rows.has(one))) {
      screen.say(`${stamp(seconds)}  ${key} is gone`);
      before.delete(key);
    }
  };
};

/** How a tier is told in one line. Each row ends in what is compared too, as a tenant's ends in its age, which is not. */
const tierLineOf = ([name = '', ready = '', reason = '', rules = '', acls = '', rollout = '']: Row): string =>
  `tier ${name}: ${ready} ${reason}, rules ${rules}, web ACLs ${acls}${rollout === '' ? '' : `, ${rollout}`}`;

/** Shows scene after scene: the whole table on a terminal; without one, the rows that say something new. */
export const createAudience = (screen: Screen): ((scene: Scene) => void) => {
  const newsOf = createNews();
  const [tellTenants, tellTiers] = [createTeller(screen), createTeller(screen)];
  let isFirst = true;
  return (scene) => {
    const { tenants, tiers, now, seconds, added } = scene;
    if (!screen.isLive) {
      if (isFirst) screen.say(`        ${loneLineOf(titles)}`);
      isFirst = false;
      tellTenants(new Map(tenants.map((tenant) => [keyOf(tenant), rowOf(tenant, now)])), loneLineOf, seconds);
      tellTiers(new Map(tiers.map((tier) => [tier.metadata.name, [...tierRowOf(tier), '']])), tierLineOf, seconds);
    }
    screen.say(...[...newsOf(tenants), ...added.map(addedLine)].map((line) => `${stamp(seconds)}  ${line}`));
    screen.show([...tableOf(scene), '', ...tierTableOf(scene), '', `${stamp(seconds)}  ${footerOf(scene)}`]);
  };
};
