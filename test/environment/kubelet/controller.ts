import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Launch } from './replica.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Several share the machine, so that each has to listen where it is free: the flag that names a container's port names that one. */
const withPorts = (args: readonly string[], from: Readonly<Record<string, number>>, to: Readonly<Record<string, number>>): readonly string[] =>
  args.map((arg) => {
    const [, flag, port] = /^(--[a-z-]+-port)=(\d+)$/.exec(arg) ?? [];
    const name = Object.keys(from).find((each) => flag !== undefined && from[each] === Number(port));
    return name === undefined ? arg : `${String(flag)}=${String(to[name])}`;
  });

/**
 * The controller's container as a process: this checkout in the place of the image, and a kubeconfig in the place of the mounted token, because a token
 * has to lie where the whole machine would see it. All else it is told by the Pod.
 */
export const launchController: Launch = ({ pod: { container }, ports, kubeconfig }) => ({
  command: process.execPath,
  args: [join(root, 'src', 'main.ts'), ...withPorts(container.args, container.ports, ports), `--kubeconfig=${kubeconfig}`],
  directory: root,
  environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...container.environment },
});
