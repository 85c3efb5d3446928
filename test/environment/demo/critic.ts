import { tagKeys } from '../../../reconcilers/aws/mark.ts';
import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import type { Simulator } from '../aws/contract.ts';
import type { Act, Change } from './acts.ts';
import { cast, conditionOf, keyOf, type Role } from './cast.ts';

/** AWS as it is: the truth that every status is measured against. */
export type Truth = Pick<Simulator, 'serves' | 'inspect'>;

/** What there is to judge. */
export type Sight = { readonly tenants: readonly TenantDomain[]; readonly tiers: readonly EdgeTier[] };

/** The tier that a web ACL belongs to; undefined where it is none's own. */
export const guardOf = ({ inspect }: Pick<Truth, 'inspect'>, arn: string | undefined): string | undefined => {
  const owner = inspect.webAcls().find((acl) => acl.arn === arn)?.tags[tagKeys.owner];
  return owner?.startsWith('/') === true ? owner.slice(1) : undefined;
};

/** In which ways one name is not served as it is to be. */
const trafficDifferences = ({ end }: Role, { status }: TenantDomain, domain: string, truth: Truth): readonly string[] => {
  const answer = truth.serves(domain);
  if (!end.ready.startsWith('True')) return answer.served ? [`CloudFront serves ${domain}`] : [];
  if (!answer.served) return [`CloudFront does not serve ${domain}: ${answer.why}`];
  const found = status?.domains?.find(({ name }) => name === domain);
  const guard = guardOf(truth, answer.webAclArn);
  return [
    guard === end.guard ? [] : [`${domain} has ${guard === undefined ? 'no web ACL' : `a web ACL`} of tier ${guard ?? 'any'}, not ${end.guard ?? 'none'}`],
    answer.endpoint === status?.endpoint ? [] : [`${domain} is served at ${answer.endpoint}, and the status says ${status?.endpoint ?? 'nothing'}`],
    found?.state === 'Active' && (end.traffic === undefined || found.dns === end.traffic) ? [] : [`${domain} is ${found?.state ?? 'absent'} with DNS ${found?.dns ?? 'Unknown'} in the status, not Active with ${end.traffic ?? 'any'}`],
  ].flat();
};

/** In which ways a tenant is not where it is to end, what tells most first; none when it is. `reasons`: every one that its Ready has had. */
export const differencesOf = (role: Role, tenant: TenantDomain | undefined, reasons: ReadonlySet<string>, truth: Truth): readonly string[] => {
  if (tenant === undefined) return ['it does not exist'];
  const { end } = role;
  const [ready, dns] = [conditionOf(tenant, 'Ready'), conditionOf(tenant, 'DNSConfigured')];
  return [
    ready === end.ready ? [] : [`Ready is ${ready}, not ${end.ready}`],
    end.dns === undefined || dns === end.dns ? [] : [`DNSConfigured is ${dns}, not ${end.dns}`],
    end.via === undefined || reasons.has(end.via) ? [] : [`Ready has never been ${end.via}`],
    tenant.spec.domains.flatMap((domain) => trafficDifferences(role, tenant, domain, truth)),
  ].flat();
};

/** In which ways a change of rules has not arrived; `phases`: those that its rollout was seen in. */
export const differencesOfChange = ({ tier, rule }: Change, tiers: readonly EdgeTier[], phases: ReadonlySet<string>, truth: Truth): readonly string[] => {
  const status = tiers.find(({ metadata }) => metadata.name === tier)?.status;
  const acls = truth.inspect.webAcls().filter(({ arn }) => guardOf(truth, arn) === tier);
  const acting = acls.filter(({ rules }) => rules.some(({ Name: name }) => name === rule));
  return [
    acls.length >= 2 ? [] : [`tier ${tier} has ${acls.length} web ACLs, which is nothing to roll out over`],
    acting.length === acls.length ? [] : [`rule ${rule} acts in ${acting.length} of the ${acls.length} web ACLs of tier ${tier}`],
    status?.rollout === undefined ? [] : [`tier ${tier} is still ${status.rollout.phase}`],
    ['Observing', 'Enforcing'].filter((phase) => !phases.has(phase)).map((phase) => `the rollout of tier ${tier} was never seen ${phase}`),
  ].flat();
};

/** What is to be said of everybody: the keys of the tenants that are where they should be, and the first difference of whatever is not. */
export type Verdict = { readonly done: ReadonlySet<string>; readonly wrong: readonly string[] };

/** Judges the cast by what an act is to bring, at each look. Remembers what it saw on the way since the first. */
export const createCritic = (truth: Truth): ((act: Act, sight: Sight) => Verdict) => {
  const reasonsOf = new Map<string, Set<string>>(cast.map(({ key }) => [key, new Set()]));
  const phases = new Set<string>();
  return ({ roles, change }, { tenants, tiers }) => {
    for (const { metadata, status } of tiers) if (status?.rollout && metadata.name === change?.tier) phases.add(status.rollout.phase);
    const judged = roles.map((role) => {
      const tenant = tenants.find((one) => keyOf(one) === role.key);
      const reasons = reasonsOf.get(role.key) ?? new Set();
      if (tenant) reasons.add(conditionOf(tenant, 'Ready').split('/')[1] ?? '');
      return { key: role.key, differences: differencesOf(role, tenant, reasons, truth) };
    });
    return {
      done: new Set(judged.filter(({ differences }) => differences.length === 0).map(({ key }) => key)),
      wrong: [
        ...judged.flatMap(({ key, differences: [first] }) => (first === undefined ? [] : [`${key}: ${first}`])),
        ...(change === undefined ? [] : differencesOfChange(change, tiers, phases, truth).slice(0, 1)),
      ],
    };
  };
};
