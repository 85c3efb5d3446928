import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { startDnsServer } from './server.ts';
import { zonesFrom } from './zone-file.ts';

/*
 * A DNS server on its own, until Ctrl-C:
 *
 *   node test/environment/dns/run.ts zone.json
 *
 * It prints the address that it serves on, for `dig @127.0.0.1 -p PORT` or the controller's list of DNS servers. The file is described
 * at `zonesFrom`.
 */

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node test/environment/dns/run.ts zone.json');
  process.exit(2);
}

const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
const server = await startDnsServer(zonesFrom(await readFile(file, 'utf8')));
console.log(`Serving DNS on ${server.address} (UDP and TCP), Ctrl-C to stop`);
await interrupted;
await server.stop();
