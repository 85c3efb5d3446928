import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceResult,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { addTags, tagsView } from './tag-rules.ts';

const arnPattern = /^arn:aws:cloudfront::\d{12}:(distribution|distribution-tenant|connection-group)\/(\w+)$/;

const tagsOf = (world: World, arn: string | undefined): Map<string, string> => {
  const [, type, id] = arnPattern.exec(arn ?? '') ?? [];
  if (type === undefined || id === undefined) throw invalidArgument('The resource is not valid.');
  const shelf = { distribution: world.distributions, 'distribution-tenant': world.tenants, 'connection-group': world.groups }[type];
  const thing = shelf?.get(id);
  if (thing === undefined || thing.gone || thing.arn !== arn) throw cloudfrontFault('NoSuchResource', 'The specified resource does not exist.');
  return thing.tags;
};

/** TagResource; moves no ETag. */
export const tagResource = (world: World, input: TagResourceCommandInput): void => {
  addTags(world, tagsOf(world, input.Resource), input.Tags?.Items ?? []);
};

/** UntagResource; keys that are not there are ignored. */
export const untagResource = (world: World, input: UntagResourceCommandInput): void => {
  const tags = tagsOf(world, input.Resource);
  for (const key of input.TagKeys?.Items ?? []) tags.delete(key);
};

/** The only way to read tags: Get and Create do not echo them. */
export const listTagsForResource = (world: World, input: ListTagsForResourceCommandInput): ListTagsForResourceResult => ({
  Tags: tagsView(tagsOf(world, input.Resource)),
});
