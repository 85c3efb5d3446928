import { readFile, writeFile } from 'node:fs/promises';
import { iamFiles } from './policies.ts';

/*
 * Writes the policies of helm/iam from the calls that the controller makes; with --check it only compares, and exits 1 where they differ.
 */

const root = new URL('../../', import.meta.url);

for (const [path, text] of iamFiles()) {
  if (!process.argv.includes('--check')) await writeFile(new URL(path, root), text);
  else if ((await readFile(new URL(path, root), 'utf8').catch(() => '')) !== text) {
    process.stderr.write(`${path} is not what reconcilers/ports/aws.ts and helm/iam/*.ts say: run node helm/iam/generate.ts\n`);
    process.exitCode = 1;
  }
}
