type Use = { readonly reportedFromMs: number; untilMs: number };

/**
 * Who uses what: certificates, web ACLs, distributions and connection groups, by ARN or id. A use that has ended is still reported for a
 * while, as `InUseBy` and WAFAssociatedItemException are.
 */
export class Uses {
  readonly #users = new Map<string, Map<string, Use>>();
  readonly #held = new Map<string, number>();

  /** Begins a use; it is reported from `reportedFromMs`. */
  hold(resource: string, user: string, reportedFromMs: number): void {
    const users = this.#users.get(resource) ?? new Map<string, Use>();
    this.#users.set(resource, users);
    const known = users.get(user);
    if (known?.untilMs === Infinity) return;
    users.set(user, { reportedFromMs: known?.reportedFromMs ?? reportedFromMs, untilMs: Infinity });
    this.#held.set(resource, this.held(resource) + 1);
  }

  /** Ends a use; it is still reported for `lingerMs`. */
  release(resource: string, user: string, nowMs: number, lingerMs: number): void {
    const users = this.#users.get(resource);
    const use = users?.get(user);
    if (users === undefined || use?.untilMs !== Infinity) return;
    if (lingerMs > 0) use.untilMs = nowMs + lingerMs;
    else users.delete(user);
    this.#held.set(resource, this.held(resource) - 1);
  }

  /** How many use it in truth. */
  held(resource: string): number {
    return this.#held.get(resource) ?? 0;
  }

  holds(resource: string, user: string): boolean {
    return this.#users.get(resource)?.get(user)?.untilMs === Infinity;
  }

  /** Those that use it and those that did, as AWS reports them. */
  reported(resource: string, nowMs: number): readonly string[] {
    const users = this.#users.get(resource);
    if (users === undefined) return [];
    const reported: string[] = [];
    for (const [user, use] of users) {
      if (use.untilMs <= nowMs) users.delete(user);
      else if (use.reportedFromMs <= nowMs) reported.push(user);
    }
    return reported;
  }

  /** Whether AWS refuses to delete it: it is used in truth, or still reported to be. */
  isUsed(resource: string, nowMs: number): boolean {
    return this.held(resource) > 0 || this.reported(resource, nowMs).length > 0;
  }
}
