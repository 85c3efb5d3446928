import type { Members } from '../calls.ts';
import type { World } from '../world.ts';
import type { Context, Need } from './evaluate.ts';

/** What each operation asks for. */
export type Needs = Readonly<Record<string, (world: World, input: Members) => readonly Need[]>>;

type Tagged = { readonly tags: ReadonlyMap<string, string>; readonly gone: boolean };

/** A member that should be text. */
export const text = (input: Members, member: string): string | undefined => {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
};

/** What stands at a path of members. */
export const inside = (input: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, member) => (typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined), input);

/** What is asked about one resource, its tags known or, where it is not there, not. */
export const on = (action: string, resource: string, thing: Tagged | undefined): Need => {
  if (thing === undefined || thing.gone) return { action, resource, context: {}, missing: true };
  return { action, resource, context: Object.fromEntries([...thing.tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value])) };
};

/** The keys that tags in a request give: a list of tags in any of the three services' forms. */
export const requested = (tags: unknown): Context => {
  const listed: readonly unknown[] = Array.isArray(tags) ? tags : [];
  const pairs = listed.map((tag) => [String(inside(tag, 'Key')), String(inside(tag, 'Value'))] as const);
  const keys = pairs.length === 0 ? {} : { 'aws:TagKeys': pairs.map(([key]) => key) };
  return { ...keys, ...Object.fromEntries(pairs.map(([key, value]) => [`aws:RequestTag/${key}`, value])) };
};

/** A create with tags asks for the tagging too, of something that has none yet. */
export const created = (action: string, resource: string, { tagging, tags, of = resource }: { readonly tagging: string; readonly tags: unknown; readonly of?: string }): readonly Need[] => {
  const context = requested(tags);
  return [{ action, resource, context }, ...(Array.isArray(tags) && tags.length > 0 ? [{ action: tagging, resource: of, context }] : [])];
};
