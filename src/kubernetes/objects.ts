import type { Reconciled, WithConditions } from '../../reconcilers/contract.ts';
import { Failure } from '../../reconcilers/failure.ts';
import { finalizer, type Objects } from '../../reconcilers/ports/objects.ts';
import type { Client, Target } from './client.ts';
import type { Consistency } from './consistency.ts';
import { isConflict, isNotFound, KubeError } from './errors.ts';
import { mergePatchBetween } from './merge-patch.ts';
import { addressOf, isRecord, keyOf } from './object.ts';
import type { Resource } from './resources.ts';

/** Others write too (labels, annotations, other finalizers); more often than this in a row is a fight, left to the next pass. */
const maxAttempts = 5;

/** What the API server said, in the core's words. A refusal for lack of rights is configuration; a refusal of the body is our bug. */
const failureFrom = (error: unknown): unknown => {
  if (!(error instanceof KubeError)) return error;
  const { message, reason, code } = error;
  const failure = { code: reason, message, cause: error };
  if (code === 404 || code === 409) return new Failure({ ...failure, kind: 'conflict', reason: 'Conflict' });
  // 403 is not counted: an API server that has just started answers it until it knows its roles.
  const refused = code === 400 || code === 422;
  return new Failure({ ...failure, kind: refused ? 'blocked' : 'transient', reason: 'KubernetesError' });
};

const classified = async <Value>(call: Promise<Value>): Promise<Value> => {
  try {
    return await call;
  } catch (error) {
    throw failureFrom(error);
  }
};

const targetOf = (object: Reconciled<unknown>): Target => {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return { name, uid, resourceVersion, ...(namespace === undefined ? {} : { namespace }) };
};

/**
 * The core's writes to one resource. The transport's own deadlines end them, never the pass: what AWS has told us must be kept.
 * `awaited` learns every version written, so that no pass runs on an older picture.
 */
export const objectsOf = <Obj extends Reconciled<WithConditions>, Status extends WithConditions>(client: Client, resource: Resource, awaited: Consistency): Objects<Obj, Status> => {
  const never = new AbortController().signal;

  const written = (object: Obj): Obj => {
    awaited.wroteAt(keyOf(object), object.metadata.uid, object.metadata.resourceVersion);
    return object;
  };

  const live = async (key: string): Promise<Obj | undefined> => {
    try {
      return await client.get<Obj>(resource, addressOf(key), never);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw failureFrom(error);
    }
  };

  /** The live object of this uid, for another attempt; a conflict where it is gone or another of that name. */
  const sameAgain = async (object: Obj): Promise<Obj> => {
    const again = await live(keyOf(object));
    if (again?.metadata.uid === object.metadata.uid) return again;
    throw new Failure({ kind: 'conflict', reason: 'Conflict', code: 'Gone', message: `write ${object.kind} "${keyOf(object)}": it is gone, or another object of that name` });
  };

  const patchStatus = async (object: Obj, status: Status): Promise<Obj> => {
    const patch = mergePatchBetween(object.status, isRecord(status) ? status : {});
    return patch === undefined ? object : written(await client.mergePatchStatus<Obj>(resource, targetOf(object), { status: patch }, never));
  };

  /** Tries on the object as given, then on the live one for as long as somebody else writes in between. */
  const insist = async (object: Obj, write: (current: Obj) => Promise<Obj>): Promise<Obj> => {
    let current = object;
    for (let attempt = 1; ; attempt++) {
      try {
        return await write(current);
      } catch (error) {
        if (!isConflict(error) || attempt === maxAttempts) throw failureFrom(error);
        current = await sameAgain(object);
      }
    }
  };

  const patchFinalizers = async (object: Obj, finalizers: readonly string[]): Promise<Obj> =>
    written(await client.mergePatch<Obj>(resource, targetOf(object), { metadata: { finalizers } }, never));

  return {
    live,
    guard: (object) =>
      insist(object, (current) => {
        const present = current.metadata.finalizers ?? [];
        return present.includes(finalizer) ? Promise.resolve(current) : patchFinalizers(current, [...present, finalizer]);
      }),
    remember: (object, fold) => insist(object, (current) => patchStatus(current, fold(current.status as Status | undefined))),
    save: (object, status) => classified(patchStatus(object, status)),
    release: async (object) => {
      try {
        await insist(object, (current) => patchFinalizers(current, (current.metadata.finalizers ?? []).filter((name) => name !== finalizer)));
      } catch (error) {
        const gone = isNotFound(error) || (error instanceof Failure && (error.code === 'Gone' || error.code === 'NotFound'));
        if (!gone) throw error;
      }
    },
  };
};
