import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import { tagKeys } from '../../../reconcilers/aws/mark.ts';
import type { World } from './world.ts';

/** A name as a viewer may ask for it: any label stands for a wildcard. */
export const askable = (name: string): string => name.replace(/^\*\./, 'any.');

/** The tiers whose web ACLs are their own, with the names of the rules that those are to have. */
const managedTiers = ({ cluster }: World): ReadonlyMap<string, readonly string[]> =>
  new Map((cluster.list('edgetiers') as readonly EdgeTier[]).flatMap(({ metadata, spec }) => (spec.webACL.type === 'Managed' ? [[metadata.name, (spec.webACL.managed?.rules ?? []).map(({ name }) => name)] as const] : [])));

/**
 * Watches that no tenant is ever without its tier's rules: from the moment a name was first served with a web ACL of a tier's own, it is to
 * be served with one, and that one is to have rules, for as long as its TenantDomain is on such a tier and chooses no web ACL itself.
 */
export class RulesGuard {
  readonly #world: World;
  readonly #guarded = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** What is wrong now, in words; one line a name. */
  look(): readonly string[] {
    const { cluster, simulator } = this.#world;
    const tiers = managedTiers(this.#world);
    const acls = new Map(simulator.inspect.webAcls().map((acl) => [acl.arn, acl] as const));
    const wrongs: string[] = [];
    for (const { spec } of cluster.list('tenantdomains') as readonly TenantDomain[]) {
      const rules = spec.webACL === undefined ? tiers.get(spec.tierRef.name) : undefined;
      for (const name of spec.domains) {
        const answer = simulator.serves(askable(name));
        const acl = answer.served && answer.webAclArn !== undefined ? acls.get(answer.webAclArn) : undefined;
        const isGuarded = acl !== undefined && acl.tags[tagKeys.owner]?.startsWith('/') === true && (acl.rules.length > 0 || rules?.length === 0);
        if (rules === undefined) this.#guarded.delete(name);
        else if (isGuarded) this.#guarded.add(name);
        else if (answer.served && this.#guarded.has(name)) wrongs.push(`"${name}" is served without the rules of tier ${spec.tierRef.name}: ${answer.webAclArn ?? 'no web ACL'}`);
      }
    }
    return wrongs;
  }
}
