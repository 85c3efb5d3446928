import { type Aws, awsOperations, type Call } from '../../../reconcilers/ports/aws.ts';
import type { Simulator } from '../aws/contract.ts';

/** The port over the simulator without a wire: the same shapes, the same errors, thousands of plans a minute. */
export const inProcessAws = (simulator: Simulator, caller: string): Aws => {
  const call = (name: keyof Aws): Call<Record<string, unknown>, unknown> => {
    const { service, operation } = awsOperations[name];
    return async (input, signal) => {
      signal.throwIfAborted();
      return simulator.call(service, operation, input, caller);
    };
  };
  // The simulator takes and gives the SDK's own members; its suite proves that through the real SDK.
  return Object.fromEntries((Object.keys(awsOperations) as (keyof Aws)[]).map((name) => [name, call(name)])) as unknown as Aws;
};
