import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import { askable, RulesGuard } from '../environment/in-process/rules-guard.ts';
import type { World } from '../environment/in-process/world.ts';
import { lostEndpointOf } from '../environment/lost-endpoint.ts';

/** What a step does to names that are served: `removes` for good, `interrupts` for its own duration. */
export type Expected = { readonly removes?: readonly string[]; readonly interrupts?: readonly string[] };

/**
 * Asks the edge, as viewers do, whether what is served goes on being served, and with its tier's rules: at each change in AWS or Kubernetes, at
 * each thing that AWS does by itself, and whenever it is told to look. A name is to be served from the moment it was first served, and whenever its TenantDomain says `Ready`.
 */
export class Prober {
  readonly #world: World;
  readonly #served = new Set<string>();
  readonly #rules: RulesGuard;
  #expected: Expected = {};
  readonly violations: string[] = [];

  constructor(world: World) {
    this.#world = world;
    this.#rules = new RulesGuard(world);
    world.simulator.onMutation(({ operation, caller }) => this.look(`${caller} ${operation}`));
    world.simulator.onEvent(() => this.look('AWS by itself'));
    world.cluster.watch(({ is, plural }) => this.look(`${plural} ${is}`));
  }

  begin(expected: Expected): void {
    this.#expected = expected;
    for (const name of this.#exempt()) this.#served.delete(name);
  }

  end(step: string): void {
    for (const name of this.#expected.removes ?? []) if (this.#ask(name) === undefined) this.#complain(step, `"${name}" is still served`);
    this.#expected = { removes: this.#expected.removes ?? [] };
    this.look(step);
  }

  /** Everything has had the time to arrive. */
  rest(when: string): void {
    for (const problem of this.#rules.lookAtRest()) this.#complain(when, problem);
  }

  look(when: string): void {
    const tenants = this.#world.cluster.list('tenantdomains') as readonly TenantDomain[];
    for (const tenant of tenants) for (const name of tenant.spec.domains) if (this.#ask(name) === undefined && !this.#exempt().includes(name)) this.#served.add(name);
    const promised = tenants.filter((tenant) => this.#world.isReady(`${tenant.metadata.namespace ?? ''}/${tenant.metadata.name}`)).flatMap((tenant) => tenant.spec.domains);
    for (const name of new Set([...this.#served, ...promised])) {
      const why = this.#exempt().includes(name) ? undefined : this.#ask(name);
      if (why !== undefined) this.#complain(when, `"${name}" is not served: ${why}`);
    }
    for (const problem of [...duplicatesIn(this.#world), ...crowdedIn(this.#world), ...this.#rules.look()]) this.#complain(when, problem);
  }

  #ask(name: string): string | undefined {
    const answer = this.#world.simulator.serves(askable(name));
    return answer.served ? lostEndpointOf(askable(name), this.#world) : answer.why;
  }

  #exempt(): readonly string[] {
    return [...(this.#expected.removes ?? []), ...(this.#expected.interrupts ?? [])];
  }

  #complain(when: string, problem: string): void {
    this.violations.push(`${this.#world.clock.now().toISOString()} ${when}: ${problem}`);
  }
}

type Tagged = { readonly tags: Readonly<Record<string, string>> };

const ownersOf = (things: readonly Tagged[]): readonly string[] => things.flatMap(({ tags }) => tags[tagKeys.owner] ?? []);

/** One tenant an owner, and no more than two certificates that live: the one that serves, and its successor. */
const duplicatesIn = ({ simulator }: World): readonly string[] => {
  const tenants = ownersOf(simulator.inspect.tenants());
  const certificates = ownersOf(simulator.inspect.certificates().filter(({ status }) => status === 'ISSUED' || status === 'PENDING_VALIDATION'));
  const count = (owners: readonly string[], owner: string): number => owners.filter((one) => one === owner).length;
  return [
    ...[...new Set(tenants)].filter((owner) => count(tenants, owner) > 1).map((owner) => `${owner} has ${count(tenants, owner)} tenants`),
    ...[...new Set(certificates)].filter((owner) => count(certificates, owner) > 2).map((owner) => `${owner} has ${count(certificates, owner)} living certificates`),
  ];
};

/** Web ACLs of a tier's own that more have, by configuration, than its `tenantsPerACL` lets. */
export const crowdedIn = ({ simulator, cluster }: World): readonly string[] => {
  const { tenants, distributions, webAcls } = simulator.inspect;
  const most = new Map<string | undefined, number | undefined>((cluster.list('edgetiers') as readonly EdgeTier[]).map(({ metadata, spec }) => [`/${metadata.name}`, spec.webACL.managed?.tenantsPerACL] as const));
  const users = Map.groupBy([...tenants().map(({ customizations }) => customizations.WebAcl?.Arn), ...distributions().map(({ webAclArn }) => webAclArn)], (arn) => arn);
  return webAcls().flatMap(({ arn, name, tags }) => {
    const [count, seats] = [users.get(arn)?.length ?? 0, most.get(tags[tagKeys.owner])];
    return seats !== undefined && count > seats ? [`web ACL ${name} has ${count} users, ${seats} are allowed`] : [];
  });
};

/** What a status names that AWS does not have. */
export const ghostsIn = ({ simulator, cluster }: World): readonly string[] => {
  const there = [...simulator.inspect.certificates(), ...simulator.inspect.tenants()].map(({ arn }) => arn);
  return (cluster.list('tenantdomains') as readonly TenantDomain[]).flatMap(({ metadata, status }) => {
    const named = [...(status?.certificates ?? []).map(({ arn }) => arn), status?.distributionTenant?.arn].filter((arn) => arn !== undefined);
    return named.filter((arn) => !there.includes(arn)).map((arn) => `the status of ${metadata.name} names ${arn}, which is gone`);
  });
};

/** What carries our mark although its TenantDomain is gone, but for those that were to be retained; and certificates left over by the rest. */
export const leftoversIn = ({ simulator, cluster }: World, retained: readonly string[]): readonly string[] => {
  const owners = (cluster.list('tenantdomains') as readonly TenantDomain[]).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  const orphan = (kind: string, things: readonly Tagged[]): readonly string[] =>
    ownersOf(things).filter((owner) => !owners.includes(owner) && !retained.includes(owner)).map((owner) => `a ${kind} of ${owner} is left, which is gone`);
  const tiers = cluster.list('edgetiers').map(({ metadata }) => `/${metadata.name}`);
  const ofTiers = ownersOf([...simulator.inspect.webAcls(), ...simulator.inspect.connectionGroups(), ...simulator.inspect.ipSets()]);
  const forsaken = ofTiers.filter((owner) => !tiers.includes(owner) && !retained.includes(owner)).map((owner) => `something of tier ${owner} is left, which is gone`);
  const certificates = ownersOf(simulator.inspect.certificates());
  const spare = owners.filter((owner) => certificates.filter((one) => one === owner).length > 1).map((owner) => `${owner} has more than one certificate at rest`);
  return [...orphan('tenant', simulator.inspect.tenants()), ...orphan('certificate', simulator.inspect.certificates()), ...forsaken, ...spare];
};
