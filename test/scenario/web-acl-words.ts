import type { Rule } from '@aws-sdk/client-wafv2';
import type { WebACLRule } from '../../crds/types.ts';
import { tierResourceNameOf } from '../../reconcilers/names.ts';
import type { WebAclSnapshot } from '../environment/aws/snapshots.ts';
import { byHand } from './by-hand.ts';
import type { Stage } from './stage.ts';

/** The words that the stories of a tier's own web ACLs share. The tier is `basic`; its tenants are `acme/t1` for `t1.acme.example`, …. */

/** Rules of a tier, as few as a story needs. */
export const common: WebACLRule = { name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } };
export const flood: WebACLRule = { name: 'flood', type: 'RateLimit', action: 'Block', rateLimit: { requests: 2000, windowSeconds: 300, key: 'TenantAndIP' } };
export const home: WebACLRule = { name: 'home', type: 'Country', action: 'Block', countries: ['DE', 'AT'] };

/** A rule about addresses of both families. */
export const office = (...cidrs: readonly string[]): WebACLRule => ({ name: 'office', type: 'IPSet', action: 'Allow', ipSet: { cidrs } });

/** The name of the tier's web ACL of this number. */
export const aclName = (number: number, tier = 'basic'): string => tierResourceNameOf({ installation: 'test', tier }, 'web-acl', String(number));

/** The tier's web ACL of this number as it is in AWS, if it is there. */
export const aclOf = (stage: Stage, number: number): WebAclSnapshot | undefined => stage.world.simulator.inspect.webAcls().find(({ name }) => name === aclName(number));

/** The names of its rules in their order, joined; empty where it is not there. */
export const rulesOf = (stage: Stage, number: number): string => (aclOf(stage, number)?.rules ?? []).toSorted((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0)).map(({ Name: name }) => name).join(' ');

/** The numbers of the tier's web ACLs that are there, joined. */
export const aclsThere = (stage: Stage): string => Array.from({ length: 10 }, (_, index) => index + 1).filter((number) => aclOf(stage, number)).join(' ');

/** Which of the tier's web ACLs a tenant is served with: its number, 0 for none of them. */
export const seatOf = (stage: Stage, tenant: number): number => {
  const answer = stage.world.simulator.serves(`t${tenant}.acme.example`);
  const arn = answer.served ? answer.webAclArn : undefined;
  return Array.from({ length: 10 }, (_, index) => index + 1).find((number) => arn !== undefined && aclOf(stage, number)?.arn === arn) ?? 0;
};

/** Whether all its web ACLs have the rules of the present spec, and it takes tenants. */
export const areInForce = (stage: Stage): boolean => stage.isTierSettled() && stage.tierIs('WebACLReady', 'RulesInForce');

/** Whether all these tenants are ready, and served with one of the tier's web ACLs. */
export const areSeated = (stage: Stage, tenants: readonly number[]): boolean => tenants.every((tenant) => stage.isReady(`acme/t${tenant}`) && seatOf(stage, tenant) > 0);

export const domainsOf = (tenants: readonly number[]): readonly string[] => tenants.map((tenant) => `t${tenant}.acme.example`);

export const deleteTenants = (stage: Stage, tenants: readonly number[]): void => tenants.forEach((tenant) => stage.deleteTenant(`acme/t${tenant}`));

export const areGone = (stage: Stage, tenants: readonly number[]): boolean => tenants.every((tenant) => stage.isGone(`acme/t${tenant}`));

/** Somebody replaces the rules of the tier's web ACL of this number in the console. */
export const editAclByHand = (stage: Stage, number: number, rules: readonly Rule[]): void => {
  const { name, id, lockToken } = aclOf(stage, number) ?? {};
  const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name };
  void byHand(stage, 'wafv2', 'UpdateWebACL', () => ({ Name: name, Id: id, LockToken: lockToken, Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, VisibilityConfig: visibility, Rules: rules }));
};

/** Somebody takes all addresses out of all IP sets in the console. */
export const emptyIpSetsByHand = (stage: Stage): void => {
  for (const { name, id, lockToken } of stage.world.simulator.inspect.ipSets()) void byHand(stage, 'wafv2', 'UpdateIPSet', () => ({ Name: name, Id: id, LockToken: lockToken, Scope: 'CLOUDFRONT', Addresses: [] }));
};
