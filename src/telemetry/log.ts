import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Clock } from '../runtime/clock.ts';
import { withoutSecrets } from './redaction.ts';

/** From the quietest to the most talkative; a level includes those before it. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof logLevels)[number];

/** What a line says beside its message. `error` may be anything that was thrown: its message, code, stack and causes are written, and nothing else of it. */
export type LogFields = Readonly<Record<string, unknown>>;

type Say = (message: string, fields?: LogFields) => void;

/**
 * A log of JSON lines. `info` is for what changed, `warn` for what a person must mend, `error` for what we do not understand, `debug` for
 * decisions. Messages: capital, past tense, no full stop.
 */
export type Log = { readonly [Level in LogLevel]: Say } & {
  /** A log whose lines all have these fields too. */
  readonly with: (fields: LogFields) => Log;
};

export type LogOptions = {
  readonly level: LogLevel;
  readonly clock: Pick<Clock, 'now'>;
  /** Takes one whole line, its end included; standard output when absent. */
  readonly write?: (line: string) => void;
};

/** A log in which secrets are made unreadable wherever they stand in a line. */
export const createLog = ({ level, clock, write }: LogOptions): Log =>
  logFrom(
    pino(
      {
        level,
        messageKey: 'message',
        base: null,
        timestamp: () => `,"time":"${clock.now().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { error: toldOf },
        hooks: { streamWrite: withoutSecrets },
      },
      // Synchronous: the last words before an exit are those that matter most.
      write === undefined ? pino.destination({ fd: 1, sync: true }) : { write },
    ),
  );

const logFrom = (logger: Logger): Log => {
  const at = (level: LogLevel): Say => (message, fields) => {
    logger[level](fields ?? {}, message);
  };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug'), with: (fields) => logFrom(logger.child(fields)) };
};

// What SDKs hang on their errors (requests, headers, whole answers) is long, and not for a log.
const toldOf = (error: unknown): unknown => {
  if (!(error instanceof Error)) return shortly(error);
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: messagesOf(error.cause) }),
  };
};

const deepestCause = 5;

const messagesOf = (cause: unknown): readonly string[] => {
  const messages: string[] = [];
  for (let at = cause; at !== undefined && messages.length < deepestCause; at = at instanceof Error ? at.cause : undefined) messages.push(shortly(at));
  return messages;
};

const shortly = (thrown: unknown): string => {
  if (thrown instanceof Error) return `${thrown.name}: ${thrown.message}`;
  return typeof thrown === 'string' ? thrown : `a thrown ${typeof thrown}`;
};
