import { cp, mkdtemp, mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TenantDomain } from '../../crds/types.ts';
import { exampleInstallation, policiesOf } from '../../helm/iam/policies.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import { startAwsServer } from '../environment/aws/http/server.ts';
import { type Credentials, exampleCredentials, secretsOf } from '../environment/aws/http/signature.ts';
import type { RoleOf } from '../environment/aws/iam/iam.ts';
import { createSimulator } from '../environment/aws/simulator.ts';
import { controlPlaneBinaries } from '../environment/control-plane/binaries.ts';
import { startControlPlane } from '../environment/control-plane/control-plane.ts';
import type { ControlPlane } from '../environment/control-plane/control-plane.ts';
import { listAt, textAt } from '../environment/control-plane/json.ts';
import type { Exit } from '../environment/control-plane/process.ts';
import { Customers } from '../environment/customers.ts';
import { provideAccount } from '../environment/demo/account.ts';
import { exampleManifests, tierOrdersIn } from '../environment/demo/examples.ts';
import { dnsOf } from '../environment/dns/in-process.ts';
import { startDnsServer } from '../environment/dns/server.ts';
import { createZones, type Zones } from '../environment/dns/zones.ts';
import { launchController } from '../environment/kubelet/controller.ts';
import { startKubelet } from '../environment/kubelet/kubelet.ts';
import type { Launch } from '../environment/kubelet/replica.ts';
import { toolPath } from '../environment/tools/tools.ts';
import { quickKnobs } from '../real/stage.ts';
import { root } from './markdown.ts';
import type { StandIn } from './parts.ts';
import { hastened } from './substitutions.ts';

/** What a person has who follows a page: a folder with the project's files in it, and an environment in which the tools find the cluster and the account. */
export type Desk = { readonly directory: string; readonly environment: NodeJS.ProcessEnv };

/** A cluster whose Pods run, the AWS account of the examples, customers who do as they are told, and a desk. */
export type DocsWorld = {
  readonly desk: Desk;
  /** Whether a Deployment has Pods here: without a controller manager it has none. */
  readonly hasPods: boolean;
  readonly install: (standIns: readonly StandIn[]) => Promise<void>;
  /** The ends of controllers that were not orderly. */
  readonly brokenEnds: () => readonly Exit[];
  readonly stop: () => Promise<void>;
};

/** People are administrators of the account; the controller may do there what our policies allow it. */
const ofController: Credentials = { accessKeyId: 'AKIAIOSFODNN7CONTROL', secretAccessKey: exampleCredentials.secretAccessKey };
const rolePolicies = policiesOf(exampleInstallation);
const roleOf: RoleOf = (caller) => (caller === ofController.accessKeyId ? rolePolicies : undefined);

const awsEnvironment = (url: string, { accessKeyId, secretAccessKey }: Credentials): NodeJS.ProcessEnv => ({
  AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true',
});

/** A Pod as a process: what a node and a webhook would give it (a way to AWS and to DNS) is in its environment. */
const launchIn = (environment: NodeJS.ProcessEnv): Launch => (start) => {
  const program = launchController(start);
  const args = program.args.map((arg) => {
    const flag = arg.split('=')[0] ?? '';
    return hastened[flag] === undefined ? arg : `${flag}=${hastened[flag]}`;
  });
  return { ...program, args, environment: { ...program.environment, ...environment } };
};

const lookEveryMs = 500;

/** Lets every customer do what their status asks for, until it is stopped. */
const playCustomers = ({ admin }: ControlPlane, zones: Zones): (() => Promise<void>) => {
  const customers = new Customers(zones, () => ({ addsAfterMs: 0 }));
  const ending = new AbortController();
  const isTenantDomain = (object: unknown): object is TenantDomain => textAt(object, 'kind') === 'TenantDomain';
  const playing = (async () => {
    while (!ending.signal.aborted) {
      const answer = await admin.request('GET', '/apis/tenantedge.dev/v1alpha1/tenantdomains').catch(() => undefined);
      customers.look(listAt(answer?.body, 'items').filter(isTenantDomain), systemClock.now());
      await pause(lookEveryMs);
    }
  })();
  return async () => {
    ending.abort();
    await playing;
  };
};

const definitionOf = ({ group, version, kind, plural }: StandIn): string =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${plural}.${group}` },
    spec: {
      group, scope: 'Namespaced', names: { kind, plural },
      versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
    },
  });

/** Lays a folder out in `home` as a clone has it, as far as commands of the pages name files; helm and kubectl are the pinned ones, and keep their own folders in it. */
const layDesk = async (home: string, kubeconfig: string, environment: NodeJS.ProcessEnv): Promise<Desk> => {
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const [helm, { kubectl }] = await Promise.all([toolPath('helm', tell), controlPlaneBinaries(tell)]);
  const [directory, bin] = [join(home, 'clone'), join(home, 'bin')];
  await Promise.all([mkdir(directory), mkdir(bin)]);
  await Promise.all([
    ...['crds', 'examples', 'helm'].map((name) => cp(join(root, name), join(directory, name), { recursive: true })),
    ...Object.entries({ helm, kubectl }).map(([name, path]) => symlink(path, join(bin, name))),
  ]);
  return { directory, environment: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: home, KUBECONFIG: kubeconfig, AWS_PAGER: '', ...environment } };
};

const startOn = async (stack: AsyncDisposableStack, seed: number): Promise<DocsWorld> => {
  const home = await mkdtemp(join(tmpdir(), 'tenant-edge-docs-'));
  stack.defer(() => rm(home, { recursive: true, force: true }));
  const zones = createZones();
  const simulator = createSimulator({ clock: systemClock, seed, dns: dnsOf(zones), roleOf, knobs: quickKnobs });
  provideAccount(simulator.operator, tierOrdersIn(await exampleManifests()));
  const controlPlane = await startControlPlane();
  stack.defer(() => controlPlane.stop());
  const aws = await startAwsServer({ backend: simulator, secretOf: secretsOf(exampleCredentials, ofController), now: systemClock.now });
  stack.defer(() => aws.stop());
  const dns = await startDnsServer(zones);
  stack.defer(() => dns.stop());
  const desk = await layDesk(home, controlPlane.adminKubeconfigPath, awsEnvironment(aws.url, exampleCredentials));
  const kubelet = startKubelet({ controlPlane, namespace: 'tenant-edge', launch: launchIn({ ...awsEnvironment(aws.url, ofController), TENANT_EDGE_DNS_SERVERS: dns.address }) });
  stack.defer(() => kubelet.stop());
  stack.defer(playCustomers(controlPlane, zones));
  return {
    desk,
    hasPods: controlPlane.controllerManager,
    install: async (standIns) => void (await controlPlane.apply(standIns.map(definitionOf).join('\n---\n'))),
    brokenEnds: () => kubelet.processes.flatMap(({ exit }) => (exit === undefined || exit.code === 0 ? [] : [exit])),
    stop: () => stack.disposeAsync(),
  };
};

/** Starts the world with an empty cluster. Leaves nothing behind when it rejects. */
export const startDocsWorld = async (seed: number): Promise<DocsWorld> => {
  const stack = new AsyncDisposableStack();
  try {
    return await startOn(stack, seed);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
};
