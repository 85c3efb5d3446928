import { Failure } from './failure.ts';

/*
 * Who sits where: a web ACL holds so many tenants and no more. AWS counts late and refuses late, so that a seat is taken here, in the same
 * breath in which the tenant's write begins. Looking first and writing later put 128 tenants on an ACL of 100.
 *
 *   take ── known to sit here already ───────────────────> sent
 *     ├──── known + on their way < seats, and open ──────> on its way ── answered ──> known (the fleet has the answer)
 *     │                                                        └──────── no answer ─> on its way, until the tenant is seen again
 *     └──── else ────────────────────────────────────────> conflict: the next pass chooses again
 */

/** What a tenant's write takes: one of `capacity` seats at a web ACL of a tier. */
export type Seat = { readonly arn: string; readonly capacity: number };

/** The seats at the web ACLs of all tiers, as one process knows them. Nothing here is needed for correctness beyond AWS's own quota. */
export type Seats = {
  /**
   * Takes a seat at once. `known`: the names of those who hold one as far as AWS told.
   * @throws Failure conflict where it is full or closed
   */
  readonly take: (seat: Seat, tenant: string, known: readonly string[]) => void;
  /** The tenant was seen, or AWS answered its write or refused it: what is known of it says where it sits. */
  readonly settled: (tenant: string) => void;
  /** Those who hold a seat or are on their way to one, `tenant` aside. */
  readonly others: (arn: string, tenant: string, known: readonly string[]) => number;
  /** Others than tenants have so many associations with it (distributions). */
  readonly reserve: (arn: string, foreign: number) => void;
  /** Nobody else may sit down: it is to be deleted. */
  readonly close: (arn: string) => void;
  readonly reopen: (arn: string) => void;
  readonly isClosed: (arn: string) => boolean;
  /** AWS said that it is full, whatever we counted. */
  readonly refused: (arn: string) => void;
  readonly isRefused: (arn: string) => boolean;
};

/** How long AWS's word that an ACL is full is believed: somebody may have left, or had the quota raised. */
const refusedForMs = 60 * 60_000;

/** How long a tenant counts that nobody saw arrive: a write commits within minutes or never, and its TenantDomain may be gone. */
const onTheWayForMs = 60 * 60_000;

const full = (arn: string): Failure =>
  new Failure({ kind: 'conflict', reason: 'WebACLFull', code: 'NoSeat', message: `take a seat at web ACL ${arn}: it has none left` });

/** Seats that nobody has taken, as a process starts with. */
export const createSeats = (now: () => Date): Seats => {
  const onTheirWay = new Map<string, { readonly to: string; readonly sinceMs: number }>();
  const foreign = new Map<string, number>();
  const closed = new Set<string>();
  const refusedAtMs = new Map<string, number>();

  const isComing = ({ sinceMs }: { readonly sinceMs: number }): boolean => now().getTime() - sinceMs < onTheWayForMs;

  const others = (arn: string, tenant: string, known: readonly string[]): number => {
    let count = (foreign.get(arn) ?? 0) + known.length - Number(known.includes(tenant));
    for (const [name, way] of onTheirWay) if (way.to === arn && name !== tenant && isComing(way) && !known.includes(name)) count++;
    return count;
  };

  return {
    others,
    take: ({ arn, capacity }, tenant, known) => {
      if (known.includes(tenant)) return;
      if (closed.has(arn) || others(arn, tenant, known) >= capacity) throw full(arn);
      onTheirWay.set(tenant, { to: arn, sinceMs: now().getTime() });
    },
    settled: (tenant) => {
      onTheirWay.delete(tenant);
    },
    reserve: (arn, count) => {
      foreign.set(arn, count);
    },
    close: (arn) => {
      closed.add(arn);
    },
    reopen: (arn) => {
      closed.delete(arn);
    },
    isClosed: (arn) => closed.has(arn),
    refused: (arn) => {
      refusedAtMs.set(arn, now().getTime());
    },
    isRefused: (arn) => now().getTime() - (refusedAtMs.get(arn) ?? Number.NEGATIVE_INFINITY) < refusedForMs,
  };
};
