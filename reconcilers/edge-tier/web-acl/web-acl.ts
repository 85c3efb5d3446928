import type { WebACL as WafWebAcl } from '@aws-sdk/client-wafv2';
import type { RolloutStatus, WebACL, WebACLStatus } from '../../../crds/types.ts';
import type { Action, Refusal } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import { tierPartOf, tierResourceNameOf } from '../../names.ts';
import type { WafSummary } from '../../ports/fleet.ts';
import type { Form } from './form.ts';
import type { IpFamily } from './rules.ts';

/*
 * The web ACLs of a tier. Inherit, Existing and Disabled are only judged. Managed: as many of the tier's own as its tenants need, all
 * with the same rules; their IP sets are shared by all of them.
 *
 *             IP sets are there, AWS takes the rules             fewer are needed              nobody has it
 *   number n ────────────────────────────────────────> open n ────────────────────> retiring ───────────────> deleted
 *                                                        ^                              │
 *                                                        └──────── needed again ────────┘
 *
 * A change of the rules reaches one web ACL after the other, in the order of their numbers, with a pause between:
 *
 *             rollout.observe                     all have them, pause
 *   old rules ───────────────> old rules + copies ────────────────────> new rules
 *       │                      that only count                             ^
 *       └──────────────────────────────────────────────────────────────────┘
 */

export const concern = 'WebACLReady';

/** What is asked for. `rollout` and `published` come from the status: hints, of which only the length of a pause depends (R11). */
export type WebAclSpec = {
  readonly webAcl: WebACL;
  /** Those that want a seat at one of the tier's web ACLs, placed or not, and strangers that have one. */
  readonly tenants: number;
  readonly rollout: RolloutStatus | undefined;
  readonly published: readonly WebACLStatus[] | undefined;
};

/**
 * One web ACL of the tier. `current` is what AWS gave: an update sends back what the form does not speak of. `tenants`: names of those
 * that have it, as listed. `leaving`: of those that had it, whom CloudFront is still deploying without it. `foreign`: distributions that
 * have it. `isFull`: CloudFront said so. `isUsed` is asked of AWS only in a live look, and only where the list shows no tenant.
 * `refusedAt`: when a deletion was refused since it was in use.
 */
export type Acl = WafSummary & {
  readonly number: number;
  readonly form: Form;
  readonly current: WafWebAcl;
  readonly wcu: number | undefined;
  readonly tenants: readonly string[];
  readonly leaving: readonly string[];
  readonly foreign: number;
  readonly isFull: boolean;
  readonly isUsed: boolean | undefined;
  readonly refusedAt: Date | undefined;
};

/** Which rule's addresses an IP set holds: those of one family. */
export type IpSetPart = { readonly rule: string; readonly family: IpFamily };

/** One IP set of the tier; addresses in their shortest form, sorted. */
export type IpSet = WafSummary & IpSetPart & { readonly addresses: readonly string[]; readonly refusedAt: Date | undefined };

/**
 * What is there of the tier's own, web ACLs sorted by number. `strange`: ARNs under our names without our mark. `capacities`: the WCU of
 * forms that no web ACL has yet, by hash, or why AWS does not say. `refusals`: our actions that failed lately.
 */
export type Ours = {
  readonly acls: readonly Acl[];
  readonly ipSets: readonly IpSet[];
  readonly strange: readonly string[];
  readonly capacities: Readonly<Record<string, Seen<number>>>;
  readonly refusals: readonly Refusal[];
};

/** `existing`: whether the web ACL that the tier names exists; true where it names none. */
export type WebAclObserved = { readonly existing: Seen<boolean>; readonly ours: Seen<Ours> };

type Known = WafSummary;
export type CreateWebAcl = Action & { readonly verb: 'CreateWebACL'; readonly number: number; readonly form: Form };
export type UpdateWebAcl = Action & Known & { readonly verb: 'UpdateWebACL'; readonly form: Form; readonly current: WafWebAcl };
export type DeleteWebAcl = Action & Known & { readonly verb: 'DeleteWebACL' };
export type CreateIpSet = Action & IpSetPart & { readonly verb: 'CreateIPSet'; readonly addresses: readonly string[] };
export type UpdateIpSet = Action & Known & { readonly verb: 'UpdateIPSet'; readonly addresses: readonly string[] };
export type DeleteIpSet = Action & Known & { readonly verb: 'DeleteIPSet' };
export type WebAclAction = CreateWebAcl | UpdateWebAcl | DeleteWebAcl | CreateIpSet | UpdateIpSet | DeleteIpSet;

/** Whose they are, as far as names go. */
type Named = { readonly installation: string; readonly name: string };

const tierOf = ({ installation, name }: Named) => ({ installation, tier: name });

/** The name of a tier's web ACL number n (R1). */
export const webAclNameOf = (owner: Named, number: number): string => tierResourceNameOf(tierOf(owner), 'web-acl', String(number));

const suffixes = { IPV4: '-v4', IPV6: '-v6' } as const satisfies Record<IpFamily, string>;

/** The name of the IP set with a rule's addresses of one family (R1). */
export const ipSetNameOf = (owner: Named, { rule, family }: IpSetPart): string => tierResourceNameOf(tierOf(owner), 'ip-set', `${rule}${suffixes[family]}`);

/** The number of the tier's web ACL by this name, undefined where it is none. */
export const webAclNumberOf = (owner: Named, name: string): number | undefined => {
  const part = tierPartOf(tierOf(owner), 'web-acl', name) ?? '';
  return /^[1-9]\d{0,3}$/.test(part) ? Number(part) : undefined;
};

/** What the tier's IP set by this name holds, undefined where it is none. */
export const ipSetPartOf = (owner: Named, name: string): IpSetPart | undefined => {
  const part = tierPartOf(tierOf(owner), 'ip-set', name) ?? '';
  const [, rule, version] = /^(.+)-v([46])$/.exec(part) ?? [];
  return rule === undefined ? undefined : { rule, family: version === '4' ? 'IPV4' : 'IPV6' };
};

/** What identifies a web ACL or an IP set in AWS, and which state of it was seen. */
export const summaryOf = ({ name, id, arn, lockToken }: WafSummary): WafSummary => ({ name, id, arn, lockToken });
