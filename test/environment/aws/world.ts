import type { Clock } from '../../../src/runtime/clock.ts';
import type { Dns, DnsAnswer, RecordType } from '../../../reconcilers/ports/dns.ts';
import type { Certificate } from './acm/state.ts';
import type { ConnectionGroup, Distribution, DomainHolder, Tenant } from './cloudfront/state.ts';
import type { Rights } from './iam/evaluate.ts';
import type { Knobs } from './knobs.ts';
import { Random, type Range } from './random.ts';
import { Shelf } from './shelf.ts';
import { Timeline } from './timeline.ts';
import { Uses } from './uses.ts';
import type { IpSet, WebAcl } from './wafv2/state.ts';

/** The whole state of one account, shared by its services. */
export type World = {
  readonly accountId: string;
  readonly timeline: Timeline;
  readonly random: Random;
  readonly knobs: Knobs;
  /** Of whoever is being served, for what AWS does in their name; everybody's own deeds have all of them. */
  readonly rights: Rights;
  /** Asks public DNS. */
  readonly lookUp: (name: string, type: RecordType) => Promise<DnsAnswer>;
  readonly uses: Uses;
  readonly tenants: Shelf<Tenant>;
  /** By name; a deleted tenant stays until its name is given away. */
  readonly tenantsByName: Map<string, Tenant>;
  readonly groups: Shelf<ConnectionGroup>;
  readonly groupsByName: Map<string, ConnectionGroup>;
  readonly distributions: Shelf<Distribution>;
  /** Who holds a name, over all accounts and both kinds of resource. */
  readonly domains: Map<string, DomainHolder>;
  /** Which tenants' last deployed configuration carries a name. */
  readonly edge: Map<string, Set<Tenant>>;
  readonly certificates: Shelf<Certificate>;
  /** Certificates whose proof is to be looked up in DNS at the next call. */
  readonly dueChecks: Set<Certificate>;
  /** What an idempotency token with its parameters gave. */
  readonly requestTokens: Map<string, { readonly certificate: Certificate; readonly untilMs: number }>;
  /** When each certificate of the last 365 days was requested. */
  readonly certificateRequests: number[];
  /** Names whose CAA record keeps Amazon from issuing. */
  readonly caaForbidden: Set<string>;
  /** Domains whose owner serves the validation token of a self-hosted managed certificate. */
  readonly servedTokens: Set<string>;
  readonly webAcls: Shelf<WebAcl>;
  readonly ipSets: Shelf<IpSet>;
  /** Versions of managed rule groups that are over: name, space, version. */
  readonly expiredVersions: Set<string>;
};

/** An account with nothing in it, at the clock's time. */
export const createWorld = (options: {
  readonly clock: Clock;
  readonly seed: number;
  readonly dns: Dns;
  readonly accountId: string;
  readonly knobs: Knobs;
}): World => {
  const never = new AbortController().signal;
  return {
    accountId: options.accountId,
    timeline: new Timeline(options.clock.now().getTime()),
    random: new Random(options.seed),
    knobs: options.knobs,
    rights: { refusal: () => undefined },
    lookUp: (name, type) => options.dns.lookUp({ name, type }, never),
    uses: new Uses(),
    tenants: new Shelf(),
    tenantsByName: new Map(),
    groups: new Shelf(),
    groupsByName: new Map(),
    distributions: new Shelf(),
    domains: new Map(),
    edge: new Map(),
    certificates: new Shelf(),
    dueChecks: new Set(),
    requestTokens: new Map(),
    certificateRequests: [],
    caaForbidden: new Set(),
    servedTokens: new Set(),
    webAcls: new Shelf(),
    ipSets: new Shelf(),
    expiredVersions: new Set(),
  };
};

/** How long one more such thing takes. */
export const delay = (world: World, knob: { [Name in keyof Knobs]: Knobs[Name] extends Range ? Name : never }[keyof Knobs]): number =>
  world.random.between(knob, world.knobs[knob]);

/** An opaque version: E and 13 upper-case letters or digits. */
export const newEtag = (world: World): string => `E${world.random.text('etag', '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 13)}`;

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `dt_2yN4tYwVbPKr7m2IB69M1yp1AB3`: a prefix and 27 base-62 characters. */
export const newEntityId = (world: World, prefix: 'dt_' | 'cg_'): string => prefix + world.random.text(prefix, base62, 27);

/** `d111111abcdef8.cloudfront.net`. */
export const newEndpoint = (world: World): string =>
  `d${world.random.text('endpoint', '0123456789abcdefghijklmnopqrstuvwxyz', 13)}.cloudfront.net`;

/** Makes a value and all below it immutable, so that what is stored can be handed out as it is. */
export const frozen = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || value instanceof Date || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
};
