import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { read } from './tier-words.ts';
import { aclOf, aclsThere, areGone, areInForce, areSeated, deleteTenants, domainsOf, seatOf } from './web-acl-words.ts';

/** How many of these tenants are served with each web ACL, by number. */
const seating = (stage: Stage, tenants: readonly number[]): readonly number[] => [1, 2, 3, 4].map((number) => tenants.filter((tenant) => seatOf(stage, tenant) === number).length);

const applied = (stage: Stage): Step => ({ name: 'the tier is applied', act: () => stage.managedTier('basic'), afterMs: 2 * minutes, until: () => areInForce(stage) });

/** Tenants come one after the other, each served before the next. */
const oneByOne = (stage: Stage, tenants: readonly number[]): readonly Step[] =>
  tenants.map((tenant) => ({ name: `tenant ${tenant} comes`, act: () => stage.tenants([tenant]), afterMs: minutes, until: () => areSeated(stage, [tenant]) && areInForce(stage) }));

const isTold = (stage: Stage, states: string): boolean => (stage.world.tier('basic')?.status?.webACLs ?? []).map(({ state }) => state).join(' ') === states;

const growth: Scenario = {
  file: 'web-acls-growth',
  name: 'web ACLs open as tenants come, and retire as they go; a gap fills before a new one opens',
  wildcard: true,
  knobs: { webAclUseLingerMs: [3 * minutes, 3 * minutes] },
  given: () => undefined,
  steps: (stage) => {
    const five = [1, 2, 3, 4, 5];
    let gap = 0;
    return [
      applied(stage),
      { name: 'five tenants come at once', act: () => stage.tenants(five), afterMs: minutes, until: () => areSeated(stage, five) && areInForce(stage) && aclsThere(stage) === '1 2 3' && seating(stage, five).every((count) => count <= 2) },
      { name: 'one of them goes', act: () => deleteTenants(stage, [1]), removes: domainsOf([1]), until: () => areGone(stage, [1]) },
      {
        name: 'another one comes, who takes the first free seat',
        act: () => {
          gap = seating(stage, five).findIndex((count) => count < 2) + 1;
          stage.tenants([6]);
        },
        removes: domainsOf([1]), afterMs: minutes, until: () => areSeated(stage, [6]) && seatOf(stage, 6) === gap && aclsThere(stage) === '1 2 3',
      },
    ];
  },
};

const shrinking: Scenario = {
  file: 'web-acls-shrinking',
  name: 'a web ACL too many is emptied and deleted, once AWS reports that nobody has it',
  wildcard: true,
  knobs: { webAclUseLingerMs: [3 * minutes, 3 * minutes] },
  given: () => undefined,
  steps: (stage) => [
    applied(stage),
    ...oneByOne(stage, [1, 2, 3, 4, 5]),
    { name: 'three of the first go', act: () => deleteTenants(stage, [1, 2, 3]), removes: domainsOf([1, 2, 3]), until: () => areGone(stage, [1, 2, 3]) },
    { name: 'the one who is left in the last moves', removes: domainsOf([1, 2, 3]), until: () => seatOf(stage, 5) === 1 && isTold(stage, 'Open Open Retiring') },
    { name: 'the last one is deleted', removes: domainsOf([1, 2, 3]), until: () => aclsThere(stage) === '1 2' && isTold(stage, 'Open Open') && areInForce(stage) },
    { name: 'all go', act: () => deleteTenants(stage, [4, 5]), removes: domainsOf([1, 2, 3, 4, 5]), until: () => areGone(stage, [4, 5]) && aclsThere(stage) === '1' && areInForce(stage) },
  ],
};

const neededAgain: Scenario = {
  file: 'web-acls-needed-again',
  name: 'a web ACL that retires is used again when tenants come before it is gone',
  wildcard: true,
  knobs: { webAclUseLingerMs: [30 * minutes, 30 * minutes] },
  given: () => undefined,
  steps: (stage) => {
    let arn: string | undefined;
    return [
      applied(stage),
      ...oneByOne(stage, [1, 2, 3, 4, 5]),
      { name: 'three of the first go', act: () => deleteTenants(stage, [1, 2, 3]), removes: domainsOf([1, 2, 3]), until: () => areGone(stage, [1, 2, 3]) && isTold(stage, 'Open Open Retiring') && seatOf(stage, 5) === 1 },
      {
        name: 'three come again',
        act: () => {
          arn = aclOf(stage, 3)?.arn;
          stage.tenants([6, 7, 8]);
        },
        removes: domainsOf([1, 2, 3]), afterMs: minutes, until: () => areSeated(stage, [4, 5, 6, 7, 8]) && areInForce(stage) && aclOf(stage, 3)?.arn === arn && isTold(stage, 'Open Open Open'),
      },
    ];
  },
};

const foreign: Scenario = {
  file: 'web-acls-foreign',
  name: "a distribution that somebody puts on a tier's web ACL by hand takes a seat there, and keeps the web ACL from being deleted",
  wildcard: true,
  knobs: { maxAssociationsPerWebAcl: 2 },
  given: () => undefined,
  steps: (stage) => {
    let distribution = '';
    return [
      applied(stage),
      {
        name: 'somebody puts a distribution on it',
        act: () => {
          distribution = stage.operator.createDistribution({ webAclArn: aclOf(stage, 1)?.arn ?? '' }).id;
        },
        afterMs: 10 * minutes, until: () => areInForce(stage),
      },
      { name: 'a tenant comes', act: () => stage.tenants([1]), afterMs: minutes, until: () => areSeated(stage, [1]) && areInForce(stage) && aclsThere(stage) === '1 2' },
      read(stage, ['basic', 'WebACLReady']),
      { name: 'two more tenants come', act: () => stage.tenants([2, 3]), afterMs: minutes, until: () => areSeated(stage, [1, 2, 3]) && areInForce(stage) && seating(stage, [1, 2, 3]).join(' ') === '1 2 0 0' },
      { name: 'the tier is to have none', act: () => stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' } }), afterMs: hours, until: () => aclsThere(stage) === '1' && stage.isTierSettled() },
      { name: 'the distribution lets go of it', act: () => stage.operator.editDistribution(distribution, { WebACLId: '' }), until: () => aclsThere(stage) === '' && isTold(stage, '') && stage.isTierSettled() },
    ];
  },
};

const fewer: Scenario = {
  file: 'web-acls-quota',
  name: 'where AWS allows fewer tenants than we think, its word counts, and the next web ACL is opened',
  wildcard: true,
  knobs: { maxAssociationsPerWebAcl: 1 },
  given: () => undefined,
  steps: (stage) => [applied(stage), ...oneByOne(stage, [1, 2, 3])],
};

playAll([growth, shrinking, neededAgain, foreign, fewer]);
