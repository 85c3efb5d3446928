/** Stored in `metadata.finalizers` of every object that has, or may have, something of ours in AWS (R8). */
export const finalizer = 'tenantedge.dev/finalizer';

/** Reads of one kind of object from memory: as new as the watch, no I/O. `get` takes `namespace/name`, or `name` for cluster-scoped kinds. */
export type Lookup<Obj, Index extends string = never> = {
  readonly get: (key: string) => Obj | undefined;
  readonly by: (index: Index, value: string) => readonly Obj[];
};

/**
 * Writes to one kind of object. Each has its own deadline and is never ended by the pass's signal: what AWS has told us must be
 * kept even when the pass is being aborted. Each rejects with a `Failure`: `conflict` when the object changed or is another of
 * the same name (another uid), `transient` when nobody knows.
 */
export type Objects<Obj, Status> = {
  /** The object as the API server has it now, or undefined. A quorum read, for use before destruction (R6). */
  readonly live: (key: string) => Promise<Obj | undefined>;
  /** Stores our finalizer. Resolves with the object as stored. */
  readonly guard: (object: Obj) => Promise<Obj>;
  /** Folds something learned into the live status, re-reading on conflict; only the same uid is ever written. */
  readonly remember: (object: Obj, fold: (live: Status | undefined) => Status) => Promise<Obj>;
  /** Replaces the status, if it differs. */
  readonly save: (object: Obj, status: Status) => Promise<Obj>;
  /** Lifts our finalizer. An object already gone is a success. */
  readonly release: (object: Obj) => Promise<void>;
};
