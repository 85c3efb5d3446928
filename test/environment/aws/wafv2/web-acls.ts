import type {
  CheckCapacityCommandInput,
  CheckCapacityResponse,
  CreateWebACLCommandInput,
  CreateWebACLResponse,
  DeleteWebACLCommandInput,
  GetWebACLCommandInput,
  GetWebACLResponse,
  ListWebACLsCommandInput,
  ListWebACLsResponse,
  UpdateWebACLCommandInput,
  UpdateWebACLResponse,
  WebACL,
} from '@aws-sdk/client-wafv2';
import { delay, frozen, type World } from '../world.ts';
import { capacityOf } from './capacity.ts';
import { byAddress, checkRoom, checkUnused, type Given, listEntities, lockedBy, newEntity, removeEntity, reviseEntity, summaryOf } from './entities.ts';
import { normalForm } from './normal-form.ts';
import { nonexistent } from './refusals.ts';
import { checkScope } from './requests.ts';
import { checkRules, checkSettings } from './rules.ts';
import type { WebAcl } from './state.ts';
import { newTags } from './tags.ts';
import { ipSetsOf } from './walk.ts';

type Settings = Omit<CreateWebACLCommandInput, 'Scope' | 'Tags'>;

/** The ACL as Get gives it back. */
const configOf = (world: World, identity: Pick<WebACL, 'Id' | 'ARN'>, { Name: name, ...settings }: Settings): WebACL =>
  frozen(
    normalForm(
      {
        ...identity,
        Name: name,
        ...settings,
        Capacity: capacityOf(settings.Rules ?? []),
        ManagedByFirewallManager: false,
        LabelNamespace: `awswaf:${world.accountId}:webacl:${name ?? ''}:`,
        RetrofittedByFirewallManager: false,
      },
      world.knobs.webAclNormalisation,
    ),
  );

/** Makes `acl` use the sets that its rules refer to, and no others. One that it used is said to be used for a while longer. */
const holdIpSets = (world: World, acl: WebAcl, needed: ReadonlySet<string>): void => {
  const { uses, timeline } = world;
  for (const set of needed) uses.hold(set, acl.id, timeline.nowMs);
  for (const set of acl.ipSets) if (!needed.has(set)) uses.release(set, acl.id, timeline.nowMs, delay(world, 'webAclUseLingerMs'));
  acl.ipSets = needed;
};

/** Makes an ACL as CreateWebACL does. */
export const createWebAcl = (world: World, input: CreateWebACLCommandInput, given: Given = {}): WebAcl => {
  const { Scope: _, Tags: tags, ...settings } = input;
  checkSettings(world, input);
  checkRoom(world.webAcls, 'webacl', input.Name ?? '', world.knobs.maxWebAcls);
  const entity = newEntity(world, {
    kind: 'webacl',
    name: input.Name ?? '',
    tags: newTags(world, tags),
    sequence: world.webAcls.nextSequence(),
    given,
    configOf: (identity) => configOf(world, identity, settings),
  });
  const acl: WebAcl = { ...entity, ipSets: new Set() };
  world.webAcls.add(acl);
  holdIpSets(world, acl, ipSetsOf(settings.Rules ?? []));
  return acl;
};

/** CreateWebACL. */
export const createWebAclOperation = (world: World, input: CreateWebACLCommandInput): CreateWebACLResponse => ({
  Summary: summaryOf(createWebAcl(world, input)),
});

/** GetWebACL, by ARN or by name, scope and id. */
export const getWebAcl = (world: World, input: GetWebACLCommandInput): GetWebACLResponse => {
  const acl = input.ARN === undefined ? byAddress(world.webAcls, input) : world.webAcls.get(input.ARN);
  const view = acl?.shown.read(world.timeline.nowMs);
  if (view === undefined) throw nonexistent();
  return { WebACL: view.config, LockToken: view.lockToken };
};

/** UpdateWebACL replaces everything but name and tags. */
export const updateWebAcl = (world: World, input: UpdateWebACLCommandInput): UpdateWebACLResponse => {
  const { Scope: _, Id: id, LockToken: lockToken, ...settings } = input;
  checkSettings(world, input);
  const acl = lockedBy(world.webAcls, input, lockToken);
  const next = reviseEntity(world, acl, configOf(world, { Id: id, ARN: acl.id }, settings));
  holdIpSets(world, acl, ipSetsOf(settings.Rules ?? []));
  return { NextLockToken: next };
};

/** Takes the ACL away, whoever uses it: callers check first. */
export const removeWebAcl = (world: World, acl: WebAcl): void => {
  holdIpSets(world, acl, new Set());
  removeEntity(world, world.webAcls, acl);
};

/** DeleteWebACL: existence, lock token, then use. */
export const deleteWebAcl = (world: World, input: DeleteWebACLCommandInput): void => {
  const acl = lockedBy(world.webAcls, input, input.LockToken);
  checkUnused(world, acl);
  removeWebAcl(world, acl);
};

/** ListWebACLs. */
export const listWebAcls = (world: World, input: ListWebACLsCommandInput): ListWebACLsResponse => {
  const { summaries, ...next } = listEntities(world, world.webAcls, input);
  return { WebACLs: summaries, ...next };
};

/** CheckCapacity: rules are checked as for an ACL, but may take more than an ACL can. */
export const checkCapacity = (world: World, input: CheckCapacityCommandInput): CheckCapacityResponse => {
  checkScope(input.Scope);
  checkRules(world, input.Rules);
  return { Capacity: capacityOf(input.Rules ?? []) };
};
