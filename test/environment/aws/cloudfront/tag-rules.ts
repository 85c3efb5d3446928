import type { Tag, Tags } from '@aws-sdk/client-cloudfront';
import { cloudfrontFault } from '../errors.ts';
import type { World } from '../world.ts';

const tagPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const isTag = (key: string, value: string): boolean =>
  key.length >= 1 && key.length <= 128 && value.length <= 256 && tagPattern.test(key) && tagPattern.test(value) && !/^aws:/i.test(key);

/** Adds tags or changes their values; all of them or none. */
export const addTags = (world: World, tags: Map<string, string>, added: readonly Tag[]): void => {
  const wrong = added.find(({ Key: key = '', Value: value = '' }) => !isTag(key, value));
  if (wrong !== undefined) throw cloudfrontFault('InvalidTagging', `The tag ${JSON.stringify(wrong.Key)} is not valid.`);
  if (new Set([...tags.keys(), ...added.map(({ Key: key }) => key)]).size > world.knobs.maxTags)
    throw cloudfrontFault('InvalidTagging', `A resource has at most ${world.knobs.maxTags} tags.`);
  for (const { Key: key = '', Value: value = '' } of added) tags.set(key, value);
};

/** The tags of a resource to be made. */
export const newTags = (world: World, tags: Tags | undefined): ReadonlyMap<string, string> => {
  const map = new Map<string, string>();
  addTags(world, map, tags?.Items ?? []);
  return map;
};

/** Tags as ListTagsForResource gives them. */
export const tagsView = (tags: ReadonlyMap<string, string>): Tags => ({ Items: [...tags].map(([key, value]) => ({ Key: key, Value: value })) });
