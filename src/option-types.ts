import { isIP } from 'node:net';

/** The value that a text says, or why it says none: the end of a sentence that begins with the text. */
export type Reading<Value> = { readonly value: Value } | { readonly mistake: string };

/** How a text is read, and what people are told of it. */
export type OptionType<Value> = {
  /** One word, the unit where there is one: `duration`, `calls/s`. */
  readonly word: string;
  /** What is allowed, in words. */
  readonly range: string;
  readonly read: (text: string) => Reading<Value>;
};

type Matching = { readonly word: string; readonly range: string; readonly pattern: RegExp };

/** A text of a given form. */
export const matching = ({ word, range, pattern }: Matching): OptionType<string> => ({
  word,
  range,
  read: (text) => (pattern.test(text) ? { value: text } : { mistake: `is not ${range}` }),
});

/** A whole number, both bounds included. */
export const wholeNumber = (word: string, min: number, max: number): OptionType<number> => numberOf(word, /^\d{1,9}$/, { min, max });

/** A number that may have a fraction, both bounds included. */
export const decimal = (word: string, min: number, max: number): OptionType<number> => numberOf(word, /^\d{1,9}(\.\d{1,6})?$/, { min, max });

const numberOf = (word: string, pattern: RegExp, { min, max }: { readonly min: number; readonly max: number }): OptionType<number> => {
  const range = `${min} to ${max}`;
  const read = (text: string): Reading<number> => {
    if (!pattern.test(text)) return { mistake: `is no number from ${range}` };
    const value = Number(text);
    return value >= min && value <= max ? { value } : { mistake: `is not within ${range}` };
  };
  return { word, range, read };
};

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

const millisecondsIn = (text: string): number | undefined => {
  const [, count, unit] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
  return count !== undefined && (unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h') ? Number(count) * unitsMs[unit] : undefined;
};

/** A time like `500ms`, `30s`, `10m`, `10h`, both bounds included. Read as milliseconds. */
export const duration = (min: string, max: string): OptionType<number> => {
  const range = `${min} to ${max}`;
  const [minMs = 0, maxMs = 0] = [millisecondsIn(min), millisecondsIn(max)];
  const read = (text: string): Reading<number> => {
    const value = millisecondsIn(text);
    if (value === undefined) return { mistake: 'is no duration like 500ms, 30s, 10m or 10h' };
    return value >= minMs && value <= maxMs ? { value } : { mistake: `is not within ${range}` };
  };
  return { word: 'duration', range, read };
};

/** One of these words. */
export const oneOf = <const Word extends string>(word: string, words: readonly Word[]): OptionType<Word> => ({
  word,
  range: words.join(', '),
  read: (text) => {
    const value = words.find((each) => each === text);
    return value === undefined ? { mistake: `is none of ${words.join(', ')}` } : { value };
  },
});

/** Several of the same, in one text; at least one. */
export const listOf = <Value>(item: OptionType<Value>, separator: string): OptionType<readonly [Value, ...Value[]]> => ({
  word: `${item.word}${separator}...`,
  range: `${item.range}; several with "${separator}" between them`,
  read: (text) => {
    const values: Value[] = [];
    for (const part of text.split(separator)) {
      const reading = item.read(part.trim());
      if ('mistake' in reading) return { mistake: `has "${part.trim()}", which ${reading.mistake}` };
      values.push(reading.value);
    }
    const [first, ...rest] = values;
    return first === undefined ? { mistake: 'is empty' } : { value: [first, ...rest] };
  },
});

/** An IP address and a port: `10.0.0.10:53`, `[fd00::10]:53`. Names would need a resolver to find the resolver. */
export const socketAddress: OptionType<string> = {
  word: 'address:port',
  range: 'an IP address and a port',
  read: (text) => {
    const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
    const isAddress = bracketed === undefined ? isIP(plain ?? '') === 4 : isIP(bracketed) === 6;
    return isAddress && Number(port) >= 1 && Number(port) <= 65_535 ? { value: text } : { mistake: 'is no IP address with a port, like 10.0.0.10:53 or [fd00::10]:53' };
  },
};
