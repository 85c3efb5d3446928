import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { measureInProcess } from './in-process.ts';
import { managedWebAcl } from './manifests.ts';
import { coldStart, edit, onboard, rest } from './phases.ts';
import { help, readSettings, type Settings } from './settings.ts';
import { Stage } from './stage.ts';
import { type Figures, tableOf, virtualTableOf } from './table.ts';
import { editTier } from './tier-edits.ts';

/*
 * Measures one controller process on a fleet of tenants, against a real API server, a simulated AWS account on the wire and real DNS:
 *
 *   npm run bench -- --tenants 1000 --rate-scale 10 --json bench.json
 *
 * It ends by itself, with code 0 when everything was measured, whatever the figures are.
 */

const told = <Value>(what: string, phase: () => Promise<Value>): Promise<Value> => {
  console.error(`# ${what}`);
  return phase();
};

const measure = async (settings: Settings, onWorld: (stop: () => Promise<void>) => void): Promise<Figures> => {
  const stage = await told('starting the world', () => Stage.start(settings, onWorld));
  const onboarding = await told(`onboarding ${settings.tenants} tenants`, () => onboard(stage, settings));
  const atRest = await told('a minute at rest', () => rest(stage));
  const cold = await told('starting another process', () => coldStart(stage, settings));
  const tierEdits = await told('editing the tier', () => editTier(stage, settings, managedWebAcl(settings.tenants)));
  const edits = await told('editing specs', () => edit(stage, settings));
  return { settings, onboarding, rest: atRest, coldStart: cold, tierEdits, edits };
};

const measureWorld = async (settings: Settings): Promise<Figures> => {
  const stops: (() => Promise<void>)[] = [];
  const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]).then(() => undefined);
  try {
    const figures = await Promise.race([measure(settings, (stop) => stops.push(stop)), interrupted]);
    if (figures === undefined) throw new Error('measure the controller: interrupted');
    return figures;
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
};

const run = async (settings: Settings): Promise<void> => {
  const figures = settings.inProcess ? await measureInProcess(settings) : await measureWorld(settings);
  console.log('toReady' in figures ? virtualTableOf(figures) : tableOf(figures));
  if (settings.json !== undefined) await writeFile(settings.json, `${JSON.stringify(figures, undefined, 2)}\n`);
};

const words = readSettings(process.argv.slice(2));
switch (words.is) {
  case 'help':
    console.log(help);
    break;
  case 'mistaken':
    console.error(words.mistake);
    process.exitCode = 2;
    break;
  case 'settings':
    await run(words.settings).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    });
    process.exit();
}
