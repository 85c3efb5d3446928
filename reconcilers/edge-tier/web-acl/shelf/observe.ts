import { type Marks, type Owner, owns } from '../../../aws/mark.ts';
import { Failure } from '../../../failure.ts';
import type { Freshness, Listing, WafSummary } from '../../../ports/fleet.ts';
import type { Replaced } from '../replaced.ts';

/** What is there under a name of a tier's: its own with its content, or somebody else's. */
export type Found<Content> = { readonly is: 'ours'; readonly summary: WafSummary; readonly content: Content } | { readonly is: 'strange'; readonly arn: string };

/** What Get answers: undefined where there is nothing. */
type Read<Content> = (summary: WafSummary, signal: AbortSignal) => Promise<{ readonly lockToken: string | undefined; readonly content: Content } | undefined>;

type Parts<Content> = { readonly listing: Listing<WafSummary>; readonly marks: Marks; readonly replaced: Replaced; readonly read: Read<Content> };

/** Whose, and under which names: they tell whose something is, its mark proves it. */
type Wanted = { readonly owner: Owner; readonly isNamed: (name: string) => boolean };

/**
 * One kind of thing that tiers have in WAF. What was read is kept with its lock token, which marks the state that it was read in: where a
 * list, however fresh, shows the same token, nothing has changed, so that a look at AWS itself costs one list and not one Get for each.
 * A token that we have replaced ourselves tells an old picture: what it shows is not believed, be it a list's or a Get's.
 * What a list does not show any more is asked for by itself before it counts as gone (R9): its tenants would be sent elsewhere.
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACLSummary.html (LockToken)
 */
export const shelfOf = <Content>({ listing, marks, replaced, read }: Parts<Content>): ((wanted: Wanted, fresh: Freshness) => Promise<readonly Found<Content>[]>) => {
  /** What is ours, by name, as it was seen last. */
  const met = new Map<string, { readonly summary: WafSummary; readonly content: Content }>();

  const reread = async (summary: WafSummary, signal: AbortSignal): Promise<Found<Content> | undefined> => {
    const answer = await read(summary, signal);
    if (answer === undefined) {
      met.delete(summary.name);
      listing.drop(summary.name);
      return undefined;
    }
    const { lockToken = summary.lockToken, content } = answer;
    if (replaced.has(lockToken)) throw new Failure({ kind: 'transient', reason: 'Pending', code: 'OldState', message: `read ${summary.name}: AWS shows the state before our last update` });
    const seen = { summary: { ...summary, lockToken }, content };
    met.set(summary.name, seen);
    listing.put(seen.summary);
    return { is: 'ours', ...seen };
  };

  const lookAt = async (summary: WafSummary, owner: Owner, signal: AbortSignal): Promise<Found<Content> | undefined> => {
    const { name, arn, lockToken } = summary;
    if (!owns(owner, await marks.of(arn, signal))) return { is: 'strange', arn };
    const before = met.get(name);
    const isCurrent = before?.summary.arn === arn && !replaced.has(before.summary.lockToken) && (before.summary.lockToken === lockToken || replaced.has(lockToken));
    return isCurrent ? { is: 'ours', ...before } : reread(summary, signal);
  };

  return async ({ owner, isNamed }, fresh) => {
    const listed = (await listing.all(fresh)).filter(({ name }) => isNamed(name));
    const unlisted = [...met.values()].map(({ summary }) => summary).filter(({ name }) => isNamed(name) && !listed.some((one) => one.name === name));
    const found = await Promise.all([...listed.map((summary) => lookAt(summary, owner, fresh.signal)), ...unlisted.map((summary) => reread(summary, fresh.signal))]);
    return found.filter((one) => one !== undefined);
  };
};
