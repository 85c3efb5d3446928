import type { EdgeTierSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { blueprint, group, groupIn, read, t1, tenantIn, tierWithGroups } from './tier-words.ts';
import { aclName, common, flood, home } from './web-acl-words.ts';

const rules = { basic: [common], premium: [common, flood, home] };

/** Applies a tier with a distribution, a group and web ACLs of its own. */
const tier = (stage: Stage, name: 'basic' | 'premium', spec: Partial<EdgeTierSpec> = {}): void =>
  tierWithGroups(stage, [group(name)], { webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: rules[name] } }, ...spec }, name);

const premium = (stage: Stage, required = false): void =>
  tier(stage, 'premium', {
    distributionId: blueprint(stage, { parameters: [{ Name: 'site', Definition: { StringSchema: { Required: required } } }] }),
    ...(required ? {} : { parameters: [{ name: 'site', value: 'acme' }] }),
    tenantOverrides: { parameters: [{ name: 'site', format: 'Label' }] },
  });

/** Whether the tenant has all that this tier brings: distribution, group, web ACL and their parameters. */
const isOn = (stage: Stage, name: 'basic' | 'premium'): boolean => {
  const tenant = tenantIn(stage);
  const acl = stage.world.simulator.inspect.webAcls().find((one) => one.name === aclName(1, name));
  return tenant?.distributionId === stage.world.tier(name)?.spec.distributionId && tenant?.connectionGroupId === groupIn(stage, name, name)?.id && tenant?.customizations.WebAcl?.Arn === acl?.arn && acl !== undefined && stage.world.simulator.serves('t1.acme.example').served;
};

const isServedOn = (stage: Stage, name: 'basic' | 'premium'): boolean => isOn(stage, name) && stage.isReady('acme/t1');

const to = (stage: Stage, name: string): void => t1(stage, { tierRef: { name } });

/** The basic tier with its tenant. */
const begun = (stage: Stage): readonly Step[] => [
  { name: 'the basic tier is applied', act: () => tier(stage, 'basic'), until: () => stage.isTierSettled('basic') },
  { name: 'the tenant is applied', act: () => t1(stage), until: () => isServedOn(stage, 'basic') },
  { name: 'its customer points the domain here', act: () => stage.customerAdds('acme/t1'), afterMs: 2 * minutes, until: () => stage.is('DNSConfigured', 'Configured', 'acme/t1') },
];

const both = (stage: Stage, required = false): readonly Step[] => [
  ...begun(stage),
  { name: 'the premium tier is applied', act: () => premium(stage, required), until: () => stage.isTierSettled('premium') },
];

const upAndDown: Scenario = {
  file: 'tier-moves',
  name: 'a tenant moves up and down again: other distribution, group and web ACL in one update each, rules all the time',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...both(stage),
    { name: 'the tenant moves up', act: () => to(stage, 'premium'), afterMs: minutes, until: () => isServedOn(stage, 'premium') },
    read(stage, ['acme/t1', 'DNSConfigured', 'Ready']),
    { name: 'its customer follows', act: () => stage.customerAdds('acme/t1'), afterMs: 5 * minutes, until: () => stage.is('DNSConfigured', 'Configured', 'acme/t1') },
    { name: 'the tenant moves down', act: () => to(stage, 'basic'), afterMs: minutes, until: () => isServedOn(stage, 'basic') },
  ],
};

const missing: Scenario = {
  file: 'tier-moves-parameter-missing',
  name: 'a tenant that lacks a parameter of the new distribution stays where it is, served, until somebody gives it',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    ...both(stage, true),
    { name: 'the tenant moves up', act: () => to(stage, 'premium'), afterMs: hours, changesNothing: 'in AWS', until: () => isOn(stage, 'basic') && stage.is('Ready', 'ParameterMissing', 'acme/t1') },
    read(stage, ['acme/t1', 'Accepted', 'Programmed', 'Ready', 'Stalled']),
    { name: 'the parameter is given', act: () => t1(stage, { tierRef: { name: 'premium' }, parameters: [{ name: 'site', value: 'acme' }] }), until: () => isServedOn(stage, 'premium') },
  ],
};

const alone: Scenario = {
  file: 'tier-moves-alone',
  name: 'where CloudFront changes the distribution only by itself, a move is two updates, and rules are there all the time',
  wildcard: true,
  knobs: { reparenting: 'alone' },
  given: () => undefined,
  steps: (stage) => [
    ...both(stage),
    { name: 'the tenant moves up', act: () => to(stage, 'premium'), until: () => isServedOn(stage, 'premium') },
    { name: 'the tenant moves down', act: () => to(stage, 'basic'), until: () => isServedOn(stage, 'basic') },
  ],
};

const refused: Scenario = {
  file: 'tier-moves-refused',
  name: 'where CloudFront refuses the move the tenant is served as before, told so once, and asked again seldom; back is always possible',
  wildcard: true,
  knobs: { reparenting: 'refused' },
  given: () => undefined,
  steps: (stage) => [
    ...both(stage),
    { name: 'the tenant moves up', act: () => to(stage, 'premium'), afterMs: minutes, until: () => isOn(stage, 'basic') && stage.is('Ready', 'MoveRefused', 'acme/t1') },
    read(stage, ['acme/t1', 'Programmed', 'DNSConfigured', 'Ready', 'Stalled']),
    { name: 'it is tried again, which is no news', afterMs: hours, until: () => isOn(stage, 'basic') && stage.is('Ready', 'MoveRefused', 'acme/t1') },
    { name: 'the tenant moves back', act: () => to(stage, 'basic'), changesNothing: 'in AWS', until: () => isServedOn(stage, 'basic') },
  ],
};

const relented: Scenario = {
  file: 'tier-moves-refused-first',
  name: 'a move that CloudFront refused goes through when it is asked again later',
  wildcard: true,
  knobs: { reparenting: 'refused' },
  given: () => undefined,
  steps: (stage) => [
    ...both(stage),
    { name: 'the tenant moves up', act: () => to(stage, 'premium'), until: () => isOn(stage, 'basic') && stage.is('Ready', 'MoveRefused', 'acme/t1') },
    { name: 'CloudFront relents', act: () => (stage.world.simulator.knobs.reparenting = 'together'), until: () => isServedOn(stage, 'premium'), withinMs: hours },
  ],
};

playAll([upAndDown, missing, alone, refused, relented]);
