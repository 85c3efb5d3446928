import type { Members, Service } from '../calls.ts';
import type { World } from '../world.ts';
import type { Need } from './evaluate.ts';
import { acmNeeds } from './needs-acm.ts';
import { cloudfrontNeeds } from './needs-cloudfront.ts';
import { wafv2Needs } from './needs-wafv2.ts';
import type { Needs } from './resources.ts';

const tables: Readonly<Record<Exclude<Service, 'sts'>, Needs>> = { cloudfront: cloudfrontNeeds, acm: acmNeeds, wafv2: wafv2Needs };

/**
 * What a caller must be allowed for this request, all of it, before AWS looks further. What CloudFront asks ACM for on the way is asked for when it
 * comes to that. Operations that no table names are asked for by their name, on everything; STS tells everybody who they are.
 */
export const needsOf = (world: World, service: Service, operation: string, input: Members): readonly Need[] => {
  if (service === 'sts') return [];
  return tables[service][operation]?.(world, input) ?? [{ action: `${service}:${operation}`, resource: '*', context: {} }];
};
