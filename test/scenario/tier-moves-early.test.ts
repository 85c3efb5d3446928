import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { blueprint, read, t1 } from './tier-words.ts';
import { aclName, areSeated, common, home } from './web-acl-words.ts';

/** A tenant on the basic tier with its web ACL. */
const begun = (stage: Stage): readonly Step[] => [
  { name: 'the basic tier is applied', act: () => stage.managedTier('basic'), until: () => stage.isTierSettled('basic') },
  { name: 'the tenant is applied', act: () => t1(stage), afterMs: minutes, until: () => areSeated(stage, [1]) },
];

const to = (stage: Stage, name: string): void => t1(stage, { tierRef: { name } });

const premium = (stage: Stage): void => stage.managedTier('premium', { rules: [common, home] }, { distributionId: blueprint(stage, {}) });

const webAclOf = (stage: Stage): string | undefined => {
  const answer = stage.world.simulator.serves('t1.acme.example');
  return answer.served ? stage.world.simulator.inspect.webAcls().find(({ arn }) => arn === answer.webAclArn)?.name : undefined;
};

const isServedOn = (stage: Stage, name: string): boolean => webAclOf(stage) === aclName(1, name) && stage.isReady('acme/t1');

const noAcl: Scenario = {
  file: 'tier-moves-no-web-acl',
  name: 'a move to a tier that has no web ACL yet waits, with the rules of the old one',
  wildcard: true,
  knobs: { maxWebAcls: 1 },
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage),
    { name: 'the premium tier is applied, in an account that may have no more web ACLs', act: () => premium(stage), until: () => stage.tierIs('WebACLReady', 'QuotaExceeded', 'premium') },
    { name: 'the tenant moves', act: () => to(stage, 'premium'), afterMs: hours, until: () => webAclOf(stage) === aclName(1) && stage.is('Ready', 'WaitingForWebACL', 'acme/t1') },
    read(stage, ['premium', 'Ready'], ['acme/t1', 'Accepted', 'Programmed', 'Ready']),
    { name: 'AWS raises the quota', act: () => (stage.world.simulator.knobs.maxWebAcls = 100), until: () => isServedOn(stage, 'premium') },
  ],
};

const noTier: Scenario = {
  file: 'tier-moves-no-tier',
  name: 'a move to a tier that is not there yet waits, served as before, and goes on when the tier comes',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage),
    { name: 'the tenant moves', act: () => to(stage, 'premium'), afterMs: hours, changesNothing: 'in AWS', until: () => webAclOf(stage) === aclName(1) && stage.is('Ready', 'TierNotFound', 'acme/t1') },
    read(stage, ['acme/t1', 'Programmed', 'Ready']),
    { name: 'the premium tier is applied', act: () => premium(stage), until: () => isServedOn(stage, 'premium') },
  ],
};

const goneTier: Scenario = {
  file: 'tier-moves-tier-goes',
  name: 'a tier that was deleted while its tenant waited to leave stays until the tenant has left it',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...begun(stage),
    {
      name: 'the tenant moves to a tier that is not there yet, and the old one is deleted',
      act: () => {
        to(stage, 'premium');
        stage.world.cluster.delete('EdgeTier', 'basic');
      },
      afterMs: hours, until: () => webAclOf(stage) === aclName(1) && stage.is('Ready', 'TierNotFound', 'acme/t1') && stage.world.tier('basic') !== undefined,
    },
    read(stage, ['basic', 'Ready', 'WebACLReady']),
    { name: 'the premium tier is applied', act: () => premium(stage), until: () => isServedOn(stage, 'premium') && stage.world.tier('basic') === undefined },
  ],
};

playAll([noAcl, noTier, goneTier]);
