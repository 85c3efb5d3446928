import type { EdgeTierSpec } from '../../crds/types.ts';
import { ratesFor } from './account.ts';
import { tierPath } from './manifests.ts';
import type { Settings } from './settings.ts';
import type { Stage, Stretch } from './stage.ts';

/** From a tier's edit to the whole fleet having it. `changes`: how many AWS resources had to be changed; the rate limits' floor follows from it. */
export type TierEdit = { readonly changes: number; readonly floorSeconds: number; readonly stretch: Stretch };

/** A change of rules costs calls per web ACL, one of geoRestriction a call per tenant: both are measured. */
export type TierEdits = { readonly rules: TierEdit; readonly geo: TierEdit };

const patienceSeconds = 300;
const quietMs = 40_000;
const flood = { name: 'flood', type: 'RateLimit', action: 'Block', rateLimit: { requests: 2_000, windowSeconds: 300, key: 'TenantAndIP' } } as const;

/** Edits the tier, and waits until AWS has it everywhere and everybody is Ready again. */
const edited = async (stage: Stage, patch: { readonly spec: unknown }, floor: { readonly changes: number; readonly perSecond: number }, everywhere: () => boolean): Promise<TierEdit> => {
  const { changes, perSecond } = floor;
  const floorSeconds = changes / perSecond;
  const all = stage.watcher.ready();
  const before = await stage.mark();
  const { status } = await stage.world.controlPlane.admin.request('PATCH', tierPath, patch, 'application/merge-patch+json');
  if (status !== 200) throw new Error(`edit the tier: the API server answered ${status}`);
  await stage.until('the edit to be everywhere', patienceSeconds + 10 * floorSeconds, () => everywhere() && stage.watcher.ready() === all);
  const stretch = stage.stretch(before, await stage.mark());
  await stage.until('the controller to be silent', patienceSeconds, () => performance.now() - stage.watcher.lastWriteAt() > quietMs);
  return { changes, floorSeconds, stretch };
};

/** The two kinds of edit, one after the other. `managed`: the tier's web ACL as it is. */
export const editTier = async (stage: Stage, settings: Settings, managed: NonNullable<EdgeTierSpec['webACL']['managed']>): Promise<TierEdits> => {
  const rates = ratesFor(settings);
  const { inspect } = stage.world.simulator;
  const rules = [...(managed.rules ?? []), flood];
  const acls = inspect.webAcls().length;
  const rulesEdit = await edited(stage, { spec: { webACL: { type: 'Managed', managed: { ...managed, rules } } } }, { changes: acls, perSecond: rates['wafv2.mutate'] }, () =>
    inspect.webAcls().every((acl) => acl.rules.length === rules.length));
  const tenants = inspect.tenants().length;
  const geo = { type: 'Deny', countries: ['KP'] };
  const geoEdit = await edited(stage, { spec: { geoRestriction: geo } }, { changes: tenants, perSecond: rates['cloudfront.mutate'] }, () =>
    inspect.tenants().every(({ customizations, status }) => status === 'Deployed' && customizations.GeoRestrictions?.RestrictionType === 'blacklist'));
  return { rules: rulesEdit, geo: geoEdit };
};
