import type { Condition, DnsRecord, EdgeTierSpec, TenantDomain, TenantDomainSpec } from '../../crds/types.ts';
import { tagKeys } from '../../reconcilers/aws/mark.ts';
import type { Simulator } from '../environment/aws/contract.ts';
import type { Knobs } from '../environment/aws/knobs.ts';
import { listAt, valueAt } from '../environment/control-plane/json.ts';
import { waitFor } from '../environment/control-plane/wait.ts';
import { type EmbeddedWorld, type RunningController, startEmbeddedWorld } from '../environment/embedded.ts';
import { startWitness, type Witness } from './witness.ts';

/** AWS in a hurry: seconds where the real one takes minutes. What the controller does is the same; it only waits less for AWS. */
export const quickKnobs: Partial<Knobs> = {
  tenantDeployMs: [1_000, 3_000],
  validationRecordMs: [500, 2_000],
  dnsValidationMs: [2_000, 4_000],
  dnsCheckIntervalMs: 500,
  waitsForDns: false,
};

/** The zone of the platform itself: its certificate is on the distribution, so that tenants below it need none of their own. */
export const platformZone = 'platform.example';

type ConnectionGroup = ReturnType<Simulator['operator']['createConnectionGroup']>;

/** What one TenantDomain has in AWS, by its mark: tenants first, then certificates. */
export type Holdings = { readonly tenants: ReturnType<Simulator['inspect']['tenants']>; readonly certificates: ReturnType<Simulator['inspect']['certificates']> };

const apiPath = '/apis/tenantedge.dev/v1alpha1';
const pathOf = (key: string): string => `${apiPath}/namespaces/${key.replace('/', '/tenantdomains/')}`;

const generationOf = (stored: unknown): number => Number(valueAt(stored, 'metadata', 'generation'));

/** A condition in few words: `Ready=False/Deploying`. */
const shortly = ({ type, status, reason }: Condition): string => `${type}=${status}/${reason}`;

/** The real world with the words that every test here uses. TenantDomains are named by key: `namespace/name`. */
export class Stage {
  readonly world: EmbeddedWorld;
  readonly witness: Witness;
  readonly groups: { readonly shared: ConnectionGroup; readonly isolated: ConnectionGroup };
  readonly distributions: { readonly plain: string; readonly platform: string };
  /** Whose customers do nothing. */
  readonly #absent = new Set<string>();

  private constructor(world: EmbeddedWorld, witness: Witness) {
    const { operator } = world.simulator;
    this.world = world;
    this.witness = witness;
    const { arn } = operator.importCertificate({ names: [`*.${platformZone}`] });
    const parameters = [{ Name: 'site', Definition: { StringSchema: { Required: false, DefaultValue: 'main' } } }];
    this.distributions = { plain: operator.createDistribution({ parameters: [] }).id, platform: operator.createDistribution({ certificateArn: arn, parameters }).id };
    this.groups = { shared: operator.createConnectionGroup({ name: 'shared' }), isolated: operator.createConnectionGroup({ name: 'isolated' }) };
    witness.tenants.subscribe(({ after }) => {
      if (after !== undefined) this.#customerActs(after);
    });
  }

  /** A world with namespaces `acme` and `globex`, tiers `basic` (own certificates) and `platform` (the distribution's), and no controller yet. */
  static async start({ knobs, ...options }: { readonly seed: number; readonly knobs?: Partial<Knobs>; readonly controllerManager?: boolean; readonly apiServerFlags?: readonly string[] }): Promise<Stage> {
    await using starting = new AsyncDisposableStack();
    const world = await startEmbeddedWorld({ ...options, knobs: { ...quickKnobs, ...knobs } });
    starting.defer(world.stop);
    const witness = await startWitness(world.controlPlane.adminKubeconfigPath);
    starting.defer(witness.stop);
    const stage = new Stage(world, witness);
    await world.controlPlane.apply('{apiVersion: v1, kind: Namespace, metadata: {name: acme}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: globex}}');
    const geoRestriction = { allow: ['None', 'Allow', 'Deny'] } as const;
    await stage.tier('basic', { tenantOverrides: { geoRestriction, connectionGroup: { allow: ['isolated'] } } });
    await stage.tier('platform', {
      distributionId: stage.distributions.platform, certificate: { issuer: 'Distribution' },
      tenantOverrides: { geoRestriction, connectionGroup: { allow: ['isolated'] }, parameters: [{ name: 'site', format: 'Label' }] },
    });
    starting.move();
    return stage;
  }

  async stop(): Promise<void> {
    await this.witness.stop();
    await this.world.stop();
  }

  /** Starts a controller that looks at AWS's lists as often as it may, `flags` besides. */
  startController(flags: readonly string[] = []): Promise<RunningController> {
    return this.world.startController(['--fleet-poll', '30s', ...flags]);
  }

  /** Applies an EdgeTier as a whole. Resolves when the change has been seen. */
  async tier(name: string, spec: Partial<EdgeTierSpec>): Promise<void> {
    const connectionGroups = [{ name: 'shared', type: 'Existing', id: this.groups.shared.id }, { name: 'isolated', type: 'Existing', id: this.groups.isolated.id }];
    const whole = { distributionId: this.distributions.plain, connectionGroups, defaultConnectionGroup: 'shared', ownership: { proof: 'None' }, allowedNamespaces: { from: 'All' }, ...spec };
    const [stored] = await this.world.controlPlane.apply(JSON.stringify({ apiVersion: 'tenantedge.dev/v1alpha1', kind: 'EdgeTier', metadata: { name }, spec: whole }));
    const isSeen = (): boolean => (this.witness.tiers.get(name)?.metadata.generation ?? 0) >= generationOf(stored);
    await waitFor(`tier ${name} to be seen`, 60_000, async () => (isSeen() ? true : undefined));
  }

  /** A tenant of the platform's own zone, on tier `platform` unless told: served in seconds. */
  platformTenant(key: string, spec: Partial<TenantDomainSpec> = {}): Promise<void> {
    return this.tenant(key, { tierRef: { name: 'platform' }, domains: [`${key.replace('/', '-')}.${platformZone}`], ...spec });
  }

  /** Applies a TenantDomain as a whole: on tier `basic` unless told. */
  async tenant(key: string, spec: Pick<TenantDomainSpec, 'domains'> & Partial<TenantDomainSpec>): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const manifest = { apiVersion: 'tenantedge.dev/v1alpha1', kind: 'TenantDomain', metadata: { name, namespace }, spec: { tierRef: { name: 'basic' }, ...spec } };
    const [stored] = await this.world.controlPlane.apply(JSON.stringify(manifest));
    await this.until(key, 'the change to be seen', 60_000, ({ metadata }) => metadata.generation >= generationOf(stored));
  }

  async delete(key: string): Promise<void> {
    await this.world.controlPlane.admin.request('DELETE', pathOf(key));
  }

  /** Deletes it as impatient people do: behind the controller's back. */
  async withoutFinalizer(key: string): Promise<void> {
    const { admin } = this.world.controlPlane;
    await admin.request('DELETE', pathOf(key));
    await admin.request('PATCH', pathOf(key), { metadata: { finalizers: null } }, 'application/merge-patch+json');
  }

  /** The customer points a domain here already, whatever is told. */
  point(domain: string): void {
    this.world.zones.set(domain, 'CNAME', [this.groups.shared.endpoint]);
  }

  /** From now on the customer of this TenantDomain adds no records. */
  sendAway(key: string): void {
    this.#absent.add(key);
  }

  /** The customer is back, and does what they are asked for by now. */
  callBack(key: string): void {
    this.#absent.delete(key);
    const tenant = this.get(key);
    if (tenant !== undefined) this.#customerActs(tenant);
  }

  #customerActs({ metadata, status }: TenantDomain): void {
    if (this.#absent.has(`${metadata.namespace ?? ''}/${metadata.name}`)) return;
    const wanted = (status?.dnsRecords ?? []).filter(({ action, type }: DnsRecord) => action === 'Add' && type === 'CNAME');
    for (const { name, value } of wanted) this.world.zones.set(name, 'CNAME', [value]);
  }

  inAws(key: string): Holdings {
    const mine = ({ tags }: { readonly tags: Readonly<Record<string, string>> }): boolean => tags[tagKeys.owner] === key;
    const { inspect } = this.world.simulator;
    return { tenants: inspect.tenants().filter(mine), certificates: inspect.certificates().filter(mine) };
  }

  isServed(domain: string): boolean {
    return this.world.simulator.serves(domain).served;
  }

  get(key: string): TenantDomain | undefined {
    return this.witness.tenants.get(key);
  }

  condition(key: string, type: string): Condition | undefined {
    return this.get(key)?.status?.conditions?.find((condition) => condition.type === type);
  }

  /** Waits until this holds of the TenantDomain; where it does not, the error says how that stands. */
  async until(key: string, what: string, withinMs: number, holds: (tenant: TenantDomain) => boolean): Promise<void> {
    const ask = async (): Promise<true | undefined> => {
      const tenant = this.get(key);
      return tenant !== undefined && holds(tenant) ? true : undefined;
    };
    await waitFor(`${key}: ${what}`, withinMs, ask).catch((cause: unknown) => {
      const conditions = this.get(key)?.status?.conditions?.map(shortly).join(' ') ?? 'there is no such object';
      throw new Error(`${cause instanceof Error ? cause.message : String(cause)}: ${conditions}`, { cause });
    });
  }

  /** Waits until the object is Ready for what its spec says now. */
  served(key: string, withinMs = 90_000): Promise<void> {
    return this.until(key, 'served', withinMs, ({ metadata, status }) => {
      const ready = status?.conditions?.find(({ type }) => type === 'Ready');
      return ready?.status === 'True' && ready.observedGeneration === metadata.generation;
    });
  }

  async gone(key: string, withinMs: number): Promise<void> {
    await waitFor(`${key} to be gone`, withinMs, async () => (this.get(key) === undefined ? true : undefined));
  }

  /** The events about an object of this name, as `type reason: note`. */
  async events(name: string): Promise<readonly string[]> {
    const { body } = await this.world.controlPlane.admin.request('GET', '/apis/events.k8s.io/v1/events');
    type Event = { readonly type: string; readonly reason: string; readonly note: string; readonly regarding: { readonly name: string } };
    return (listAt(body, 'items') as readonly Event[]).filter(({ regarding }) => regarding.name === name).map(({ type, reason, note }) => `${type} ${reason}: ${note}`);
  }
}
