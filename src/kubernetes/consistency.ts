import { compareVersions } from './object.ts';
import type { KubeObject } from './object.ts';
import type { Store } from './store.ts';

/**
 * Read your own writes: remembers which version a key was last written in, and says whether the store has caught up with it, so that no pass
 * is made on a picture older than what the pass before it did.
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5647-stale-controller-handling
 */
export type Consistency = {
  /** After each write that was answered. Of several to one object the newest counts; a new uid forgets what was awaited of the old one. */
  readonly wroteAt: (key: string, uid: string, resourceVersion: string) => void;
  /** Whether the store shows everything this process has written to the key. True when versions cannot be compared. */
  readonly isFresh: (key: string) => boolean;
};

type Written = { readonly uid: string; readonly resourceVersion: string };

/** Judges by this store alone; needs its bookmarks, or a key deleted unseen would never be fresh again. */
export const createConsistency = (store: Pick<Store<KubeObject>, 'lastSyncedResourceVersion'>): Consistency => {
  const written = new Map<string, Written>();
  let sweepAbove = 1_000;

  const isShown = ({ resourceVersion }: Written): boolean => {
    const synced = store.lastSyncedResourceVersion();
    return synced !== undefined && (compareVersions(synced, resourceVersion) ?? 0) >= 0;
  };

  // Keys that are never asked about again (deleted objects) must not pile up: each sweep pays for the growth since the last.
  const sweep = (): void => {
    for (const [key, write] of written) if (isShown(write)) written.delete(key);
    sweepAbove = Math.max(1_000, written.size * 2);
  };

  return {
    wroteAt: (key, uid, resourceVersion) => {
      const known = written.get(key);
      const isOlder = known?.uid === uid && (compareVersions(resourceVersion, known.resourceVersion) ?? 1) < 0;
      if (!isOlder) written.set(key, { uid, resourceVersion });
      if (written.size > sweepAbove) sweep();
    },
    isFresh: (key) => {
      const write = written.get(key);
      if (write === undefined) return true;
      if (!isShown(write)) return false;
      written.delete(key);
      return true;
    },
  };
};
