import { createHash } from 'node:crypto';

/** Both ends included. */
export type Range = readonly [least: number, most: number];

const hash = (text: string): number => {
  // FNV-1a, 32 bit: spreads well enough over short keys and is the same everywhere.
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
};

/** Numbers from 0 to 1, the same ones for the same seed (Mulberry32). */
export const stream = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
};

/**
 * All chance of the simulated world. Every purpose draws from a stream of its own, so that one call more or one fault more does not
 * shuffle what happens to everything else: fault plans stay comparable with their reference run.
 */
export class Random {
  readonly #seed: number;
  readonly #streams = new Map<string, () => number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A number in [0, 1). */
  next(purpose: string): number {
    const known = this.#streams.get(purpose);
    if (known !== undefined) return known();
    const fresh = stream(hash(`${this.#seed}:${purpose}`));
    this.#streams.set(purpose, fresh);
    return fresh();
  }

  /** A whole number of the range. */
  between(purpose: string, [least, most]: Range): number {
    return most <= least ? least : least + Math.floor(this.next(purpose) * (most - least + 1));
  }

  /** True with the given probability (0 to 1). */
  chance(purpose: string, probability: number): boolean {
    return probability > 0 && this.next(purpose) < probability;
  }

  text(purpose: string, alphabet: string, length: number): string {
    let text = '';
    while (text.length < length) text += alphabet[Math.floor(this.next(purpose) * alphabet.length)] ?? '';
    return text;
  }

  uuid(purpose: string): string {
    const hex = this.text(purpose, '0123456789abcdef', 30);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18)}`;
  }
}

/** 32 hexadecimal digits that depend on nothing but the parts: what AWS derives the same way each time. */
export const digest = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
