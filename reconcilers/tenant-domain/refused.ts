import type { Reason } from '../../crds/reasons.ts';
import type { Wait } from '../contract.ts';

/** Why a spec is not acted upon: whose turn it is, and what to do. */
export type Refused = { readonly reason: Reason; readonly message: string; readonly on: Wait };
