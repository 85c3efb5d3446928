import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Helm } from '../../helm/chart.ts';
import { exampleInstallation, policiesOf } from '../../helm/iam/policies.ts';
import { systemClock } from '../../src/runtime/clock.ts';
import type { Simulator } from './aws/contract.ts';
import { startAwsServer } from './aws/http/server.ts';
import { exampleCredentials, secretsOf } from './aws/http/signature.ts';
import type { RoleOf } from './aws/iam/iam.ts';
import type { Knobs } from './aws/knobs.ts';
import { createSimulator } from './aws/simulator.ts';
import { type ControlPlane, startControlPlane } from './control-plane/control-plane.ts';
import { dnsOf } from './dns/in-process.ts';
import { startDnsServer } from './dns/server.ts';
import { createZones, type Zones } from './dns/zones.ts';
import { launchController } from './kubelet/controller.ts';
import { type Kubelet, startKubelet } from './kubelet/kubelet.ts';
import { openHelm } from './tools/helm.ts';

/** Where the chart is installed, and as what. */
export const release = 'tenant-edge';

/** A cluster whose Pods run, an AWS account, and a person with helm. */
export type Platform = {
  readonly controlPlane: ControlPlane;
  readonly simulator: Simulator;
  /** What public DNS says. */
  readonly zones: Zones;
  readonly kubelet: Kubelet;
  /** Values that lead a controller to this world: endpoints, resolver, credentials, as a person with an emulator would give them. */
  readonly connection: Values;
  /** Runs helm as admin in the release's namespace, with these values in a file; any end of it resolves. */
  readonly helm: (args: readonly string[], values?: Values) => Promise<Helm>;
  readonly stop: () => Promise<void>;
};

/** Values of a chart, as a file has them. */
export type Values = Readonly<Record<string, unknown>>;

export type PlatformOptions = { readonly seed: number; readonly knobs?: Partial<Knobs>; readonly progress?: (line: string) => void };

// The namespace as the documentation tells people to make it.
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: release, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } };

/** The controller may do in AWS what our policies allow an installation that is called as they are; whoever calls the simulator without a key may do everything. */
const rolePolicies = policiesOf(exampleInstallation);
const roleOf: RoleOf = (caller) => (caller === exampleCredentials.accessKeyId ? rolePolicies : undefined);

/** Starts the world. The namespace is there, and takes only what Pod Security calls restricted; nothing else is installed. Leaves nothing behind when it rejects. */
export const startPlatform = async ({ seed, knobs, progress }: PlatformOptions): Promise<Platform> => {
  await using starting = new AsyncDisposableStack();
  const zones = createZones();
  const simulator = createSimulator({ clock: systemClock, seed, dns: dnsOf(zones), roleOf, ...(knobs ? { knobs } : {}) });
  // One after the other, since they stop in the opposite order: a control plane outlives what speaks to it.
  const controlPlane = await startControlPlane(progress ? { progress } : {});
  starting.defer(controlPlane.stop);
  const aws = await startAwsServer({ backend: simulator, secretOf: secretsOf(exampleCredentials), now: systemClock.now });
  starting.defer(aws.stop);
  const dns = await startDnsServer(zones);
  starting.defer(dns.stop);
  await controlPlane.apply(JSON.stringify(namespace));
  const { helm: run, close } = await openHelm(controlPlane.adminKubeconfigPath, progress);
  starting.defer(close);
  const kubelet = startKubelet({ controlPlane, namespace: release, launch: launchController });
  starting.defer(kubelet.stop);
  const parts = starting.move();
  let files = 0;
  return {
    controlPlane, simulator, zones, kubelet,
    connection: {
      // A controller that lost its rights with its release cannot give its lease back: whoever comes next waits for as long as this.
      controller: { dnsServers: [dns.address], fleetPoll: '30s', leaderElection: { leaseDuration: '10s' } },
      aws: { endpoints: { default: aws.url } },
      extraEnv: Object.entries({ AWS_ACCESS_KEY_ID: exampleCredentials.accessKeyId, AWS_SECRET_ACCESS_KEY: exampleCredentials.secretAccessKey, AWS_EC2_METADATA_DISABLED: 'true' })
        .map(([name, value]) => ({ name, value })),
    },
    helm: async (args, values = {}) => {
      const path = join(controlPlane.directory, `values-${++files}.yaml`);
      await writeFile(path, stringify(values, { version: '1.1' }));
      const withValues = ['install', 'upgrade', 'template'].includes(args[0] ?? '') ? ['--values', path] : [];
      return run([...args, '--namespace', release, ...withValues]);
    },
    stop: () => parts.disposeAsync(),
  };
};
