import { fileURLToPath } from 'node:url';

/** The folder of the chart. */
export const chartPath = fileURLToPath(new URL('tenant-edge', import.meta.url));

/** What helm said, and how it ended: 0 where all went well. */
export type Helm = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs helm with these words; any end of it resolves. */
export type RunHelm = (args: readonly string[]) => Promise<Helm>;
