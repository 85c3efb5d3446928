import type { EdgeTier, EdgeTierStatus } from '../../crds/types.ts';
import type { EdgeTierAction, Observed } from './plan.ts';
import type { Subject } from './subject.ts';

/** The types of the kind EdgeTier. All names of what it has in AWS derive from its own, so that it learns nothing. */
export type EdgeTierKind = {
  readonly Obj: EdgeTier;
  readonly Status: EdgeTierStatus;
  readonly Subject: Subject;
  readonly Observed: Observed;
  readonly Act: EdgeTierAction;
  readonly Learned: undefined;
};
