import type { Rule } from '@aws-sdk/client-wafv2';
import type { ConnectionGroup, EdgeTier, EdgeTierSpec, ManagedWebACL, WebACLRule } from '../../crds/types.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import type { ConnectionGroupSnapshot, IpSetSnapshot, WebAclSnapshot } from '../environment/aws/snapshots.ts';
import type { Answer } from '../environment/control-plane/client.ts';
import { textAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { lostEndpointOf } from '../environment/lost-endpoint.ts';
import type { Stage } from './stage.ts';

/** The words that the tests of tiers and of what is their own in AWS share. */

/** Rules of a tier, as few as a test needs. */
export const common: WebACLRule = { name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } };
export const home: WebACLRule = { name: 'home', type: 'Country', action: 'Block', countries: ['DE', 'AT'] };

/** A rule about addresses of both families. */
export const office = (...cidrs: readonly string[]): WebACLRule => ({ name: 'office', type: 'IPSet', action: 'Allow', ipSet: { cidrs } });

/** A connection group of a tier's own. */
export const group = (name: string, ipv6 = true): ConnectionGroup => ({ name, type: 'Managed', managed: { ipv6 } });

/** A tier with web ACLs of its own for tenants of the platform's zone, with one rule for two tenants each unless told. */
export const managedTier = (stage: Stage, name: string, managed: Partial<ManagedWebACL> = {}, spec: Partial<EdgeTierSpec> = {}): Promise<void> => {
  const webACL = { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common], ...managed } } as const;
  return stage.tier(name, { distributionId: stage.distributions.platform, certificate: { issuer: 'Distribution' }, webACL, ...spec });
};

/** What is a tier's own in AWS, by its mark; web ACLs and groups by name. */
export type Belongings = { readonly webAcls: readonly WebAclSnapshot[]; readonly ipSets: readonly IpSetSnapshot[]; readonly groups: readonly ConnectionGroupSnapshot[] };

/** What this tier has of its own in AWS now. */
export const belongingsOf = ({ world }: Stage, tier: string): Belongings => {
  const { inspect } = world.simulator;
  const ofTier = <Thing extends { readonly name: string; readonly tags: Readonly<Record<string, string>> }>(things: readonly Thing[]): readonly Thing[] =>
    things.filter(({ tags }) => tags[tagKeys.owner] === `/${tier}`).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { webAcls: ofTier(inspect.webAcls()), ipSets: ofTier(inspect.ipSets()), groups: ofTier(inspect.connectionGroups()) };
};

/** That nothing is left of a tier. */
export const nothing: Belongings = { webAcls: [], ipSets: [], groups: [] };

/** The names of a web ACL's rules in their order, joined. */
export const namesOf = (rules: readonly Rule[]): string => rules.toSorted((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0)).map(({ Name: name }) => name).join(' ');

/** The rules of each web ACL of a tier, by name and joined. */
export const rulesOf = (stage: Stage, tier: string): readonly string[] => belongingsOf(stage, tier).webAcls.map(({ rules }) => namesOf(rules));

/** The web ACL that a name is served with now, if any. */
export const webAclServing = ({ world }: Stage, name: string): WebAclSnapshot | undefined => {
  const answer = world.simulator.serves(name);
  return answer.served ? world.simulator.inspect.webAcls().find(({ arn }) => arn === answer.webAclArn) : undefined;
};

/** What is waited for, in words, and for how long at most. */
export type Expected = { readonly what: string; readonly withinMs?: number };

/** Waits until this holds of the tier; where it does not, the error says how that stands. */
export const untilTier = async (stage: Stage, name: string, { what, withinMs = 90_000 }: Expected, holds: (tier: EdgeTier) => boolean): Promise<void> => {
  const get = (): EdgeTier | undefined => stage.witness.tiers.get(name);
  const ask = async (): Promise<true | undefined> => {
    const tier = get();
    return tier !== undefined && holds(tier) ? true : undefined;
  };
  await waitFor(`tier ${name}: ${what}`, withinMs, ask).catch((cause: unknown) => {
    const conditions = get()?.status?.conditions?.map(({ type, status, reason, message }) => `${type}=${status}/${reason} (${message})`).join(' ') ?? 'there is no such object';
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}: ${conditions}`, { cause });
  });
};

/** Whether it is Ready for what its spec says now, and no change of its rules is under way. */
export const isInForce = ({ metadata, status }: EdgeTier): boolean => {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && ready.observedGeneration === metadata.generation && status?.rollout === undefined;
};

/** Waits until all that the tier's spec says now is so. */
export const inForce = (stage: Stage, name: string, withinMs = 90_000): Promise<void> => untilTier(stage, name, { what: 'in force', withinMs }, isInForce);

const deletionOf = ({ world }: Stage, name: string): Promise<Answer> => world.controlPlane.admin.request('DELETE', `/apis/tenantedge.dev/v1alpha1/edgetiers/${name}`);

/** Deletes an EdgeTier that no tenant uses. */
export const deleteTier = async (stage: Stage, name: string): Promise<void> => {
  const { status, body } = await deletionOf(stage, name);
  if (status >= 300) throw new Error(`delete tier ${name}: ${String(status)}: ${textAt(body, 'message') ?? 'no message'}`);
};

/** Deletes an EdgeTier that tenants use, which then waits for the last of them, in a cluster without the policy that refuses it. Resolves with that policy's words. */
export const deleteUsedTier = async (stage: Stage, name: string): Promise<string> => {
  const refused = await deletionOf(stage, name);
  await stage.world.controlPlane.admin.request('DELETE', '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/tenant-edge-tier-in-use');
  // The API server learns of it by a watch.
  await waitFor(`tier ${name} to be deleted`, 60_000, async () => ((await deletionOf(stage, name)).status < 300 ? true : undefined));
  return textAt(refused.body, 'message') ?? '';
};

/** Waits until the EdgeTier is no more. */
export const tierGone = async ({ witness }: Stage, name: string, withinMs: number): Promise<void> => {
  await waitFor(`tier ${name} to be gone`, withinMs, async () => (witness.tiers.get(name) === undefined ? true : undefined));
};

/** What a watch has found so far, and how it is ended. */
export type Watch = { readonly gaps: readonly string[]; readonly end: () => void };

/** Of what a watch complains besides: with `own`, of names that are served without rules of a tier's own. */
export type Watched = { readonly rules: 'own' | 'any' };

/** Complains of each change in AWS after which one of these names is not served any more, or its DNS leads to a connection group that serves nothing. */
export const watchOver = (stage: Stage, names: readonly string[], { rules }: Watched = { rules: 'own' }): Watch => {
  const gaps: string[] = [];
  const served = new Set<string>();
  const look = (when: string): void => {
    for (const name of names) {
      const isServed = stage.isServed(name);
      if (!isServed && served.has(name)) gaps.push(`${when}: ${name} is not served any more`);
      if (!isServed) continue;
      served.add(name);
      const acl = webAclServing(stage, name);
      const isProtected = acl?.tags[tagKeys.owner]?.startsWith('/') === true && acl.rules.length > 0;
      if (rules === 'own' && !isProtected) gaps.push(`${when}: ${name} is served without its tier's rules: ${acl?.name ?? 'no web ACL'}`);
      const lost = lostEndpointOf(name, stage.world);
      if (lost !== undefined) gaps.push(`${when}: ${name}: ${lost}`);
    }
  };
  const forget = stage.world.simulator.onMutation(({ operation }) => look(operation));
  return {
    gaps,
    end: () => {
      look('in the end');
      forget();
    },
  };
};
