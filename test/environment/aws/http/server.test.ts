import { connect } from 'node:net';
import { once } from 'node:events';
import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import { GetDistributionTenantCommand, ListDistributionTenantsCommand, UpdateDistributionTenantCommand } from '@aws-sdk/client-cloudfront';
import { CreateWebACLCommand, DeleteWebACLCommand } from '@aws-sdk/client-wafv2';
import { expect, onTestFinished, test } from 'vitest';
import { AwsFault, LostAnswer } from '../contract.ts';
import type { Backend } from './protocol.ts';
import type { AwsServerOptions } from './server.ts';
import { clientsOf, scripted, serve } from './served.ts';
import type { Served } from './served.ts';
import { exampleCredentials as credentials } from './signature.ts';

async function started(backend: Backend, options: Partial<AwsServerOptions> = {}): Promise<Served> {
  const served = await serve(backend, options);
  onTestFinished(() => served.stop());
  return served;
}

const failing = (error: Error): Backend =>
  scripted(() => {
    throw error;
  });
const list = new ListDistributionTenantsCommand({});

test('the backend hears what the SDK was told, empty members included', async () => {
  const backend = scripted();
  const { cloudfront } = await started(backend);
  await cloudfront.send(
    new UpdateDistributionTenantCommand({
      Id: 'arn:aws:cloudfront::1:distribution-tenant/dt_1',
      IfMatch: 'E1',
      Customizations: {},
      Parameters: [],
    }),
  );
  expect(backend.heard).toEqual([
    {
      service: 'cloudfront',
      operation: 'UpdateDistributionTenant',
      input: { Id: 'arn:aws:cloudfront::1:distribution-tenant/dt_1', IfMatch: 'E1', Customizations: {}, Parameters: [] },
      caller: credentials.accessKeyId,
    },
  ]);
});

test('a CloudFront error is the SDK’s own class, with status and request id', async () => {
  const fault = new AwsFault('EntityNotFound', { status: 404, message: 'no such tenant' });
  fault.requestId = 'request-7';
  const { cloudfront } = await started(failing(fault));
  await expect(cloudfront.send(new GetDistributionTenantCommand({ Identifier: 'x' }))).rejects.toMatchObject({
    name: 'EntityNotFound',
    message: 'no such tenant',
    $fault: 'client',
    $metadata: { httpStatusCode: 404, requestId: 'request-7' },
  });
});

test('a WAF error keeps its members', async () => {
  const { wafv2 } = await started(
    failing(new AwsFault('WAFInvalidParameterException', { status: 400, message: 'bad', members: { Field: 'WEB_ACL', Reason: 'why' } })),
  );
  await expect(wafv2.send(new DeleteWebACLCommand({ Name: 'a', Scope: 'CLOUDFRONT', Id: 'i', LockToken: 'l' }))).rejects.toMatchObject({
    name: 'WAFInvalidParameterException',
    message: 'bad',
    Field: 'WEB_ACL',
    Reason: 'why',
  });
});

test('a lost answer ends the connection without a word, and the next call is served', async () => {
  const answers = [new LostAnswer('r-1'), undefined];
  const { cloudfront } = await started(
    scripted(() => {
      const next = answers.shift();
      if (next !== undefined) throw next;
      return {};
    }),
  );
  await expect(cloudfront.send(list)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(cloudfront.send(list)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
});

test('an error that is no fault, and an answer AWS could not give, are internal failures told in full', async () => {
  const broken = await started(failing(new RangeError('index out of range')));
  await expect(broken.acm.send(new ListCertificatesCommand({}))).rejects.toMatchObject({
    name: 'InternalFailure',
    message: 'index out of range',
    $metadata: { httpStatusCode: 500 },
  });
  const careless = await started(scripted(() => ({ Tenants: [] })));
  await expect(careless.cloudfront.send(list)).rejects.toMatchObject({
    name: 'InternalFailure',
    message: 'write ListDistributionTenants: Tenants is not a member of ListDistributionTenantsResult',
  });
});

test('a wrong secret is refused in the words of each protocol', async () => {
  const { url } = await started(scripted());
  const impostor = clientsOf(url, { ...credentials, secretAccessKey: 'guessed' });
  onTestFinished(() => impostor.destroy());
  await expect(impostor.cloudfront.send(list)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } });
  await expect(impostor.acm.send(new ListCertificatesCommand({}))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
    $metadata: { httpStatusCode: 400 },
  });
});

test('a body above the bound is refused, whoever sent it, and the process stays up', async () => {
  const { wafv2, cloudfront } = await started(scripted());
  const VisibilityConfig = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: 'm' };
  const tooLarge = new CreateWebACLCommand({
    Name: 'a',
    Scope: 'CLOUDFRONT',
    DefaultAction: { Allow: {} },
    VisibilityConfig,
    Description: 'x'.repeat(1 << 20),
  });
  await expect(wafv2.send(tooLarge)).rejects.toMatchObject({ name: 'RequestTooLargeException', $metadata: { httpStatusCode: 413 } });
  await expect(cloudfront.send(list)).resolves.toBeDefined();
});

test.each([
  '\u0000\u0001\u0002\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc',
  'GET /%00%zz?%zz=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
])('raw bytes %j do not end the process', async (bytes) => {
  const { url, cloudfront } = await started(scripted());
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.resume();
  socket.end(bytes);
  await once(socket, 'close');
  await expect(cloudfront.send(list)).resolves.toBeDefined();
});

test('an answer is held back for as long as it is told', async () => {
  const held: { delayMs: number; run: () => void }[] = [];
  const waiting = Promise.withResolvers<undefined>();
  const after = (delayMs: number, run: () => void): (() => void) => {
    held.push({ delayMs, run });
    waiting.resolve(undefined);
    return () => undefined;
  };
  const { cloudfront } = await started(scripted(), { responseDelayMs: () => 1_500, after });
  let answered = false;
  const sent = cloudfront.send(list).finally(() => {
    answered = true;
  });
  await waiting.promise;
  expect({ answered, delays: held.map(({ delayMs }) => delayMs) }).toEqual({ answered: false, delays: [1_500] });
  held[0]?.run();
  await sent;
});

test('a stopped server has freed its port, with clients still connected', async () => {
  const served = await serve(scripted());
  await served.cloudfront.send(list);
  await served.stop();
  const again = await started(scripted(), { port: Number(new URL(served.url).port) });
  expect(again.url).toBe(served.url);
});
