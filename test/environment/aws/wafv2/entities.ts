import { pageOf } from '../paging.ts';
import type { Shelf } from '../shelf.ts';
import { Shown, stalenessOfDelete, stalenessOfWrite } from '../shown.ts';
import { delay, frozen, type World } from '../world.ts';
import { associated, changedSince, duplicate, invalidParameter, limitsExceeded, nonexistent } from './refusals.ts';
import { checkScope } from './requests.ts';
import type { Entity, View } from './state.ts';

type Config = { readonly Name?: string | undefined; readonly Id?: string | undefined; readonly ARN?: string | undefined; readonly Description?: string | undefined };

/** Name, scope and id, by which all of WAF is found but by Get's ARN. */
export type Address = { readonly Name?: string | undefined; readonly Scope?: string | undefined; readonly Id?: string | undefined };

/** What a person decides that is else drawn from the seed: the id, and how long those who use it do not know it. */
export type Given = { readonly id?: string; readonly propagationMs?: number };

/** The two kinds: how an ARN says it, and what is drawn for it. */
const kinds = {
  webacl: { purpose: 'web acl', propagation: 'webAclPropagationMs', sourceType: 'WEBACL' },
  ipset: { purpose: 'ip set', propagation: 'ipSetPropagationMs', sourceType: 'IPSET' },
} as const;

type Kind = keyof typeof kinds;

/** Refuses a name that is taken, then one more than the quota. */
export const checkRoom = (shelf: Shelf<Entity<unknown>>, kind: Kind, name: string, most: number): void => {
  if (shelf.values().some((other) => other.name === name && !other.gone)) throw duplicate();
  if (shelf.size >= most) throw limitsExceeded(kinds[kind].sourceType);
};

type Order<Made> = {
  readonly kind: Kind;
  readonly name: string;
  readonly tags: Map<string, string>;
  readonly sequence: number;
  readonly given: Given;
  readonly configOf: (identity: { readonly Id: string; readonly ARN: string }) => Made;
};

/** A resource that is on no shelf yet, with an id of its own. */
export const newEntity = <Made extends Config>(world: World, { kind, name, tags, sequence, given, configOf }: Order<Made>): Entity<Made> => {
  const { purpose, propagation } = kinds[kind];
  const uuid = given.id ?? world.random.uuid(purpose);
  const arn = `arn:aws:wafv2:us-east-1:${world.accountId}:global/${kind}/${name}/${uuid}`;
  const entity: Entity<Made> = {
    id: arn,
    uuid,
    sequence,
    name,
    tags,
    shown: new Shown(),
    knownFromMs: world.timeline.nowMs + (given.propagationMs ?? delay(world, propagation)),
    config: configOf({ Id: uuid, ARN: arn }),
    lockToken: world.random.uuid('lock token'),
    gone: false,
  };
  showEntity(world, entity);
  return entity;
};

const showEntity = <Made>(world: World, entity: Entity<Made>): void => {
  entity.shown.write(frozen({ config: entity.config, lockToken: entity.lockToken }), stalenessOfWrite(world));
};

/** Replaces the configuration. Returns the lock token of the next write. */
export const reviseEntity = <Made>(world: World, entity: Entity<Made>, config: Made): string => {
  entity.config = config;
  entity.lockToken = world.random.uuid('lock token');
  showEntity(world, entity);
  return entity.lockToken;
};

/** Takes it away, whoever uses it: callers check first. */
export const removeEntity = <Thing extends Entity<unknown>>(world: World, shelf: Shelf<Thing>, entity: Thing): void => {
  const staleness = stalenessOfDelete(world);
  entity.gone = true;
  entity.shown.write(undefined, staleness);
  world.timeline.in(staleness.untilMs - world.timeline.nowMs, () => {
    shelf.remove(entity);
  });
};

/** The resource of that name, scope and id, there or just deleted. */
export const byAddress = <Thing extends Entity<unknown>>(shelf: Shelf<Thing>, { Name: name, Scope: scope, Id: id }: Address): Thing | undefined => {
  checkScope(scope);
  return shelf.values().find((entity) => entity.uuid === id && entity.name === name);
};

/** The one to write to: existence, then lock token. */
export const lockedBy = <Thing extends Entity<unknown>>(shelf: Shelf<Thing>, address: Address, lockToken: string | undefined): Thing => {
  const entity = byAddress(shelf, address);
  if (entity === undefined || entity.gone) throw nonexistent();
  if (entity.lockToken !== lockToken) throw changedSince();
  return entity;
};

/** Refuses to delete what is used, or still said to be. */
export const checkUnused = (world: World, entity: Entity<unknown>): void => {
  if (world.uses.isUsed(entity.id, world.timeline.nowMs)) throw associated();
};

/** What Create and List show. */
export type Summary = { readonly Name?: string; readonly Id?: string; readonly Description: string; readonly LockToken: string; readonly ARN?: string };

/** Summaries have an empty description where there is none. */
export const summaryOf = ({ config, lockToken }: View<Config>): Summary => ({
  ...(config.Name !== undefined && { Name: config.Name }),
  ...(config.Id !== undefined && { Id: config.Id }),
  Description: config.Description ?? '',
  LockToken: lockToken,
  ...(config.ARN !== undefined && { ARN: config.ARN }),
});

const maxPage = 100;

type ListInput = { readonly Scope?: string | undefined; readonly NextMarker?: string | undefined; readonly Limit?: number | undefined };

/** One page of summaries, 100 at most. */
export const listEntities = (world: World, shelf: Shelf<Entity<Config>>, input: ListInput): { readonly summaries: Summary[]; readonly NextMarker?: string } => {
  const { Limit: limit = maxPage } = input;
  checkScope(input.Scope);
  if (limit < 1 || limit > maxPage) throw invalidParameter('LIMIT', limit, 'The limit is out of range');
  const page = pageOf(world, shelf, {
    marker: input.NextMarker,
    size: limit,
    show: (entity) => {
      const view = entity.shown.read(world.timeline.nowMs);
      return view === undefined ? undefined : summaryOf(view);
    },
    badMarker: () => invalidParameter('NEXT_MARKER', input.NextMarker, 'The marker is not valid'),
  });
  return { summaries: [...page.items], ...(page.next !== undefined && { NextMarker: page.next }) };
};
