import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { CredentialCache, inClusterSource, kubeconfigSource } from '../../../src/kubernetes/auth.ts';
import type { Credentials } from '../../../src/kubernetes/auth.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'auth-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  return folder;
};

const pod = { token: 'secret\n', 'ca.crt': 'PEM' };

test('a pod uses its mounted files and the address it is given', async () => {
  const folder = await folderWith(pod);
  expect(await inClusterSource({ host: '10.0.0.1', port: '443', folder })()).toEqual({
    server: 'https://10.0.0.1:443',
    headers: { authorization: 'Bearer secret' },
    tls: { ca: 'PEM' },
  });
});

test('an IPv6 address of the service is put in brackets', async () => {
  const folder = await folderWith(pod);
  expect((await inClusterSource({ host: 'fd00::1', port: '6443', folder })()).server).toBe('https://[fd00::1]:6443');
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const kubeconfig = (more: { readonly context: string; readonly cluster?: string; readonly user?: string }): string => `
apiVersion: v1
kind: Config
current-context: ${more.context}
contexts: [{ name: ${more.context}, context: { cluster: c-${more.context}, user: u-${more.context} } }]
clusters: [{ name: c-${more.context}, cluster: { server: "https://127.0.0.1:6443/", ${more.cluster ?? ''} } }]
users: [{ name: u-${more.context}, user: { ${more.user ?? ''} } }]
`;

test('a kubeconfig gives server, certificates and token of its current context', async () => {
  const cluster = `certificate-authority-data: ${base64('CA')}, tls-server-name: kubernetes`;
  const user = `client-certificate-data: ${base64('CERT')}, client-key-data: ${base64('KEY')}, token: t`;
  const folder = await folderWith({ config: kubeconfig({ context: 'one', cluster, user }) });
  expect(await kubeconfigSource([join(folder, 'config')])()).toEqual({
    server: 'https://127.0.0.1:6443',
    headers: { authorization: 'Bearer t' },
    tls: { ca: 'CA', cert: 'CERT', key: 'KEY', servername: 'kubernetes' },
  });
});

test('of several kubeconfigs the first says which context is current', async () => {
  const folder = await folderWith({ first: kubeconfig({ context: 'one', user: 'token: first' }), second: kubeconfig({ context: 'two', user: 'token: second' }) });
  expect((await kubeconfigSource([join(folder, 'first'), join(folder, 'second')])()).headers).toEqual({ authorization: 'Bearer first' });
});

test('a cluster behind a proxy is refused rather than reached past it', async () => {
  const folder = await folderWith({ config: kubeconfig({ context: 'one', cluster: 'proxy-url: "http://127.0.0.1:1"' }) });
  await expect(kubeconfigSource([join(folder, 'config')])()).rejects.toThrow(/proxy-url is not supported/);
});

const counting = () => {
  const clock = createVirtualClock();
  const reads: Credentials[] = [];
  const broken = { is: false };
  const cache = new CredentialCache(async () => {
    await Promise.resolve();
    if (broken.is) throw new Error('file is being replaced');
    const credentials = { server: 'https://x', headers: { authorization: String(reads.length) }, tls: {} };
    reads.push(credentials);
    return credentials;
  }, clock);
  return { clock, reads, broken, cache };
};

test('credentials are read once however many ask together, and again after a minute', async () => {
  const { clock, reads, cache } = counting();
  await Promise.all(Array.from({ length: 50 }, () => cache.current()));
  await clock.advance(59_999);
  await cache.current();
  expect(reads.length).toBe(1);
  await clock.advance(1);
  expect(await cache.current()).toBe(reads[1]);
});

test('refused credentials are read anew, once for all who were refused', async () => {
  const { reads, cache } = counting();
  const refused = await cache.current();
  cache.drop(refused);
  const renewed = await cache.current();
  cache.drop(refused);
  expect(await cache.current()).toBe(renewed);
  expect(reads.length).toBe(2);
});

test('a file that cannot be read for a moment does not take away what is held, unless it was refused', async () => {
  const { clock, reads, broken, cache } = counting();
  await cache.current();
  broken.is = true;
  await clock.advance(60_000);
  const held = await cache.current();
  expect(held).toBe(reads[0]);
  cache.drop(held);
  await expect(cache.current()).rejects.toThrow(/being replaced/);
  broken.is = false;
  expect(await cache.current()).toBe(reads[1]);
});
