import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exampleInstallation, policiesOf } from '../../helm/iam/policies.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import type { Simulator } from './aws/contract.ts';
import { startAwsServer } from './aws/http/server.ts';
import { exampleCredentials, type SecretOf } from './aws/http/signature.ts';
import type { RoleOf } from './aws/iam/iam.ts';
import type { Knobs } from './aws/knobs.ts';
import { createSimulator } from './aws/simulator.ts';
import { startControlPlane, type ControlPlane } from './control-plane/control-plane.ts';
import { controllerKubeconfig } from './control-plane/controller-kubeconfig.ts';
import { freePorts } from './control-plane/ports.ts';
import { type Child, startChild } from './control-plane/process.ts';
import { dnsOf } from './dns/in-process.ts';
import { startDnsServer } from './dns/server.ts';
import { createZones, type Zones } from './dns/zones.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const account = { namespace: 'tenant-edge', serviceAccount: 'tenant-edge', manifestPath: join(root, 'helm', 'install.yaml') };

/** A controller as a process of its own, with its own ServiceAccount and nothing else. */
export type RunningController = {
  readonly process: Child;
  readonly metricsUrl: string;
  readonly healthUrl: string;
  /** Its own key at AWS, by which the simulator's log names it. */
  readonly accessKeyId: string;
  readonly logPath: string;
  /** All lines written so far, parsed. */
  readonly logLines: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
};

/** A real API server, a simulated AWS account on the wire, real DNS on loopback. */
export type EmbeddedWorld = {
  readonly controlPlane: ControlPlane;
  readonly simulator: Simulator;
  readonly zones: Zones;
  readonly awsUrl: string;
  readonly dnsAddress: string;
  /** Starts a controller, `flags` beside those that connect it to this world. */
  readonly startController: (flags?: readonly string[]) => Promise<RunningController>;
  /** Controllers first, then AWS and DNS, then the control plane. */
  readonly stop: () => Promise<void>;
};

export type EmbeddedOptions = { readonly seed: number; readonly knobs?: Partial<Knobs>; readonly progress?: (line: string) => void; readonly controllerManager?: boolean; readonly apiServerFlags?: readonly string[] };

/** Every process has a key of its own, all with one secret: sessions of one role, as far as the simulator goes. */
const keyOfController = (number: number): string => `AKIAIOSFODNN7${String(number).padStart(7, '0')}`;
const secretOf: SecretOf = (asked) => (/^AKIAIOSFODNN7(EXAMPLE|[0-9]{7})$/.test(asked) ? exampleCredentials.secretAccessKey : undefined);

/** Whoever signs with a key of these may do in AWS what our policies allow; tests that call the simulator themselves are administrators. */
const rolePolicies = policiesOf(exampleInstallation);
const roleOf: RoleOf = (caller) => (secretOf(caller) === undefined ? undefined : rolePolicies);

/**
 * What the controller finds in its environment: the AWS SDK's usual variables, and nothing of this shell's. It waits for no lease unless a flag
 * says so: a test that kills one and starts the next is not about that.
 */
const environmentFor = (awsUrl: string, accessKeyId: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  AWS_ENDPOINT_URL: awsUrl,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: exampleCredentials.secretAccessKey,
  AWS_EC2_METADATA_DISABLED: 'true',
  TENANT_EDGE_LEADER_ELECTION: 'off',
});

/** Starts the world; the CRDs are installed, and the accounts, roles and admission policies of the installation. Leaves nothing behind when it rejects. */
export const startEmbeddedWorld = async (options: EmbeddedOptions): Promise<EmbeddedWorld> => {
  await using starting = new AsyncDisposableStack();
  const { seed, knobs, progress, controllerManager = true, apiServerFlags = [] } = options;
  const zones = createZones();
  const simulator = createSimulator({ clock: systemClock, seed, dns: dnsOf(zones), roleOf, ...(knobs ? { knobs } : {}) });
  // One after the other, since they stop in the opposite order: a control plane outlives what speaks to it.
  const controlPlane = await startControlPlane({ controllerManager, apiServerFlags, ...(progress ? { progress } : {}) });
  starting.defer(controlPlane.stop);
  const aws = await startAwsServer({ backend: simulator, secretOf, now: systemClock.now });
  starting.defer(aws.stop);
  const dns = await startDnsServer(zones);
  starting.defer(dns.stop);
  await controlPlane.apply([join(root, 'crds', 'edgetiers.yaml'), join(root, 'crds', 'tenantdomains.yaml')]);
  const kubeconfig = await controllerKubeconfig(controlPlane, account);
  const running: RunningController[] = [];
  starting.defer(async () => {
    await Promise.all(running.map((controller) => controller.process.stop(30_000)));
  });
  let started = 0;

  const startController = async (flags: readonly string[] = []): Promise<RunningController> => {
    const [metricsPort = 0, healthPort = 0] = await freePorts(2);
    const number = ++started;
    const accessKeyId = keyOfController(number);
    const logPath = join(controlPlane.directory, `controller-${number}.log`);
    const child = await startChild({
      command: process.execPath,
      args: [
        join(root, 'src', 'main.ts'), '--kubeconfig', kubeconfig, '--installation-id', exampleInstallation, '--dns-servers', dns.address,
        '--metrics-port', String(metricsPort), '--health-port', String(healthPort), '--connection-group-linger', '5s', ...flags,
      ],
      logPath, directory: root, environment: environmentFor(aws.url, accessKeyId),
    });
    const controller: RunningController = {
      process: child, accessKeyId, logPath, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`, healthUrl: `http://127.0.0.1:${healthPort}`,
      logLines: async () => (await readFile(logPath, 'utf8')).split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
    };
    running.push(controller);
    return controller;
  };

  const parts = starting.move();
  return { controlPlane, simulator, zones, awsUrl: aws.url, dnsAddress: dns.address, startController, stop: () => parts.disposeAsync() };
};
