/**
 * A control plane at the terminal: `node test/environment/control-plane/run.ts`, then `kubectl --kubeconfig …`, of which it names one of the same version. Ctrl-C stops it.
 */
import { once } from 'node:events';
import { controlPlaneBinaries } from './binaries.ts';
import { startControlPlane } from './control-plane.ts';

const controlPlane = await startControlPlane({ progress: console.error });
console.log(`url ${controlPlane.url}`);
console.log(`kubeconfig ${controlPlane.adminKubeconfigPath}`);
console.log(`kubectl ${(await controlPlaneBinaries(console.error)).kubectl}`);
console.error('Ctrl-C stops it');
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
console.error('stopping');
await controlPlane.stop();
