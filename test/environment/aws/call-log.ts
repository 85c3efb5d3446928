import type { CallLogEntry } from './contract.ts';

/** Every call in the order in which it ended. */
export class CallLog {
  readonly entries: CallLogEntry[] = [];
  readonly #listeners = new Set<(entry: CallLogEntry) => void>();

  add(entry: CallLogEntry): void {
    this.entries.push(entry);
    if (!entry.committed) return;
    for (const listener of this.#listeners) listener(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }

  onMutation(listener: (entry: CallLogEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
