import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { expect, onTestFinished, test } from 'vitest';
import { clientsOf } from './served.ts';

const script = fileURLToPath(new URL('../run.ts', import.meta.url));

type Running = { readonly printed: string; readonly interrupt: () => Promise<number | null> };

async function running(...options: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, [script, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8');
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += String(chunk);
    if (printed.includes('unset')) break;
  }
  const interrupt = async (): Promise<number | null> => {
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    const [code]: unknown[] = await exited;
    return typeof code === 'number' ? code : null;
  };
  return { printed, interrupt };
}

test.each([[['--seed', '3']], [['--hostile', '--seed', '3']]])(
  'an account of one’s own is served as it says, and gone after Ctrl-C: %j',
  { timeout: 30_000 },
  async (options) => {
    const { printed, interrupt } = await running(...options);
    const shown = Object.fromEntries([...printed.matchAll(/(AWS_\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
    const { AWS_ENDPOINT_URL: url = '', AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = shown;
    const clients = clientsOf(url, { accessKeyId, secretAccessKey });
    onTestFinished(() => clients.destroy());

    const { DistributionList: list } = await clients.cloudfront.send(new ListDistributionsCommand({}));
    expect(printed).toContain(`Multi-tenant distribution: ${list?.Items?.[0]?.Id ?? 'none'}`);

    expect(await interrupt()).toBe(0);
    await expect(clients.cloudfront.send(new ListDistributionsCommand({}))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  },
);
