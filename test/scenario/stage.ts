import type { EdgeTier, EdgeTierSpec, ManagedWebACL, TenantDomainSpec } from '../../crds/types.ts';
import type { Simulator } from '../environment/aws/contract.ts';
import type { Manifest } from '../environment/in-process/cluster.ts';
import { World, type WorldOptions } from '../environment/in-process/world.ts';
import { Transcript } from './transcript.ts';

const apiVersion = 'tenantedge.dev/v1alpha1';

/** A Namespace as a person writes it. */
export const namespace = (name: string, labels: Readonly<Record<string, string>> = {}): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });

const common = { name: 'common', type: 'ManagedRuleGroup', managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } } as const;

/** The world that most scenarios begin in, with the few words that they all use. The controller does not run yet. */
export class Stage {
  readonly world: World;
  readonly transcript: Transcript;
  readonly operator: Simulator['operator'];
  /** Multi-tenant distributions: one without parameters, one that requires `site`, one with a certificate for `*.acme.example`, where the scenario asks for it. */
  readonly distributions: { readonly basic: string; readonly enterprise: string; readonly wildcard: string };
  /** Connection groups. */
  readonly groups: { readonly shared: string; readonly isolated: string };

  constructor(options: WorldOptions & { readonly wildcard?: boolean }) {
    this.world = new World(options);
    this.transcript = new Transcript(this.world);
    this.operator = this.world.simulator.operator;
    this.distributions = {
      basic: this.operator.createDistribution({ parameters: [] }).id,
      enterprise: this.operator.createDistribution({ parameters: [{ Name: 'site', Definition: { StringSchema: { Required: true } } }] }).id,
      wildcard: options.wildcard === true ? this.operator.createDistribution({ certificateArn: this.operator.importCertificate({ names: ['*.acme.example'] }).arn }).id : '',
    };
    this.groups = { shared: this.operator.createConnectionGroup({ name: 'shared' }).id, isolated: this.operator.createConnectionGroup({ name: 'isolated' }).id };
  }

  /** Starts the controller, or another process of it. */
  start(): void {
    this.world.start(this.transcript.tap, this.transcript.onReport);
  }

  /** Applies an EdgeTier that everybody may use, on the basic distribution unless told. */
  tier(name: string, spec: Partial<EdgeTierSpec> = {}): void {
    const connectionGroups = [{ name: 'shared', type: 'Existing', id: this.groups.shared }, { name: 'isolated', type: 'Existing', id: this.groups.isolated }];
    const whole = { distributionId: this.distributions.basic, connectionGroups, defaultConnectionGroup: 'shared', ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' }, ...spec };
    this.world.apply({ apiVersion, kind: 'EdgeTier', metadata: { name }, spec: whole });
  }

  /**
   * Applies an EdgeTier with web ACLs of its own for two tenants each, on the wildcard distribution and its certificate: tenants
   * (`t1.acme.example`) are served with the first write.
   */
  managedTier(name: string, managed: Partial<ManagedWebACL> = {}, spec: Partial<EdgeTierSpec> = {}): void {
    const webACL = { type: 'Managed' as const, managed: { defaultAction: 'Allow' as const, tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common], ...managed } };
    this.tier(name, { distributionId: this.distributions.wildcard, certificate: { issuer: 'Distribution' }, webACL, ...spec });
  }

  /** Applies TenantDomains `acme/t1`, `acme/t2`, … of these numbers, for `t1.acme.example`, ….  */
  tenants(numbers: readonly number[], tier = 'basic'): void {
    for (const number of numbers) this.tenant({ tierRef: { name: tier }, domains: [`t${number}.acme.example`] }, `acme/t${number}`);
  }

  /** Whether the tier says of its present spec that it is ready, and no change of rules is under way. */
  isTierSettled(name = 'basic'): boolean {
    const tier = this.world.tier(name);
    const ready = tier?.status?.conditions?.find(({ type }) => type === 'Ready');
    return ready?.status === 'True' && ready.observedGeneration === tier?.metadata.generation && tier?.status?.rollout === undefined;
  }

  /** Whether a tier's condition stands so, by its reason, judged of the present generation. */
  tierIs(type: string, reason: string, name = 'basic'): boolean {
    const tier: EdgeTier | undefined = this.world.tier(name);
    const condition = tier?.status?.conditions?.find((one) => one.type === type);
    return condition?.reason === reason && condition.observedGeneration === tier?.metadata.generation;
  }

  /** Sets or, with undefined, takes away an annotation, as `kubectl annotate` does. */
  annotate(kind: 'EdgeTier' | 'TenantDomain', key: string, annotation: 'paused' | 'dry-run', value: string | undefined): void {
    this.world.cluster.annotate(kind, key, `tenantedge.dev/${annotation}`, value);
  }

  /** Applies the TenantDomain `acme/shop`, or another: on the basic tier, for `shop.acme.example`, unless told. */
  tenant(spec: Partial<TenantDomainSpec> = {}, key = 'acme/shop'): void {
    const [owner = '', name = ''] = key.split('/');
    this.world.apply({ apiVersion, kind: 'TenantDomain', metadata: { name, namespace: owner }, spec: { tierRef: { name: 'basic' }, domains: ['shop.acme.example'], ...spec } });
  }

  deleteTenant(key = 'acme/shop'): void {
    this.world.cluster.delete('TenantDomain', key);
  }

  isGone(key = 'acme/shop'): boolean {
    return this.world.tenant(key) === undefined;
  }

  isReady(key = 'acme/shop'): boolean {
    return this.world.isReady(key);
  }

  /** Whether a condition stands so, by its reason, judged of the present generation. */
  is(type: string, reason: string, key = 'acme/shop'): boolean {
    const condition = this.world.condition(key, type);
    return condition?.reason === reason && condition.observedGeneration === this.world.tenant(key)?.metadata.generation;
  }

  /** Whether the customer can be told which validation records to add, for every present domain. */
  knowsRecords(key = 'acme/shop'): boolean {
    return this.is('DNSRecordsComplete', 'RecordsComplete', key);
  }

  /** The customer adds the records that the status asks for now, which is all there are before `Ready` but the traffic records. */
  customerAdds(key = 'acme/shop'): void {
    this.world.customerAdds(key);
  }

  /** AWS's id of the tenant that carries this name. */
  tenantServing(domain: string): string {
    const answer = this.world.simulator.serves(domain);
    if (!answer.served) throw new Error(`find the tenant that serves ${domain}: ${answer.why}`);
    return answer.tenantId;
  }
}
