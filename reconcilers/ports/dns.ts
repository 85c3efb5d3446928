/** The record types that are ever asked for. */
export type RecordType = 'CNAME' | 'TXT' | 'A' | 'AAAA' | 'NS';

/**
 * What one question was answered.
 * - `found`: lower-case values without trailing dot, sorted; TXT chunks joined; at most 8 values of at most 320 printable characters
 *   (R15: nothing from outside goes further unbounded or unprintable).
 * - `missing`: the name or the type does not exist (NXDOMAIN or no data).
 * - `failed`: nobody could say (SERVFAIL, REFUSED, silence, truncation without TCP): never "missing", never the customer's fault.
 */
export type DnsAnswer =
  | { readonly is: 'found'; readonly values: readonly string[] }
  | { readonly is: 'missing' }
  | { readonly is: 'failed'; readonly reason: string };

/**
 * Public DNS as this process sees it. Never throws but on abort. One question is one lookup: a CNAME is answered, not followed, so
 * `A` of a name that is a CNAME at an authoritative server is `missing`.
 */
export type Dns = {
  readonly lookUp: (question: { readonly name: string; readonly type: RecordType }, signal: AbortSignal) => Promise<DnsAnswer>;
};
