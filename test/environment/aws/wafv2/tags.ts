import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResponse,
  Tag,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-wafv2';
import { wafFault } from '../errors.ts';
import type { World } from '../world.ts';
import { invalidParameter, nonexistent } from './refusals.ts';

const addTags = (world: World, tags: Map<string, string>, added: readonly Tag[] | undefined): void => {
  if (added === undefined || added.length === 0) throw invalidParameter('TAGS', '', 'At least one tag is required');
  for (const { Key: key = '', Value: value = '' } of added) {
    if (key.length < 1 || key.length > 128 || value.length > 256 || /^aws:/i.test(key)) throw invalidParameter('TAG_KEYS', key, 'The tag is not valid');
  }
  if (new Set([...tags.keys(), ...added.map(({ Key: key }) => key)]).size > world.knobs.maxTags)
    throw wafFault('WAFTagOperationException', `A resource has at most ${world.knobs.maxTags} tags`);
  for (const { Key: key = '', Value: value = '' } of added) tags.set(key, value);
};

/** The tags of something to be made; an empty list is an error, absence is not. */
export const newTags = (world: World, tags: readonly Tag[] | undefined): Map<string, string> => {
  const map = new Map<string, string>();
  if (tags !== undefined) addTags(world, map, tags);
  return map;
};

const tagsOf = (world: World, arn: string | undefined): Map<string, string> => {
  const owner = world.webAcls.get(arn) ?? world.ipSets.get(arn);
  if (owner === undefined || owner.gone) throw nonexistent();
  return owner.tags;
};

/** TagResource; needs at least one tag. */
export const tagResource = (world: World, input: TagResourceCommandInput): void => {
  addTags(world, tagsOf(world, input.ResourceARN), input.Tags);
};

/** UntagResource; keys that are not there are ignored. */
export const untagResource = (world: World, input: UntagResourceCommandInput): void => {
  const tags = tagsOf(world, input.ResourceARN);
  for (const key of input.TagKeys ?? []) tags.delete(key);
};

/** ListTagsForResource; nothing has more tags than a page holds. */
export const listTagsForResource = (world: World, input: ListTagsForResourceCommandInput): ListTagsForResourceResponse => ({
  TagInfoForResource: {
    ...(input.ResourceARN !== undefined && { ResourceARN: input.ResourceARN }),
    TagList: [...tagsOf(world, input.ResourceARN)].map(([key, value]) => ({ Key: key, Value: value })),
  },
});
