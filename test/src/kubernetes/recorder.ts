/** Remembers what it was told, and lets a test wait for what is still to be told. */
export type Recorder<T> = {
  readonly all: readonly T[];
  readonly add: (thing: T) => void;
  /** Resolves with the first such thing told after the last one waited for. */
  readonly next: (isIt: (thing: T) => boolean) => Promise<T>;
};

/** An empty recorder. */
export const createRecorder = <T>(): Recorder<T> => {
  const all: T[] = [];
  let seen = 0;
  let wake: (() => void) | undefined;
  return {
    all,
    add: (thing) => {
      all.push(thing);
      wake?.();
    },
    next: async (isIt) => {
      for (;;) {
        while (seen < all.length) {
          const thing = all[seen++];
          if (thing !== undefined && isIt(thing)) return thing;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
};
