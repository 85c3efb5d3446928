import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Members } from '../contract.ts';
import { scripted, serve } from './served.ts';
import type { Heard, Served } from './served.ts';
import { exampleCredentials as credentials } from './signature.ts';

const run = promisify(execFile);

// The machine's own AWS settings stay out: a CA bundle or a profile of its own would make another client of it.
const ownSettings = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
const environment = {
  ...ownSettings,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
};

/** Why the command line here cannot be asked; undefined when it can. Distribution tenants came after the releases most systems package. */
async function whyNot(): Promise<string | undefined> {
  try {
    await run('aws', ['cloudfront', 'list-distribution-tenants', '--generate-cli-skeleton'], { env: environment });
    return undefined;
  } catch {
    return 'there is no aws on the path that knows distribution tenants';
  }
}

const reason = await whyNot();
const created = new Date('2026-09-26T12:00:00.000Z');
const tenant = {
  Id: 'dt_1',
  DistributionId: 'E1',
  Name: 't-1',
  Arn: 'arn:aws:cloudfront::123456789012:distribution-tenant/dt_1',
  Domains: [{ Domain: 'a.example.com' }],
  CreatedTime: created,
  LastModifiedTime: created,
};

const replies: Readonly<Record<string, Record<string, unknown>>> = {
  ListDistributionTenants: { DistributionTenantList: [{ ...tenant, ETag: 'E9' }] },
  CreateDistributionTenant: { DistributionTenant: { ...tenant, Status: 'InProgress', Enabled: true }, ETag: 'E9' },
  DeleteDistributionTenant: {},
  RequestCertificate: { CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c' },
  ListWebACLs: { WebACLs: [{ Name: 'w', Id: 'i', LockToken: 'l', ARN: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/w/i' }] },
  GetCallerIdentity: { Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/platform', UserId: 'AIDAEXAMPLE' },
};

const time = '2026-09-26T12:00:00Z';
const shown = { ...tenant, CreatedTime: time, LastModifiedTime: time };

type Row = { readonly command: string; readonly heard: Omit<Heard, 'caller'>; readonly prints: Members | undefined };

const rows: readonly Row[] = [
  {
    command: 'cloudfront list-distribution-tenants --association-filter DistributionId=E1 --max-items 5',
    heard: { service: 'cloudfront', operation: 'ListDistributionTenants', input: { AssociationFilter: { DistributionId: 'E1' } } },
    prints: { DistributionTenantList: [{ ...shown, ETag: 'E9' }] },
  },
  {
    command:
      'cloudfront create-distribution-tenant --distribution-id E1 --name t-1 --domains Domain=a.example.com --parameters Name=p,Value=v --tags Items=[{Key=k,Value=v}] --enabled',
    heard: {
      service: 'cloudfront',
      operation: 'CreateDistributionTenant',
      input: {
        DistributionId: 'E1',
        Name: 't-1',
        Domains: [{ Domain: 'a.example.com' }],
        Parameters: [{ Name: 'p', Value: 'v' }],
        Tags: { Items: [{ Key: 'k', Value: 'v' }] },
        Enabled: true,
      },
    },
    prints: { ETag: 'E9', DistributionTenant: { ...shown, Status: 'InProgress', Enabled: true } },
  },
  {
    command: `cloudfront delete-distribution-tenant --id ${tenant.Arn} --if-match E9`,
    heard: { service: 'cloudfront', operation: 'DeleteDistributionTenant', input: { Id: tenant.Arn, IfMatch: 'E9' } },
    prints: undefined,
  },
  {
    command: 'acm request-certificate --domain-name a.example.com --validation-method DNS --tags Key=k,Value=v',
    heard: {
      service: 'acm',
      operation: 'RequestCertificate',
      input: { DomainName: 'a.example.com', ValidationMethod: 'DNS', Tags: [{ Key: 'k', Value: 'v' }] },
    },
    prints: replies['RequestCertificate'],
  },
  {
    command: 'wafv2 list-web-acls --scope CLOUDFRONT',
    heard: { service: 'wafv2', operation: 'ListWebACLs', input: { Scope: 'CLOUDFRONT' } },
    prints: replies['ListWebACLs'],
  },
  {
    command: 'sts get-caller-identity',
    heard: { service: 'sts', operation: 'GetCallerIdentity', input: {} },
    prints: replies['GetCallerIdentity'],
  },
];

describe.skipIf(reason !== undefined)(`the aws command line${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  const backend = scripted(({ operation }) => replies[operation] ?? {});
  let served: Served;
  beforeAll(async () => {
    served = await serve(backend);
  });
  afterAll(() => served.stop());

  test.each(rows)('aws $command', { timeout: 60_000 }, async ({ command, heard, prints }) => {
    const { stdout } = await run('aws', ['--endpoint-url', served.url, '--output', 'json', ...command.split(' ')], { env: environment });
    expect(backend.heard.at(-1)).toMatchObject(heard);
    expect(stdout === '' ? undefined : JSON.parse(stdout)).toEqual(prints);
  });

  test('an error is told by its code', { timeout: 60_000 }, async () => {
    const wrong = run('aws', ['--endpoint-url', served.url, 'cloudfront', 'list-connection-groups'], {
      env: { ...environment, AWS_SECRET_ACCESS_KEY: 'guessed' },
    });
    await expect(wrong).rejects.toMatchObject({ stderr: expect.stringContaining('SignatureDoesNotMatch') });
  });
});
