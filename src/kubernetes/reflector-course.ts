/**
 * What a reflector does after a session (a listing, a watch, or both in one stream) has ended: pure, so that the whole lifecycle is a table.
 *
 *   Init ──► Syncing(stream | pages) ──► Live ──► Waiting ─┬─► Live       ended · no answer · 401 · 403 · 429 · 503 · 5xx for less than a minute
 *              ▲   stream refused: pages │                 │
 *              └─────────────────────────┴─────────────────┴─► Syncing    410 · other 4xx · 5xx for longer · 404, slowly
 *
 * Only the reflector's signal leads out.
 */
import { fullJitter } from '../runtime/backoff.ts';
import type { Random } from '../runtime/backoff.ts';
import { KubeError } from './errors.ts';

/** Why everything is listed again. */
export type ResyncReason = 'start' | 'expired' | 'rejected' | 'failing';

/** How the last session ended: by itself, with the failure that ended it, or because this server does not stream listings. */
export type Ending =
  | { readonly is: 'ended' }
  | { readonly is: 'failed'; readonly error: unknown }
  | { readonly is: 'unstreamed' };

/** How a session went: how long it lasted, and whether the server told anything in it. */
export type Session = { readonly ending: Ending; readonly lastedMs: number; readonly heard: boolean };

/** Where a reflector stands between two sessions. `resync` is absent while the store is only to be carried on. */
export type Course = {
  readonly resync?: ResyncReason;
  /** Whether the next listing is asked for as a stream, or in pages. */
  readonly by: 'stream' | 'pages';
  readonly delayMs: number;
  /** Sessions in a row that did not last. */
  readonly failures: number;
  /** For how long the server has answered with faults of its own and nothing else; absent when the last session ended otherwise. */
  readonly faultyMs?: number;
};

export const firstCourse: Course = { resync: 'start', by: 'stream', delayMs: 0, failures: 0 };

// client-go: 0.8 s doubling to 30 s, forgotten after two good minutes.
const backoff = { baseMs: 800, capMs: 30_000 };
const goodAfterMs = 120_000;
// Proxies end what lasts longer than they allow, many of them after a minute: an orderly end is no failure of a watch, unless it comes at
// once. It is one of a listing that was not whole yet.
const goodEndAfterMs = 30_000;
// A server that fails for a minute may be failing because of what we ask: where the watch begins.
const faultyLimitMs = 60_000;
// A header gone wrong must not silence a watch for hours.
const longestRetryAfterMs = 5 * 60_000;

/** The course after a session. `resync` in `now` says whether the store was still waiting for a listing when it ended. */
export const courseAfter = (session: Session, now: Course, random: Random): Course => {
  if (session.ending.is === 'unstreamed') return { ...now, by: 'pages', delayMs: 0 };
  const enoughMs = session.ending.is === 'ended' && now.resync === undefined ? goodEndAfterMs : goodAfterMs;
  const failures = session.lastedMs >= enoughMs ? 0 : now.failures;
  const jitterMs = fullJitter(backoff, failures, random);
  const { faultyMs: faultyUntilNowMs, ...rest } = now;
  const calm: Course = { ...rest, failures: failures + 1, delayMs: jitterMs };
  if (session.ending.is === 'ended') return calm;

  const { error } = session.ending;
  const retryAfterMs = error instanceof KubeError ? error.retryAfterMs : undefined;
  const delayMs = retryAfterMs === undefined ? jitterMs : Math.min(retryAfterMs, longestRetryAfterMs) + fullJitter(backoff, 0, random);
  const remedy = remedyFor(error);
  if (remedy === 'list again') return { ...calm, delayMs, resync: now.resync ?? (isExpired(error) ? 'expired' : 'rejected') };
  if (remedy === 'be slow') return { ...calm, delayMs: backoff.capMs * (0.5 + random() / 2), resync: now.resync ?? 'rejected' };
  if (remedy === 'carry on') return { ...calm, delayMs };
  // A word in between shows that the version is good: the fault begins anew.
  const faultyMs = faultyUntilNowMs === undefined || session.heard ? 0 : faultyUntilNowMs + now.delayMs + session.lastedMs;
  return faultyMs < faultyLimitMs ? { ...calm, delayMs, faultyMs } : { ...calm, delayMs, resync: now.resync ?? 'failing' };
};

type Remedy = 'carry on' | 'carry on for a while' | 'list again' | 'be slow';

const remedyFor = (error: unknown): Remedy => {
  // A line that cannot be read, or a mistake of ours: as doubtful as a fault of the server.
  if (!(error instanceof KubeError) || error.reason === 'Malformed') return 'carry on for a while';
  if (isExpired(error)) return 'list again';
  // No answer says nothing about the version; neither does a request that was not let in, as by a server that has just started and does
  // not know its roles yet.
  if ([0, 401, 403, 429, 503].includes(error.code)) return 'carry on';
  // The resource is not served: somebody has to install it.
  if (error.code === 404) return 'be slow';
  return error.code >= 500 ? 'carry on for a while' : 'list again';
};

const isExpired = (error: unknown): boolean => error instanceof KubeError && (error.code === 410 || error.reason === 'Expired' || error.reason === 'Gone');
