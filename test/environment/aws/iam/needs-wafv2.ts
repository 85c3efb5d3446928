import type { Members } from '../calls.ts';
import type { Rule, Statement } from '@aws-sdk/client-wafv2';
import { ipSetsOf, partsOf } from '../wafv2/walk.ts';
import type { World } from '../world.ts';
import type { Need } from './evaluate.ts';
import { created, type Needs, on, requested, text } from './resources.ts';

const arnOf = (world: World, type: 'webacl' | 'ipset' | 'managedruleset', name: string): string => `arn:aws:wafv2:us-east-1:${world.accountId}:global/${type}/${name}`;

/** What is asked about one web ACL. */
export const webAclNeed = (action: string, world: World, arn: string): Need => on(action, arn, world.webAcls.get(arn));

const ipSetNeed = (action: string, world: World, arn: string): Need => on(action, arn, world.ipSets.get(arn));

/** By ARN, where the operation takes one, else by name and id, of which an ARN is made. */
const addressOf = (world: World, type: 'webacl' | 'ipset', input: Members): string =>
  text(input, 'ARN') ?? arnOf(world, type, `${text(input, 'Name') ?? '*'}/${text(input, 'Id') ?? '*'}`);

const groupsIn = (statement: Statement): readonly string[] => {
  const { VendorName: vendor, Name: name } = statement.ManagedRuleGroupStatement ?? {};
  return [...(name === undefined ? [] : [`${vendor ?? ''}-${name}`]), ...partsOf(statement).flatMap(groupsIn)];
};

/** Rules touch what they refer to, so an ACL is asked for on those too. What AWS takes its own managed groups for is not said: the worse is assumed. */
const referenceNeeds = (action: string, world: World, input: Members): readonly Need[] => {
  const rules = Array.isArray(input['Rules']) ? (input['Rules'] as readonly Rule[]) : [];
  const groups = new Set(rules.flatMap(({ Statement: statement }) => (statement === undefined ? [] : groupsIn(statement))));
  return [...[...ipSetsOf(rules)].map((arn) => ipSetNeed(action, world, arn)), ...[...groups].map((name) => ({ action, resource: arnOf(world, 'managedruleset', `${name}/*`), context: {} }))];
};

const taggedNeed = (action: string, world: World, arn = '*'): Need => on(action, arn, world.webAcls.get(arn) ?? world.ipSets.get(arn));

const newOne = (action: string, world: World, type: 'webacl' | 'ipset', input: Members): readonly Need[] =>
  created(action, arnOf(world, type, `${text(input, 'Name') ?? ''}/*`), { tagging: 'wafv2:TagResource', tags: input['Tags'] });

/** By the resources that the authorization reference lists; what it lists none for is asked for on `*`. */
export const wafv2Needs: Needs = {
  CreateWebACL: (world, input) => [...newOne('wafv2:CreateWebACL', world, 'webacl', input), ...referenceNeeds('wafv2:CreateWebACL', world, input)],
  UpdateWebACL: (world, input) => [webAclNeed('wafv2:UpdateWebACL', world, addressOf(world, 'webacl', input)), ...referenceNeeds('wafv2:UpdateWebACL', world, input)],
  DeleteWebACL: (world, input) => [webAclNeed('wafv2:DeleteWebACL', world, addressOf(world, 'webacl', input))],
  GetWebACL: (world, input) => [webAclNeed('wafv2:GetWebACL', world, addressOf(world, 'webacl', input))],
  CreateIPSet: (world, input) => newOne('wafv2:CreateIPSet', world, 'ipset', input),
  UpdateIPSet: (world, input) => [ipSetNeed('wafv2:UpdateIPSet', world, addressOf(world, 'ipset', input))],
  DeleteIPSet: (world, input) => [ipSetNeed('wafv2:DeleteIPSet', world, addressOf(world, 'ipset', input))],
  GetIPSet: (world, input) => [ipSetNeed('wafv2:GetIPSet', world, addressOf(world, 'ipset', input))],
  TagResource: (world, input) => {
    const need = taggedNeed('wafv2:TagResource', world, text(input, 'ResourceARN'));
    return [{ ...need, context: { ...need.context, ...requested(input['Tags']) } }];
  },
  ListTagsForResource: (world, input) => [taggedNeed('wafv2:ListTagsForResource', world, text(input, 'ResourceARN'))],
};
