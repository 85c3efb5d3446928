import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Dns } from '../../../reconcilers/ports/dns.ts';
import { systemClock } from '../../../src/runtime/clock.ts';
import { dnsOf } from '../dns/in-process.ts';
import { zonesFrom } from '../dns/zone-file.ts';
import { startAwsServer } from './http/server.ts';
import { exampleCredentials, secretsOf } from './http/signature.ts';
import { calmKnobs, hostileKnobs } from './knobs.ts';
import { Random } from './random.ts';
import { createSimulator } from './simulator.ts';

/*
 * An AWS account of one's own, until Ctrl-C:
 *
 *   node test/environment/aws/run.ts [--hostile] [--seed 1] [--port 4566] [--zones zone.json]
 *
 * It prints what a shell, the controller or the `aws` command line needs to talk to it, and the id of a multi-tenant distribution that
 * is there from the start. The zone file is public DNS as AWS sees it (described at `zonesFrom`); an edit of it holds from the next look.
 */

const { values } = parseArgs({
  options: {
    hostile: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '0' },
    zones: { type: 'string' },
  },
});

/** How long a hostile answer is on its way: enough for answers to overtake one another. */
const hostileDelayMs = [0, 500] as const;

/** Zones as the file has them at each question. Without a file nothing exists. */
const dnsFrom = (file: string | undefined): Dns => ({
  lookUp: async (question, signal) => {
    try {
      return await dnsOf(zonesFrom(file === undefined ? '{}' : await readFile(file, 'utf8'))).lookUp(question, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      return { is: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  },
});

function numberFrom(option: 'seed' | 'port'): number {
  const value = Number(values[option]);
  if (!Number.isInteger(value) || value < 0) {
    console.error(`--${option} ${values[option]}: want a whole number, 0 or more`);
    process.exit(2);
  }
  return value;
}

const seed = numberFrom('seed');
const delays = new Random(seed);
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const simulator = createSimulator({ clock: systemClock, seed, dns: dnsFrom(values.zones), knobs: values.hostile ? hostileKnobs : calmKnobs });
const distribution = simulator.operator.createDistribution();
const server = await startAwsServer({
  backend: simulator,
  secretOf: secretsOf(exampleCredentials),
  now: systemClock.now,
  port: numberFrom('port'),
  ...(values.hostile && { responseDelayMs: () => delays.between('response delay', hostileDelayMs) }),
});

console.log(`# ${values.hostile ? 'Hostile' : 'Calm'} AWS, seed ${seed}, Ctrl-C to stop. Multi-tenant distribution: ${distribution.id}
export AWS_ENDPOINT_URL=${server.url}
export AWS_ACCESS_KEY_ID=${exampleCredentials.accessKeyId}
export AWS_SECRET_ACCESS_KEY=${exampleCredentials.secretAccessKey}
export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_EC2_METADATA_DISABLED=true
unset AWS_CA_BUNDLE AWS_PROFILE AWS_SESSION_TOKEN`);

await interrupted;
await server.stop();
