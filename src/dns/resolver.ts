import { Resolver } from 'node:dns/promises';
import type { Dns, DnsAnswer, RecordType } from '../../reconcilers/ports/dns.ts';
import type { Clock } from '../runtime/clock.ts';
import { answerFrom, foldedName, isAskable, noAnswerWithin, notAskable } from './answer.ts';
import { shareAnswers } from './shared-answers.ts';

/**
 * - `servers`: `address:port` of the resolvers to ask, in this order; without it those of the machine, as they are at each question.
 * - `timeoutMs`: all the time that one question has, retries, TCP and further servers included.
 * - `tries`: how often, within that time, a silent server is asked: 1 or more.
 */
export type ResolverOptions = { readonly servers?: readonly string[]; readonly timeoutMs: number; readonly tries: number; readonly clock: Clock };

/**
 * Public DNS through the resolvers of this machine or those given: see the port for what an answer means. A truncated answer is asked for
 * again over TCP. Equal questions share one query, and its answer for 5 s. Needs a socket per query under way.
 */
export const createResolver = (options: ResolverOptions): Dns => shareAnswers({ lookUp: (question, signal) => ask(question, options, signal) }, options.clock);

const ask = async ({ name, type }: Parameters<Dns['lookUp']>[0], options: ResolverOptions, signal: AbortSignal): Promise<DnsAnswer> => {
  signal.throwIfAborted();
  const asked = foldedName(name);
  if (!isAskable(asked)) return notAskable;
  const resolver = resolverFrom(options);
  const cancel = (): void => {
    resolver.cancel();
  };
  const disarm = options.clock.after(options.timeoutMs, cancel);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return answerFrom(await valuesOf[type](resolver, asked));
  } catch (error) {
    signal.throwIfAborted();
    return answerFromError(error, options.timeoutMs);
  } finally {
    disarm();
    signal.removeEventListener('abort', cancel);
  }
};

/**
 * A resolver for one question. A shared one learns from fast answers out of a cache to give the next, perhaps slow, name no more than
 * 250 ms (c-ares, ares_metrics.c), can cancel nothing but everything, and keeps to the list of servers that it once read.
 */
const resolverFrom = ({ servers, timeoutMs, tries }: ResolverOptions): Resolver => {
  // c-ares doubles the time with every try: 1 + 2 + 4 ... of these make up the whole. It takes less than 250 ms for 250 ms.
  const firstTryMs = Math.max(1, Math.floor(timeoutMs / (2 ** tries - 1)));
  const resolver = new Resolver({ timeout: firstTryMs, tries });
  if (servers !== undefined) resolver.setServers(servers);
  return resolver;
};

/** Where a server answers with an alias alone, Node gives an empty list of addresses or texts, without an error. */
const valuesOf: { readonly [Type in RecordType]: (resolver: Resolver, name: string) => Promise<readonly string[]> } = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  CNAME: (resolver, name) => resolver.resolveCname(name),
  NS: (resolver, name) => resolver.resolveNs(name),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map(textFrom),
};

/** Node gives a character per byte. The strings of one record are one text, and may be split inside of a character. */
const textFrom = (strings: readonly string[]): string => Buffer.from(strings.join(''), 'latin1').toString('utf8');

/** @see https://nodejs.org/api/dns.html#error-codes */
const reasons: Readonly<Record<string, string>> = {
  ESERVFAIL: 'SERVFAIL',
  EREFUSED: 'REFUSED',
  ENOTIMP: 'NOTIMP',
  EFORMERR: 'FORMERR',
  EBADRESP: 'malformed answer',
  ECONNREFUSED: 'connection refused',
};

const answerFromError = (error: unknown, timeoutMs: number): DnsAnswer => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string') throw error;
  if (code === 'ENOTFOUND' || code === 'ENODATA') return { is: 'missing' };
  if (code === 'ETIMEOUT' || code === 'ECANCELLED') return noAnswerWithin(timeoutMs);
  return { is: 'failed', reason: reasons[code] ?? code };
};
