import { answerFromStatus, KubeError } from './errors.ts';
import { isKubeObject, isRecord } from './object.ts';
import type { KubeObject } from './object.ts';

/**
 * One line of a watch.
 * - `bookmark`: nothing changed up to `resourceVersion`; `endsInitialEvents` when with it the synthetic events are complete.
 * - `error`: the watch is over, for the reason the server gives.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks
 */
export type WatchEvent =
  | { readonly is: 'added' | 'modified' | 'deleted'; readonly object: KubeObject }
  | { readonly is: 'bookmark'; readonly resourceVersion: string; readonly endsInitialEvents: boolean }
  | { readonly is: 'error'; readonly error: KubeError };

// An object in etcd is at most 1.5 MiB by default; more than this without a newline is not a watch.
const maxLineBytes = 8 * 1024 * 1024;

const newline = 0x0a;

/** Cuts a stream of bytes into lines, wherever the network has cut it before. */
export type LineSplitter = {
  /**
   * The lines completed by this chunk, in order, without empty ones; what follows the last newline waits for the next chunk.
   * @throws KubeError `Malformed` when a line grows beyond 8 MiB
   */
  readonly push: (chunk: Uint8Array) => readonly string[];
};

/** A splitter for one stream. Text is decoded by whole lines, so that a character cut in two is whole again. */
export const createLineSplitter = (): LineSplitter => {
  let rest: Buffer[] = [];
  let restBytes = 0;
  return {
    push: (chunk) => {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      const lines: string[] = [];
      let from = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, from)) {
        // Almost every line lies within one chunk, and is decoded where it is.
        const line = rest.length === 0 ? bytes.toString('utf8', from, end) : Buffer.concat([...rest, bytes.subarray(from, end)]).toString('utf8');
        if (line !== '') lines.push(line);
        rest = [];
        restBytes = 0;
        from = end + 1;
      }
      if (from < bytes.length) rest.push(bytes.subarray(from));
      restBytes += bytes.length - from;
      if (restBytes > maxLineBytes) throw malformed(`a line of more than ${maxLineBytes} bytes`);
      return lines;
    },
  };
};

/**
 * What a line says.
 * @throws KubeError `Malformed` when it is not a watch event. Never to be skipped: the next event would move the version past it.
 */
export const decodeWatchEvent = (line: string): WatchEvent => {
  const event = parsed(line);
  if (!isRecord(event)) throw malformed('a line that is not an object');
  switch (event.type) {
    case 'ADDED':
      return { is: 'added', object: objectOf(event) };
    case 'MODIFIED':
      return { is: 'modified', object: objectOf(event) };
    case 'DELETED':
      return { is: 'deleted', object: objectOf(event) };
    case 'BOOKMARK':
      return bookmarkFrom(event.object);
    case 'ERROR':
      return { is: 'error', error: errorFrom(event.object) };
    default:
      throw malformed('an event of unknown type');
  }
};

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw malformed('a line that is not JSON', cause);
  }
};

const objectOf = (event: Readonly<Record<string, unknown>>): KubeObject => {
  if (!isKubeObject(event.object)) throw malformed('an object without name, uid or resourceVersion');
  return event.object;
};

const bookmarkFrom = (object: unknown): WatchEvent => {
  const metadata = isRecord(object) ? object.metadata : undefined;
  if (!isRecord(metadata) || typeof metadata.resourceVersion !== 'string') throw malformed('a bookmark without resourceVersion');
  const annotations = isRecord(metadata.annotations) ? metadata.annotations : {};
  return { is: 'bookmark', resourceVersion: metadata.resourceVersion, endsInitialEvents: annotations['k8s.io/initial-events-end'] === 'true' };
};

const errorFrom = (status: unknown): KubeError => {
  // An ERROR event without a number is the server's fault, and treated like its other faults.
  const code = isRecord(status) && typeof status.code === 'number' ? status.code : 500;
  return new KubeError('watch', answerFromStatus(code, status));
};

const malformed = (found: string, cause?: unknown): KubeError =>
  new KubeError('decode a watch', { code: 0, reason: 'Malformed', message: found }, cause === undefined ? {} : { cause });
