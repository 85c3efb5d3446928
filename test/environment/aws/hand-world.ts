import type { Clock } from '../../../src/runtime/clock.ts';
import type { Dns, DnsAnswer } from '../../../reconcilers/ports/dns.ts';
import type { CallLogEntry, Members, Service, Simulator, SimulatorOptions } from './contract.ts';
import { createSimulator } from './simulator.ts';

/** A simulator with a clock that is moved by hand and DNS that is written by hand. Calm unless `knobs` say otherwise. */
export type HandWorld = {
  readonly aws: Simulator;
  /** Moves time, running the timers that come due, then settles the simulator. */
  readonly pass: (seconds: number) => Promise<void>;
  /** Sets or takes away what a name answers; `failed` is no answer. */
  readonly dns: (name: string, type: 'CNAME' | 'TXT', answer: string | undefined) => void;
  /** Writes the records that prove a certificate's names, and waits until it is issued. */
  readonly proveCertificate: (arn: string) => Promise<void>;
  /** The error's name, or `ok`. */
  readonly outcome: (service: Service, operation: string, input: Members) => Promise<string>;
};

/** What may be said of such a world: seed 1 and nothing hostile unless told. */
export type HandOptions = Partial<Pick<SimulatorOptions, 'seed' | 'knobs' | 'roleOf'>>;

const handClock = () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const timers = new Set<{ readonly dueMs: number; readonly run: () => void }>();
  const clock: Clock = {
    now: () => new Date(nowMs),
    after: (delayMs, run) => {
      const timer = { dueMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const move = (ms: number): void => {
    nowMs += ms;
    for (const timer of [...timers].filter(({ dueMs }) => dueMs <= nowMs)) {
      timers.delete(timer);
      timer.run();
    }
  };
  return { clock, move };
};

const answer = (value: string | undefined): DnsAnswer => {
  if (value === undefined) return { is: 'missing' };
  return value === 'failed' ? { is: 'failed', reason: 'SERVFAIL' } : { is: 'found', values: [value] };
};

/** An empty account on 1 January 2026. The same seed makes the same world. */
export const createHandWorld = (options: HandOptions = {}): HandWorld => {
  const { clock, move } = handClock();
  const records = new Map<string, string>();
  const dns: Dns = { lookUp: ({ name, type }) => Promise.resolve(answer(records.get(`${type} ${name}`))) };
  const aws = createSimulator({ clock, dns, seed: 1, ...options });
  const pass = async (seconds: number): Promise<void> => {
    move(seconds * 1_000);
    await aws.settle();
  };
  return {
    aws,
    pass,
    dns: (name, type, value) => {
      if (value === undefined) records.delete(`${type} ${name}`);
      else records.set(`${type} ${name}`, value);
    },
    proveCertificate: async (arn) => {
      for (const { name, value } of aws.inspect.certificates().find((certificate) => certificate.arn === arn)?.records ?? [])
        records.set(`CNAME ${name}`, value);
      await pass(10);
      await pass(30);
    },
    outcome: async (service, operation, input) => {
      try {
        await aws.call(service, operation, input);
        return 'ok';
      } catch (error) {
        return error instanceof Error ? error.name : String(error);
      }
    },
  };
};

/** What is there before a test of tenants begins: a blueprint, its default group, and a certificate for all of example.com. */
export const createTenantWorld = (options: HandOptions = {}) => {
  const world = createHandWorld(options);
  const { id: distributionId } = world.aws.operator.createDistribution();
  const { arn: certificateArn } = world.aws.operator.importCertificate({ names: ['*.example.com', 'example.com'] });
  const tenant = (name: string, members: Members = {}): Members => ({
    DistributionId: distributionId,
    Name: name,
    Domains: [{ Domain: `${name}.example.com` }],
    Customizations: { Certificate: { Arn: certificateArn } },
    Enabled: true,
    ...members,
  });
  const create = async (name: string, members: Members = {}) => {
    await world.aws.call('cloudfront', 'CreateDistributionTenant', tenant(name, members));
    return current(world.aws, name);
  };
  return { ...world, distributionId, certificateArn, tenant, create };
};

/** A tenant as it is now, with the members that an update or a delete needs. */
export const current = (aws: Simulator, name: string): { readonly Id: string; readonly IfMatch: string; readonly arn: string } => {
  const found = aws.inspect.tenants().find((tenant) => tenant.name === name);
  if (found === undefined) throw new Error(`find tenant "${name}": there is none`);
  return { Id: found.id, IfMatch: found.etag, arn: found.arn };
};

/** What stands at a path of members. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, member) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, member) : undefined), value);

/** One member of each item of a list. */
export const each = (value: unknown, list: string, member: string): readonly unknown[] => {
  const items = at(value, list);
  return Array.isArray(items) ? items.map((item) => at(item, member)) : [];
};

/** What a log says in short. */
export const brief = ({ operation, outcome, committed }: CallLogEntry) => ({ operation, outcome, committed });
