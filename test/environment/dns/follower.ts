import type { Clock } from '../../../src/runtime/clock.ts';
import { createZones, type Zones } from './zones.ts';

/**
 * Zones, and the same as others see them: every edit of the first is one of the second so many milliseconds later, as it is while
 * servers of a zone hear of a change one after the other.
 */
export const createFollowedZones = (clock: Clock, lagMs: number): { readonly zones: Zones; readonly follower: Zones } => {
  const [zones, follower] = [createZones(), createZones()];
  const later = (edit: () => void): void => void clock.after(lagMs, edit);
  return {
    follower,
    zones: {
      set: (name, type, values) => {
        zones.set(name, type, values);
        later(() => follower.set(name, type, values));
      },
      remove: (name, type) => {
        zones.remove(name, type);
        later(() => follower.remove(name, type));
      },
      misbehave: (name, how) => {
        zones.misbehave(name, how);
        later(() => follower.misbehave(name, how));
      },
      answer: zones.answer,
    },
  };
};
