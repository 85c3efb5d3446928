import type { TenantDomainSpec } from '../../crds/types.ts';
import { platformZone, type Stage } from './stage.ts';
import { belongingsOf, webAclServing } from './tier-words.ts';

/** The words of the tests about what tenants ask of their tier and do not get. Their tenants are of the platform's zone. */

const seconds = 1_000;

/** The name that `Stage.platformTenant` gives a tenant. */
export const domainOf = (key: string): string => `${key.replace('/', '-')}.${platformZone}`;

/** Applies a tenant of the platform's zone on this tier. */
export const on = (stage: Stage, tier: string, key: string, spec: Partial<TenantDomainSpec> = {}): Promise<void> => stage.platformTenant(key, { tierRef: { name: tier }, ...spec });

/** Waits until the tenant's present spec is refused for this reason in words that include these, and gives all of them. */
export const refused = async (stage: Stage, key: string, reason: string, words = ''): Promise<string> => {
  await stage.until(key, `${reason} ${words}`, 90 * seconds, ({ metadata }) => {
    const ready = stage.condition(key, 'Ready');
    return ready?.status === 'False' && ready.reason === reason && ready.message.includes(words) && ready.observedGeneration === metadata.generation;
  });
  return stage.condition(key, 'Ready')?.message ?? '';
};

/** Whether a tenant is served with one of this tier's own web ACLs. */
export const isServedBy = (stage: Stage, tier: string, key: string): boolean => {
  const serving = webAclServing(stage, domainOf(key));
  return belongingsOf(stage, tier).webAcls.some(({ arn }) => arn === serving?.arn);
};
