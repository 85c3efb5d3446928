import { invalidParameter } from './refusals.ts';

/** CloudFront's web ACLs and their IP sets are those of scope CLOUDFRONT; no others exist here. */
export const checkScope = (scope: string | undefined): void => {
  if (scope !== 'CLOUDFRONT') throw invalidParameter('SCOPE_VALUE', scope, 'The scope is not valid.');
};

/** What everything that has a name is made with. */
export const checkIdentity = (input: { readonly Name?: string | undefined; readonly Scope?: string | undefined; readonly Description?: string | undefined }): void => {
  const { Name: name = '', Scope: scope, Description: description } = input;
  if (!/^[\w-]{1,128}$/.test(name)) throw invalidParameter('ENTITY_NAME', name, 'The name is not valid');
  checkScope(scope);
  if (description !== undefined && !/^[\w+=:#@/\-,.][\w+=:#@/\-,.\s]{1,254}[\w+=:#@/\-,.]$/.test(description))
    throw invalidParameter('DESCRIPTION', description, 'The description is not valid');
};

/** The names of the members that are set. */
export const membersOf = (structure: object | undefined): readonly string[] =>
  Object.entries(structure ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [name]));
