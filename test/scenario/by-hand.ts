import { AwsFault, type Service } from '../environment/aws/contract.ts';
import type { Stage } from './stage.ts';

const isBusy = (error: unknown): boolean => error instanceof AwsFault && (error.side === 'server' || error.name === 'ThrottlingException');

/** What somebody does in the console, as often as it takes: a person tries again when AWS is busy. `input` is made anew for each try. */
export const byHand = async (stage: Stage, service: Service, operation: string, input: () => Readonly<Record<string, unknown>>): Promise<void> => {
  const { simulator, clock } = stage.world;
  try {
    await simulator.call(service, operation, input(), 'operator');
  } catch (error) {
    if (!isBusy(error)) throw error;
    clock.after(1_000, () => void byHand(stage, service, operation, input));
  }
};
