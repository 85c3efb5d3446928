import type {
  AddTagsToCertificateCommandInput,
  ListTagsForCertificateCommandInput,
  ListTagsForCertificateResponse,
  RemoveTagsFromCertificateCommandInput,
  Tag,
} from '@aws-sdk/client-acm';
import { acmFault } from '../errors.ts';
import type { World } from '../world.ts';
import { findCertificate, seeCertificate } from './find.ts';

const tagPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Adds tags or changes their values; all of them or none. */
export const addTags = (world: World, tags: Map<string, string>, added: readonly Tag[]): void => {
  for (const { Key: key = '', Value: value = '' } of added) {
    if (key.length < 1 || key.length > 128 || value.length > 256 || !tagPattern.test(key) || !tagPattern.test(value) || /^aws:/i.test(key))
      throw acmFault('InvalidTagException', `The tag '${key}' is not valid`);
  }
  if (new Set([...tags.keys(), ...added.map(({ Key: key }) => key)]).size > world.knobs.maxTags)
    throw acmFault('TooManyTagsException', `A certificate has at most ${world.knobs.maxTags} tags`);
  for (const { Key: key = '', Value: value = '' } of added) tags.set(key, value);
};

/** AddTagsToCertificate; needs at least one tag. */
export const addTagsToCertificate = (world: World, input: AddTagsToCertificateCommandInput): void => {
  const certificate = findCertificate(world, input.CertificateArn);
  if (input.Tags === undefined || input.Tags.length === 0) throw acmFault('InvalidParameterException', 'Tags are required');
  addTags(world, certificate.tags, input.Tags);
};

/** A tag given with a value goes only if that is its value. */
export const removeTagsFromCertificate = (world: World, input: RemoveTagsFromCertificateCommandInput): void => {
  const certificate = findCertificate(world, input.CertificateArn);
  if (input.Tags === undefined || input.Tags.length === 0) throw acmFault('InvalidParameterException', 'Tags are required');
  for (const { Key: key = '', Value: value } of input.Tags) {
    if (value === undefined || certificate.tags.get(key) === value) certificate.tags.delete(key);
  }
};

/** ListTagsForCertificate, for readers: hidden and lingering like Describe. */
export const listTagsForCertificate = (world: World, input: ListTagsForCertificateCommandInput): ListTagsForCertificateResponse => {
  const certificate = seeCertificate(world, input.CertificateArn);
  return { Tags: [...certificate.tags].map(([key, value]) => ({ Key: key, Value: value })) };
};
