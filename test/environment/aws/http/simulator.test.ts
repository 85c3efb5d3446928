import { expect, onTestFinished, test } from 'vitest';
import type { Dns } from '../../../../reconcilers/ports/dns.ts';
import { createVirtualClock } from '../../../virtual-clock.ts';
import { AwsFault } from '../contract.ts';
import type { Members, Simulator } from '../contract.ts';
import { operationErrors } from '../operation-errors.ts';
import { createSimulator } from '../simulator.ts';
import { models } from './codec.ts';
import type { SdkService } from './codec.ts';
import { sendByName } from './commands.ts';
import { serve } from './served.ts';
import type { Served } from './served.ts';
import { story } from './story.ts';
import type { Outcome, Step, Way } from './teller.ts';

const emptyDns: Dns = { lookUp: async () => Promise.resolve({ is: 'missing' }) };

const inProcess =
  (simulator: Simulator): Way =>
  async (service, operation, input) => {
    try {
      return { is: 'ok', output: structuredClone(await simulator.call(service, operation, input)) };
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      const { name, status, message, members } = error;
      return { is: 'refused', name, status, message, members };
    }
  };

type SdkError = Error & Members & { readonly $metadata: { readonly httpStatusCode?: number } };
const isSdkError = (error: unknown): error is SdkError => error instanceof Error && '$metadata' in error;

const refusalFrom = (service: SdkService, error: SdkError): Outcome => {
  const modelled = [...(models[service].errors.get(error.name)?.structIterator() ?? [])].map(([name]) => name);
  const own = modelled.filter((name) => name.toLowerCase() !== 'message' && error[name] !== undefined);
  const members = Object.fromEntries(own.map((name) => [name, error[name]]));
  return { is: 'refused', name: error.name, status: error.$metadata.httpStatusCode ?? 0, message: error.message, members };
};

const overHttp =
  (served: Served): Way =>
  async (service, operation, input) => {
    try {
      return { is: 'ok', output: await sendByName(served, { service, operation, input }) };
    } catch (error) {
      if (!isSdkError(error)) throw error;
      return refusalFrom(service, error);
    }
  };

async function told(wayTo: (simulator: Simulator) => Promise<Way>): Promise<readonly Step[]> {
  const clock = createVirtualClock();
  const simulator = createSimulator({ clock, seed: 7, dns: emptyDns });
  return story(simulator, await wayTo(simulator), () => clock.advance(60_000));
}

test('the SDK over HTTP sees the same account as a caller in the same process, step for step', async () => {
  const here = await told(async (simulator) => Promise.resolve(inProcess(simulator)));
  const there = await told(async (simulator) => {
    const served = await serve(simulator);
    onTestFinished(() => served.stop());
    return overHttp(served);
  });
  expect(there).toEqual(here);
});

test('the story has every operation of the simulator succeed', async () => {
  const steps = await told(async (simulator) => Promise.resolve(inProcess(simulator)));
  const succeeded = new Set(steps.filter(({ outcome }) => outcome.is === 'ok').map(({ service, operation }) => `${service}.${operation}`));
  const all = (['cloudfront', 'acm', 'wafv2'] as const).flatMap((service) =>
    Object.keys(operationErrors[service]).map((operation) => `${service}.${operation}`),
  );
  expect(all.filter((operation) => !succeeded.has(operation))).toEqual([]);
});
