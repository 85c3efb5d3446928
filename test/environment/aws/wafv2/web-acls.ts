import type {
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
  WebACLSummary,
} from '@aws-sdk/client-wafv2';
import { wafFault } from '../errors.ts';
import { pageOf } from '../paging.ts';
import { Shown, stalenessOfDelete, stalenessOfWrite } from '../shown.ts';
import { delay, frozen, type World } from '../world.ts';
import { checkScope, checkSettings, invalidParameter } from './rules.ts';
import type { WebAcl, WebAclView } from './state.ts';
import { newTags } from './tags.ts';

const nonexistent = () => wafFault('WAFNonexistentItemException', 'AWS WAF couldn’t perform the operation because your resource doesn’t exist.');

type Settings = Omit<CreateWebACLCommandInput, 'Scope' | 'Tags'>;

/** The ACL as Get gives it back, but for its capacity. */
const configOf = (identity: Pick<WebACL, 'Id' | 'ARN'>, { Name: name, ...settings }: Settings): WebACL =>
  frozen({ ...identity, Name: name, ...settings, Rules: settings.Rules ?? [], ManagedByFirewallManager: false });

const summaryOf = ({ config, lockToken }: WebAclView): WebACLSummary => ({
  ...(config.Name !== undefined && { Name: config.Name }),
  ...(config.Id !== undefined && { Id: config.Id }),
  Description: config.Description ?? '',
  LockToken: lockToken,
  ...(config.ARN !== undefined && { ARN: config.ARN }),
});

const show = (world: World, acl: WebAcl): void => {
  acl.shown.write(frozen({ config: acl.config, lockToken: acl.lockToken }), stalenessOfWrite(world));
};

/** What a person decides that is else drawn from the seed: the id, and how long CloudFront refuses it. */
type Given = { readonly id?: string; readonly propagationMs?: number };

/** Makes an ACL as CreateWebACL does. */
export const createWebAcl = (world: World, input: CreateWebACLCommandInput, given: Given = {}): WebAcl => {
  const { Scope: _, Tags: tags, ...settings } = input;
  checkSettings(input);
  if (world.webAcls.values().some(({ name, gone }) => name === input.Name && !gone))
    throw wafFault('WAFDuplicateItemException', 'AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.');
  if (world.webAcls.size >= world.knobs.maxWebAcls)
    throw wafFault('WAFLimitsExceededException', 'AWS WAF couldn’t perform the operation because you exceeded your resource limit.', { SourceType: 'WEBACL' });
  const uuid = given.id ?? world.random.uuid('web acl');
  const arn = `arn:aws:wafv2:us-east-1:${world.accountId}:global/webacl/${input.Name ?? ''}/${uuid}`;
  const acl: WebAcl = {
    id: arn,
    uuid,
    sequence: world.webAcls.nextSequence(),
    name: input.Name ?? '',
    tags: newTags(world, tags),
    shown: new Shown(),
    knownFromMs: world.timeline.nowMs + (given.propagationMs ?? delay(world, 'webAclPropagationMs')),
    config: configOf({ Id: uuid, ARN: arn }, settings),
    lockToken: world.random.uuid('lock token'),
    gone: false,
  };
  world.webAcls.add(acl);
  show(world, acl);
  return acl;
};

/** CreateWebACL. */
export const createWebAclOperation = (world: World, input: CreateWebACLCommandInput): CreateWebACLResponse => ({
  Summary: summaryOf(createWebAcl(world, input)),
});

type Address = { readonly Name?: string | undefined; readonly Scope?: string | undefined; readonly Id?: string | undefined };

const byAddress = (world: World, { Name: name, Scope: scope, Id: id }: Address): WebAcl | undefined => {
  checkScope(scope);
  return world.webAcls.values().find((acl) => acl.uuid === id && acl.name === name);
};

/** The ACL to write to, its lock token checked. */
const lockedBy = (world: World, address: Address, lockToken: string | undefined): WebAcl => {
  const acl = byAddress(world, address);
  if (acl === undefined || acl.gone) throw nonexistent();
  if (acl.lockToken !== lockToken)
    throw wafFault('WAFOptimisticLockException', 'AWS WAF couldn’t save your changes because someone changed the resource after you started to edit it.');
  return acl;
};

/** GetWebACL, by ARN or by name, scope and id. */
export const getWebAcl = (world: World, input: GetWebACLCommandInput): GetWebACLResponse => {
  const acl = input.ARN === undefined ? byAddress(world, input) : world.webAcls.get(input.ARN);
  const view = acl?.shown.read(world.timeline.nowMs);
  if (view === undefined) throw nonexistent();
  return { WebACL: view.config, LockToken: view.lockToken };
};

/** UpdateWebACL replaces everything but name and tags. */
export const updateWebAcl = (world: World, input: UpdateWebACLCommandInput): UpdateWebACLResponse => {
  const { Scope: _, Id: id, LockToken: lockToken, ...settings } = input;
  checkSettings(input);
  const acl = lockedBy(world, input, lockToken);
  acl.config = configOf({ Id: id, ARN: acl.id }, settings);
  acl.lockToken = world.random.uuid('lock token');
  show(world, acl);
  return { NextLockToken: acl.lockToken };
};

/** Takes the ACL away, whoever uses it: callers check first. */
export const removeWebAcl = (world: World, acl: WebAcl): void => {
  const staleness = stalenessOfDelete(world);
  acl.gone = true;
  acl.shown.write(undefined, staleness);
  world.timeline.in(staleness.untilMs - world.timeline.nowMs, () => {
    world.webAcls.remove(acl);
  });
};

/** DeleteWebACL: existence, lock token, then use. */
export const deleteWebAcl = (world: World, input: DeleteWebACLCommandInput): void => {
  const acl = lockedBy(world, input, input.LockToken);
  if (world.uses.isUsed(acl.id, world.timeline.nowMs))
    throw wafFault('WAFAssociatedItemException', 'AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.');
  removeWebAcl(world, acl);
};

const maxPage = 100;

/** ListWebACLs. */
export const listWebAcls = (world: World, input: ListWebACLsCommandInput): ListWebACLsResponse => {
  const { Limit: limit = maxPage } = input;
  checkScope(input.Scope);
  if (limit < 1 || limit > maxPage) throw invalidParameter('LIMIT', limit, 'The limit is out of range');
  const page = pageOf(world, world.webAcls, {
    marker: input.NextMarker,
    size: limit,
    show: (acl) => {
      const view = acl.shown.read(world.timeline.nowMs);
      return view === undefined ? undefined : summaryOf(view);
    },
    badMarker: () => invalidParameter('NEXT_MARKER', input.NextMarker, 'The marker is not valid'),
  });
  return { WebACLs: [...page.items], ...(page.next !== undefined && { NextMarker: page.next }) };
};
