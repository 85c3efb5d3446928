import { controlPlaneBinaries } from '../control-plane/binaries.ts';
import { toolPath } from './tools.ts';

/*
 * Builds what tests and generators run and the machine does not have yet: minutes on a new one, nothing after that. By itself, before the tests,
 * so that no test's time is spent on it.
 */

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

await controlPlaneBinaries(tell);
for (const tool of ['helm', 'promtool', 'status-judge'] as const) await toolPath(tool, tell);
