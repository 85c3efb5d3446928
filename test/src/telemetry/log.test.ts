import { expect, test } from 'vitest';
import { createLog } from '../../../src/telemetry/log.ts';
import type { LogLevel } from '../../../src/telemetry/log.ts';

const linesAt = (level: LogLevel) => {
  const lines: string[] = [];
  const log = createLog({ level, clock: { now: () => new Date('2030-01-01T00:00:00.000Z') }, write: (line) => void lines.push(line) });
  return { log, lines, parsed: (): readonly unknown[] => lines.map((line): unknown => JSON.parse(line)) };
};

test('a line is one JSON object with level, time, message, and the fields of its log and its own', () => {
  const { log, parsed } = linesAt('info');
  log.with({ controller: 'tenantdomain' }).with({ key: 'shop/a' }).info('Created distribution tenant', { verb: 'Create' });
  expect(parsed()).toEqual([{ level: 'info', time: '2030-01-01T00:00:00.000Z', controller: 'tenantdomain', key: 'shop/a', verb: 'Create', message: 'Created distribution tenant' }]);
});

test('a level leaves out what is more talkative', () => {
  const { log, parsed } = linesAt('warn');
  log.error('a');
  log.warn('b');
  log.info('c');
  log.debug('d');
  expect(parsed()).toMatchObject([{ message: 'a' }, { message: 'b' }]);
  expect(parsed()).toHaveLength(2);
});

test('of an error are written its name, code, message, stack and causes, and nothing that hangs on it', () => {
  const { log, parsed } = linesAt('info');
  const cause = new Error('socket closed', { cause: 'reset' });
  const error = Object.assign(new TypeError('get tenant "a": no answer', { cause }), { code: 'ECONNRESET', $response: { headers: { cookie: 'long' } } });
  log.error('Broke off pass', { error });
  const stack: unknown = expect.stringContaining('log.test.ts');
  expect(parsed()).toMatchObject([{ error: { name: 'TypeError', code: 'ECONNRESET', message: 'get tenant "a": no answer', stack, cause: ['Error: socket closed', 'reset'] } }]);
  expect(JSON.stringify(parsed())).not.toContain('cookie');
});

test('something thrown that is no error is told as what it is', () => {
  const { log, parsed } = linesAt('info');
  log.error('a', { error: 'boom' });
  log.error('b', { error: { password: 'x' } });
  expect(parsed()).toMatchObject([{ error: 'boom' }, { error: 'a thrown object' }]);
});

const canary = 'c4n4ryc4n4ryc4n4ryXx';

test.each([
  { name: 'an authorization header in a nested object', fields: { request: { headers: { Authorization: `Bearer ${canary}` } } } },
  { name: 'a bearer token in the middle of a message', fields: { text: `got 401 for Bearer ${canary}, again` } },
  { name: 'a user and a password in the middle of a message', fields: { text: `sent Basic ${canary}== and got 401` } },
  { name: 'a bearer token written in lower case', fields: { text: `sent authorization: bearer k8s-aws-v1.${canary}` } },
  { name: 'a user and a password written in lower case', fields: { text: `sent authorization: basic ${canary}` } },
  { name: 'a user and a password of small letters that had to be filled up', fields: { text: `sent Basic ${canary.toLowerCase().replaceAll(/\d/g, 'a')}==` } },
  { name: 'AWS credentials as the SDK has them', fields: { credentials: { secretAccessKey: canary, sessionToken: canary } } },
  { name: 'an access key id', fields: { text: 'key AKIAC4N4RYC4N4RYC4N4 was used' } },
  { name: 'a web identity token', fields: { text: `token eyJhbGciOiJSUzI1NiJ9.eyJ${canary}.${canary} expired` } },
  { name: 'a signed query', fields: { url: `https://sts.amazonaws.com/?X-Amz-Credential=${canary}&X-Amz-Signature=${canary}` } },
  { name: 'the signature of a request', fields: { text: `AWS4-HMAC-SHA256 Credential=${canary}/us-east-1, SignedHeaders=host, Signature=${canary}` } },
  { name: 'a private key', fields: { text: `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n${canary}\n-----END RSA PRIVATE KEY-----` } },
  { name: 'a secret with a quote in it', fields: { password: `a"b\\${canary}` } },
  { name: 'an error whose message has a token', fields: { error: new Error(`refused: Bearer ${canary}`) } },
])('$name never gets into the log, and the line is still JSON', ({ fields }) => {
  const { log, lines, parsed } = linesAt('debug');
  log.info('Said', { ...fields, key: 'shop/a' });
  expect(lines.join('').toLowerCase()).not.toContain(canary.slice(0, 10).toLowerCase());
  expect(parsed()).toMatchObject([{ key: 'shop/a', message: 'Said' }]);
});

test.each(['the tier basic protects 3 tenants', 'the tier basic does not allow', 'Basic tier', 'Basic protection', 'the bearer of this', 'Bearer certificate'])('"%s" hides nothing', (text) => {
  const { log, parsed } = linesAt('info');
  log.info('Said', { text });
  expect(parsed()).toMatchObject([{ text }]);
});
