import { delay, type World } from '../world.ts';

const lingerMs = (world: World, resource: string): number => {
  if (resource.startsWith('arn:aws:acm:')) return delay(world, 'certificateUseLingerMs');
  return resource.startsWith('arn:aws:wafv2:') ? delay(world, 'webAclUseLingerMs') : 0;
};

/** Makes `owner.held` what `needed` says: begins the new uses, ends those that are gone. */
export const holdExactly = (world: World, owner: { readonly arn: string; held: ReadonlySet<string> }, needed: ReadonlySet<string>): void => {
  const { uses, timeline } = world;
  for (const resource of needed) {
    if (owner.held.has(resource)) continue;
    const appearsMs = resource.startsWith('arn:aws:acm:') ? delay(world, 'certificateUseAppearsMs') : 0;
    uses.hold(resource, owner.arn, timeline.nowMs + appearsMs);
  }
  for (const resource of owner.held) {
    if (!needed.has(resource)) uses.release(resource, owner.arn, timeline.nowMs, lingerMs(world, resource));
  }
  owner.held = needed;
};
