import type { LastAsked } from './certificate.ts';

/** CloudFront's details may come some time after the write that they are about. */
export const takenUpWithinMs = 2 * 60_000;

/**
 * When each tenant last had a request for a certificate go to CloudFront: a cache of one process, which may be lost. CloudFront answers a
 * request that it ignores like one that it takes up, so that only time tells them apart.
 */
export type Askings = {
  /** A write is about to take a request with it, whatever becomes of it: what was told before may be old. */
  readonly trying: (tenant: string) => void;
  readonly triedAt: (tenant: string) => Date | undefined;
  /** A write of this generation of the spec took a request for these names with it. */
  readonly asked: (tenant: string, generation: number, names: readonly string[]) => void;
  /** Another process asked, and nothing came of it: as if that had turned out just now. */
  readonly recall: (tenant: string, generation: number) => void;
  /** The last time for this generation: an older spec's request says nothing of this one's. */
  readonly last: (tenant: string, generation: number) => LastAsked | undefined;
  /** Another source was wished for since, so that what was asked before does not count; what came of it may be told still. */
  readonly forget: (tenant: string) => void;
};

export const createAskings = (now: () => Date): Askings => {
  const tried = new Map<string, Date>();
  const byTenant = new Map<string, LastAsked & { readonly generation: number }>();
  return {
    trying: (tenant) => {
      tried.set(tenant, now());
    },
    triedAt: (tenant) => tried.get(tenant),
    asked: (tenant, generation, names) => {
      byTenant.set(tenant, { at: now(), generation, names: names.toSorted().join(' ') });
    },
    recall: (tenant, generation) => {
      byTenant.set(tenant, { at: new Date(now().getTime() - takenUpWithinMs), generation, names: undefined });
    },
    last: (tenant, generation) => {
      const known = byTenant.get(tenant);
      return known?.generation === generation ? { at: known.at, names: known.names } : undefined;
    },
    forget: (tenant) => {
      byTenant.delete(tenant);
    },
  };
};
