import { setTimeout as pause } from 'node:timers/promises';

const everyMs = 50;

/**
 * Asks again and again until there is an answer, for what happens in another process and cannot be awaited. `what` completes
 * "waited for". Rejects when `ask` does, and after `withinMs`.
 */
export const waitFor = async <T>(what: string, withinMs: number, ask: () => Promise<T | undefined>): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() >= deadline) throw new Error(`waited for ${what}: nothing within ${String(withinMs)} ms`);
    await pause(everyMs);
  }
};
