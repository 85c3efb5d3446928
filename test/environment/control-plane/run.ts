/**
 * A control plane at the terminal: `node test/environment/control-plane/run.ts`, then `kubectl --kubeconfig …`. Ctrl-C stops it.
 */
import { once } from 'node:events';
import { startControlPlane } from './control-plane.ts';

const controlPlane = await startControlPlane({ progress: console.error });
console.log(`url ${controlPlane.url}`);
console.log(`kubeconfig ${controlPlane.adminKubeconfigPath}`);
console.error('Ctrl-C stops it');
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
console.error('stopping');
await controlPlane.stop();
