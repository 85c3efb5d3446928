import type { Members, Simulator } from '../contract.ts';
import type { SdkService } from './codec.ts';
import { isMembers } from './protocol.ts';

/** What came of one call, by whatever way it was made. */
export type Outcome =
  | { readonly is: 'ok'; readonly output: Members }
  | { readonly is: 'refused'; readonly name: string; readonly status: number; readonly message: string; readonly members: Members };

/** One line of a story. */
export type Step = { readonly service: SdkService; readonly operation: string; readonly outcome: Outcome };

/** A way to the simulator. Never rejects. */
export type Way = (service: SdkService, operation: string, input: Members) => Promise<Outcome>;

/** One account's life, told by one teller. `tell` makes a call, keeps what came of it and gives the output's members, or none. */
export type Teller = {
  readonly simulator: Simulator;
  readonly tell: (...call: Parameters<Way>) => Promise<Members>;
};

/** The text at a path such as `WebACL.Id`; empty where a call was refused, so that the story goes on and the steps tell. */
export function textAt(output: Members, path: string): string {
  let value: unknown = output;
  for (const name of path.split('.')) value = isMembers(value) ? value[name] : undefined;
  return typeof value === 'string' ? value : '';
}
