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
   * Takes a seat at once; what it returns gives it back, and leaves the tenant on the way it was on before. `known`: the names of those who
   * hold one as far as AWS told.
   * @throws Failure conflict where it is full or closed
   */
  readonly take: (seat: Seat, tenant: string, known: readonly string[]) => () => void;
  /** The tenant was looked at, whether it is there or not: what is known of it says where it sits, unless AWS may have shown an old picture. */
  readonly seen: (tenant: string) => void;
  /** AWS refused the tenant's write, or deleted it: it is on its way to nowhere. */
  readonly settled: (tenant: string) => void;
  /** Those who hold a seat or are on their way to one, `tenant` aside. */
  readonly others: (arn: string, tenant: string, known: readonly string[]) => number;
  /** Others than tenants have so many associations with it (distributions). */
  readonly reserve: (arn: string, foreign: number) => void;
  /** Nobody else may sit down: it is to be deleted. */
  readonly close: (arn: string) => void;
  readonly reopen: (arn: string) => void;
  readonly isClosed: (arn: string) => boolean;
  /** AWS said that it is full, whatever we counted, when so many tenants were known to sit there. */
  readonly refused: (arn: string, sitting: number) => void;
  /** Whether that still counts with so many: once somebody has left, there is a seat. */
  readonly isRefused: (arn: string, sitting: number) => boolean;
};

/** How long AWS's word that an ACL is full is believed: somebody may have left, or had the quota raised. */
const refusedForMs = 60 * 60_000;

/** For so long AWS may answer a read with what was before our write. */
const oldPictureMs = 2 * 60_000;

/** How long a tenant counts that nobody saw arrive: a write commits within minutes or never, and its TenantDomain may be gone. */
const onTheWayForMs = 60 * 60_000;

const full = (arn: string): Failure =>
  new Failure({ kind: 'conflict', reason: 'WebACLFull', code: 'NoSeat', message: `take a seat at web ACL ${arn}: it has none left` });

/** Where a tenant is going, and since when. */
type Way = { readonly to: string; readonly sinceMs: number };

/** Seats that nobody has taken, as a process starts with. */
export const createSeats = (now: () => Date): Seats => {
  const wayOf = new Map<string, Way>();
  // By web ACL, so that counting does not look at the whole fleet.
  const comingTo = new Map<string, Map<string, number>>();
  const foreign = new Map<string, number>();
  const closed = new Set<string>();
  const refusals = new Map<string, { readonly atMs: number; readonly sitting: number }>();

  /** From now on the tenant is on this way and no other. */
  const send = (tenant: string, way: Way | undefined): void => {
    comingTo.get(wayOf.get(tenant)?.to ?? '')?.delete(tenant);
    if (way === undefined) {
      wayOf.delete(tenant);
      return;
    }
    wayOf.set(tenant, way);
    comingTo.set(way.to, (comingTo.get(way.to) ?? new Map<string, number>()).set(tenant, way.sinceMs));
  };

  const others = (arn: string, tenant: string, known: readonly string[]): number => {
    let count = (foreign.get(arn) ?? 0) + known.length - Number(known.includes(tenant));
    for (const [name, sinceMs] of comingTo.get(arn) ?? []) {
      if (now().getTime() - sinceMs >= onTheWayForMs) send(name, undefined);
      else if (name !== tenant && !known.includes(name)) count++;
    }
    return count;
  };

  return {
    others,
    take: ({ arn, capacity }, tenant, known) => {
      if (known.includes(tenant)) return () => undefined;
      if (closed.has(arn) || others(arn, tenant, known) >= capacity) throw full(arn);
      const before = wayOf.get(tenant);
      send(tenant, { to: arn, sinceMs: now().getTime() });
      return () => send(tenant, before);
    },
    seen: (tenant) => {
      const way = wayOf.get(tenant);
      if (way !== undefined && now().getTime() - way.sinceMs >= oldPictureMs) send(tenant, undefined);
    },
    settled: (tenant) => send(tenant, undefined),
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
    refused: (arn, sitting) => {
      refusals.set(arn, { atMs: now().getTime(), sitting });
    },
    isRefused: (arn, sitting) => {
      const refusal = refusals.get(arn);
      return refusal !== undefined && sitting >= refusal.sitting && now().getTime() - refusal.atMs < refusedForMs;
    },
  };
};
