import type { EdgeTier, TenantDomain } from '../../../crds/types.ts';
import { OwedRules } from '../owed-rules.ts';
import type { World } from './world.ts';

/** A name as a viewer may ask for it: any label stands for a wildcard. */
export const askable = (name: string): string => name.replace(/^\*\./, 'any.');

/**
 * Watches that no tenant is ever served without its tier's rules: from the first moment on, with those of the tier's present spec, or of the
 * one that is just being replaced. Rules that somebody else wrote into a web ACL are nobody's fault until somebody changes them again.
 */
export class RulesGuard {
  readonly #world: World;
  readonly #owed = new OwedRules();
  readonly #byHand = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#learn();
    world.cluster.watch(({ plural }) => {
      if (plural !== 'namespaces') this.#learn();
    });
    world.simulator.onMutation(({ caller, operation, subject }) => {
      if (operation !== 'UpdateWebACL') return;
      for (const { arn, name } of world.simulator.inspect.webAcls()) if (name === subject) this.#byHand[caller === 'operator' ? 'add' : 'delete'](arn);
    });
  }

  /** What is wrong now, in words; one line a name. */
  look(): readonly string[] {
    const { cluster, simulator } = this.#world;
    const acls = new Map(simulator.inspect.webAcls().map((acl) => [acl.arn, acl] as const));
    return (cluster.list('tenantdomains') as readonly TenantDomain[]).flatMap(({ spec }) =>
      spec.domains.flatMap((name) => {
        const answer = simulator.serves(askable(name));
        if (!answer.served) return [];
        const acl = acls.get(answer.webAclArn ?? '');
        const isByHand = acl !== undefined && this.#byHand.has(acl.arn);
        return isByHand ? [] : (this.#owed.complaint(name, acl) ?? []);
      }),
    );
  }

  /** As `look`, when everything has had the time to arrive: no tier that was left passes any more. */
  lookAtRest(): readonly string[] {
    this.#owed.rest();
    return this.look();
  }

  #learn(): void {
    const { cluster } = this.#world;
    this.#owed.learn({ tiers: cluster.list('edgetiers') as readonly EdgeTier[], tenants: cluster.list('tenantdomains') as readonly TenantDomain[] });
  }
}
