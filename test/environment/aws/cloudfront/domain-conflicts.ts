import type { DomainConflict, ListDomainConflictsCommandInput, ListDomainConflictsResult } from '@aws-sdk/client-cloudfront';
import { covers } from '../acm/coverage.ts';
import { invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { pageSize } from './page-size.ts';
import { hasCertificateFor, resourceOf } from './resource-id.ts';
import type { DomainHolder } from './state.ts';

const overlaps = (one: string, other: string): boolean => covers([one], other) || covers([other], one);

/** Other accounts' ids show only their end, as in AWS's example. */
const masked = (text: string, shown: number): string => '*'.repeat(Math.max(0, text.length - shown)) + text.slice(-shown);

const conflictOf = (world: World, domain: string, holder: DomainHolder): DomainConflict => {
  if (holder.kind === 'foreign')
    return { Domain: domain, ResourceType: 'distribution-tenant', ResourceId: masked(holder.resourceId, 16), AccountId: masked(holder.accountId, 6) };
  const [type, id] = holder.kind === 'tenant' ? (['distribution-tenant', holder.tenant.id] as const) : (['distribution', holder.distribution.id] as const);
  return { Domain: domain, ResourceType: type, ResourceId: id, AccountId: world.accountId };
};

/** ListDomainConflicts: who has the name or one that overlaps it. The caller shows control by a resource whose certificate covers the name. */
export const listDomainConflicts = (world: World, input: ListDomainConflictsCommandInput): ListDomainConflictsResult => {
  const { Domain: domain } = input;
  if (domain === undefined) throw invalidArgument('The domain is required.');
  const resource = resourceOf(world, input.DomainControlValidationResource);
  if (!hasCertificateFor(world, resource, domain)) throw invalidArgument('The resource has no certificate that covers the domain.');
  const conflicts = [...world.domains]
    .filter(([name, holder]) => overlaps(domain, name) && !(holder.kind === 'tenant' && resource.kind === 'tenant' && holder.tenant === resource.tenant))
    .map(([name, holder]) => conflictOf(world, name, holder))
    .toSorted((one, other) => ((one.Domain ?? '') < (other.Domain ?? '') ? -1 : 1));
  const start = input.Marker === undefined ? 0 : Number(input.Marker);
  if (!Number.isInteger(start) || start < 0) throw invalidArgument('The marker is not valid.');
  const end = start + Math.min(pageSize(input.MaxItems), world.knobs.pageSize);
  return { DomainConflicts: conflicts.slice(start, end), ...(end < conflicts.length && { NextMarker: String(end) }) };
};
