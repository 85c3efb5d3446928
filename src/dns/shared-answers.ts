import type { Dns, DnsAnswer } from '../../reconcilers/ports/dns.ts';
import { unlessAborted } from '../runtime/abort.ts';
import type { Clock } from '../runtime/clock.ts';
import { foldedName } from './answer.ts';

// Long enough that a burst of passes asks once, short enough to be nothing beside the 30 s in which a record is to be noticed.
const rememberedMs = 5000;

type Flight = { readonly answer: Promise<DnsAnswer>; readonly cancel: () => void; askers: number };

/**
 * `dns` with one query behind all who ask the same at the same time, and its answer, a failure too, for 5 s after: ten thousand
 * tenants of one endpoint cost one query. An asker who aborts leaves; the query ends when nobody waits for it any more.
 */
export const shareAnswers = (dns: Dns, clock: Clock): Dns => {
  const flights = new Map<string, Flight>();
  const memory = createMemory(clock);

  const launch = (key: string, question: Parameters<Dns['lookUp']>[0]): Flight => {
    const controller = new AbortController();
    const land = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const answerOf = async (): Promise<DnsAnswer> => {
      try {
        const answer = await dns.lookUp(question, controller.signal);
        if (flights.get(key) === flight) memory.keep(key, answer);
        return answer;
      } finally {
        land();
      }
    };
    const cancel = (): void => {
      land();
      controller.abort();
    };
    const flight: Flight = { answer: Promise.resolve().then(answerOf), cancel, askers: 0 };
    flights.set(key, flight);
    return flight;
  };

  return {
    lookUp: async (question, signal) => {
      signal.throwIfAborted();
      const name = foldedName(question.name);
      const key = `${question.type} ${name}`;
      const known = memory.recall(key);
      if (known !== undefined) return known;
      const flight = flights.get(key) ?? launch(key, { ...question, name });
      flight.askers += 1;
      try {
        return await unlessAborted(flight.answer, signal);
      } finally {
        flight.askers -= 1;
        if (flight.askers === 0) flight.cancel();
      }
    },
  };
};

const createMemory = (clock: Clock) => {
  // Oldest first: all are remembered equally long.
  const answers = new Map<string, { readonly answer: DnsAnswer; readonly sinceMs: number }>();
  return {
    keep: (key: string, answer: DnsAnswer): void => {
      answers.set(key, { answer, sinceMs: clock.now().getTime() });
    },
    recall: (key: string): DnsAnswer | undefined => {
      const nowMs = clock.now().getTime();
      for (const [old, { sinceMs }] of answers) {
        if (nowMs < sinceMs + rememberedMs) break;
        answers.delete(old);
      }
      return answers.get(key)?.answer;
    },
  };
};
