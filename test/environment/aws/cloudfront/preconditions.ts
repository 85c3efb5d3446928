import { cloudfrontFault } from '../errors.ts';
import type { World } from '../world.ts';

/** The If-Match check, after existence and before state: missing or garbled is 400, stale is 412. */
export const checkIfMatch = (world: World, etag: string, ifMatch: string | undefined): void => {
  if (ifMatch === '*' && world.knobs.ifMatchStar) return;
  if (ifMatch === undefined || !/^E[A-Z0-9]+$/.test(ifMatch))
    throw cloudfrontFault('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.');
  if (ifMatch !== etag) throw cloudfrontFault('PreconditionFailed', 'The request failed because it did not meet the preconditions in one or more request-header fields.');
};

/** Where If-Match is optional. */
export const checkIfMatchIfGiven = (world: World, etag: string, ifMatch: string | undefined): void => {
  if (ifMatch !== undefined) checkIfMatch(world, etag, ifMatch);
};
