import { createOwners } from './owners.ts';
import type { ZoneRecord, ZoneType, ZoneValue } from './records.ts';
import { contentFrom, ownerFrom } from './records.ts';

/**
 * What a name does instead of answering: `truncate` says "too long" over UDP and answers over TCP, `no-tcp` says so and is then silent
 * over TCP (a firewall that knows DNS as UDP only).
 */
export const misbehaviours = ['nxdomain', 'servfail', 'refused', 'silence', 'truncate', 'no-tcp'] as const;
export type Misbehaviour = (typeof misbehaviours)[number];

/** An answer that is the same over UDP and TCP. */
export type PlainAnswer =
  | { readonly is: 'records'; readonly records: readonly ZoneRecord[] }
  | { readonly is: 'missing'; readonly rcode: 'NXDOMAIN' | 'NOERROR' }
  | { readonly is: 'servfail' | 'refused' | 'silence' };

/** What is to be sent for one question; `overTcp` is what the same question gets when it comes again over TCP. */
export type ZoneAnswer = PlainAnswer | { readonly is: 'truncate'; readonly overTcp: PlainAnswer };

/** Type names in upper case; those that a zone cannot hold (`MX`, `ANY`) exist nowhere. */
export type ZoneQuestion = { readonly name: string; readonly type: string };

/**
 * All of public DNS, to be edited while it is being asked: what is not defined does not exist. Names are compared without regard to
 * case and trailing dot. `*.x` answers for every name below `x` that does not exist, nor leads to one that does (RFC 4592).
 */
export type Zones = {
  /**
   * Replaces the records of that name and type; no values remove them.
   * @throws on a value that is none of its type, and on a CNAME beside anything else, as every DNS panel does.
   */
  readonly set: (name: string, type: ZoneType, values: readonly ZoneValue[]) => void;
  /** Removes the records of that name, all types unless one is given. */
  readonly remove: (name: string, type?: ZoneType) => void;
  /** From now on the name, exactly as asked for or reached by an alias, answers like this; undefined makes it well again. */
  readonly misbehave: (name: string, how: Misbehaviour | undefined) => void;
  readonly answer: (question: ZoneQuestion) => ZoneAnswer;
};

/** What resolvers commonly follow before they give up on a chain of aliases. */
const maxAliases = 8;

/** Zones with nothing in them. */
export const createZones = (): Zones => {
  const owners = createOwners();
  const sick = new Map<string, Misbehaviour>();
  const answerAt = answererOf(owners, sick);
  return {
    set: (name, type, values) => {
      owners.set(ownerFrom(name), type, values.map((value) => contentFrom(type, value)));
    },
    remove: (name, type) => {
      owners.remove(ownerFrom(name), type);
    },
    misbehave: (name, how) => {
      if (how === undefined) sick.delete(ownerFrom(name));
      else sick.set(ownerFrom(name), how);
    },
    answer: ({ name, type }) => answerAt(name.toLowerCase().replace(/\.$/, ''), type, 0),
  };
};

/** What a folded name says to a question of a type, after so many aliases. */
type Answerer = (name: string, type: string, aliases: number) => ZoneAnswer;

const answererOf = (owners: ReturnType<typeof createOwners>, sick: ReadonlyMap<string, Misbehaviour>): Answerer => {
  const healthyAnswer: Answerer = (name, type, aliases) => {
    const owner = owners.find(name);
    if (owner === undefined) return { is: 'missing', rcode: 'NXDOMAIN' };
    const exact = owner.get(type);
    if (exact !== undefined) return { is: 'records', records: exact.map((content) => ({ ...content, name })) };
    const [alias] = owner.get('CNAME') ?? [];
    if (alias?.type !== 'CNAME') return { is: 'missing', rcode: 'NOERROR' };
    if (aliases === maxAliases) return { is: 'records', records: [] };
    return after({ ...alias, name }, answerAt(ownerFrom(alias.target), type, aliases + 1));
  };

  const answerAt: Answerer = (name, type, aliases) => {
    const how = sick.get(name);
    switch (how) {
      case 'nxdomain':
        return { is: 'missing', rcode: 'NXDOMAIN' };
      case 'servfail':
      case 'refused':
      case 'silence':
        return { is: how };
      case 'no-tcp':
        return { is: 'truncate', overTcp: { is: 'silence' } };
      case 'truncate': {
        const answer = healthyAnswer(name, type, aliases);
        return answer.is === 'truncate' ? answer : { is: 'truncate', overTcp: answer };
      }
      case undefined:
        return healthyAnswer(name, type, aliases);
    }
  };

  return answerAt;
};

/**
 * The answer of an alias: itself, then what its target says. A target that does not exist is in a zone that this server is no authority
 * of, so it leaves the alias alone; one that fails makes the whole fail, as it would through a resolver.
 */
const after = (alias: ZoneRecord, rest: ZoneAnswer): ZoneAnswer =>
  rest.is === 'truncate' ? { is: 'truncate', overTcp: plainAfter(alias, rest.overTcp) } : plainAfter(alias, rest);

const plainAfter = (alias: ZoneRecord, rest: PlainAnswer): PlainAnswer => {
  if (rest.is === 'records') return { is: 'records', records: [alias, ...rest.records] };
  return rest.is === 'missing' ? { is: 'records', records: [alias] } : rest;
};
