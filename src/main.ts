import packageFile from '../package.json' with { type: 'json' };
import { type Config, readConfig } from './config.ts';
import { assemble } from './process.ts';
import { systemClock } from './runtime/clock.ts';
import { type ManagerEvent, runManager } from './runtime/manager.ts';
import { createLog, type Log } from './telemetry/log.ts';

const logEvent = (log: Log) => (event: ManagerEvent): void => {
  switch (event.is) {
    case 'started':
      return log.info('Started');
    case 'stopping':
      return log.info('Stopping');
    case 'failed':
      return log.error('Failed', { component: event.component, error: event.error });
    case 'overdue':
      return log.error('Gave up waiting', { components: event.components });
    case 'stopped':
      return log.info('Stopped');
  }
};

/** The first SIGTERM or SIGINT asks for an orderly end, the second one ends the waiting for it. */
const signals = (): { readonly stop: AbortSignal; readonly kill: AbortSignal } => {
  const [stop, kill] = [new AbortController(), new AbortController()];
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.on(name, () => {
      (stop.signal.aborted ? kill : stop).abort();
    });
  }
  return { stop: stop.signal, kill: kill.signal };
};

const run = async (config: Config): Promise<0 | 1> => {
  const log = createLog({ level: config.logLevel, clock: systemClock });
  const { stop, kill } = signals();
  // A rejection that nobody handles is a bug, and what it left undone is not known: a new process looks again.
  process.on('unhandledRejection', (error) => {
    log.error('Ended by an unhandled rejection: this is a bug', { error });
    process.exit(1);
  });
  const { version } = packageFile;
  const assembly = await assemble({ config, log, clock: systemClock, random: Math.random, stop, version }).catch((error: unknown) => {
    // Asked to end before there was anything to end: no failure.
    if (stop.aborted && error === stop.reason) return undefined;
    throw error;
  });
  if (assembly === undefined) return 0;
  const { layers, close } = assembly;
  const code = await runManager({ layers, clock: systemClock, gracefulMs: config.gracefulMs, stop, kill, onEvent: logEvent(log) });
  await close();
  return code;
};

const told = readConfig();
switch (told.is) {
  case 'help':
    process.stdout.write(told.text);
    break;
  case 'mistaken':
    process.stderr.write(`${told.mistakes.join('\n')}\n`);
    process.exitCode = 2;
    break;
  case 'config':
    process.exit(await run(told.config).catch((error: unknown) => {
      process.stderr.write(`start the controller: ${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    }));
}
