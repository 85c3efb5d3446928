import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AwsFault } from '../contract.ts';
import type { Members } from '../contract.ts';
import { faultFrom } from './protocol.ts';
import type { WireRequest } from './protocol.ts';
import { restXml } from './rest-xml.ts';

const request = (method: string, target: string, body = '', headers: Readonly<Record<string, string>> = {}): WireRequest => {
  const [path = '', search = ''] = target.split('?');
  return { method, path: `/2020-05-31${path}`, query: Object.fromEntries(new URLSearchParams(search)), headers, body: Buffer.from(body) };
};

const xmlns = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"';
const update = (inner: string): WireRequest =>
  request('PUT', '/distribution-tenant/dt_1', `<UpdateDistributionTenantRequest ${xmlns}>${inner}</UpdateDistributionTenantRequest>`, {
    'if-match': 'E1',
  });

test('a request as the SDK sent it to AWS is read member by member', async () => {
  const body = readFileSync(new URL('fixtures/create-distribution-tenant.xml', import.meta.url), 'utf8');
  expect(await restXml.read(request('POST', '/distribution-tenant', body))).toEqual({
    operation: 'CreateDistributionTenant',
    input: {
      DistributionId: 'E1',
      Name: 't-1',
      Domains: [{ Domain: 'a.example.com' }],
      Tags: { Items: [{ Key: 'k', Value: 'v' }] },
      Customizations: {
        WebAcl: { Action: 'override', Arn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/x/y' },
        Certificate: { Arn: 'arn:aws:acm:us-east-1:123456789012:certificate/c' },
        GeoRestrictions: { RestrictionType: 'whitelist', Locations: ['US'] },
      },
      Parameters: [{ Name: 'p', Value: 'v' }],
      ConnectionGroupId: 'cg_1',
      ManagedCertificateRequest: {
        ValidationTokenHost: 'cloudfront',
        PrimaryDomainName: 'a.example.com',
        CertificateTransparencyLoggingPreference: 'enabled',
      },
      Enabled: true,
    },
  });
});

describe('what an update leaves out, empties or fills', () => {
  const rows: readonly { name: string; given: WireRequest; want: Members }[] = [
    { name: 'no body at all', given: request('PUT', '/distribution-tenant/dt_1', '', { 'if-match': 'E1' }), want: {} },
    { name: 'an empty root', given: update(''), want: {} },
    { name: 'one member', given: update('<Enabled>false</Enabled>'), want: { Enabled: false } },
    { name: 'an empty structure', given: update('<Customizations/>'), want: { Customizations: {} } },
    { name: 'an empty list', given: update('<Parameters/>'), want: { Parameters: [] } },
    { name: 'an empty text', given: update('<ConnectionGroupId></ConnectionGroupId>'), want: { ConnectionGroupId: '' } },
    {
      name: 'an empty list below a structure',
      given: update('<Customizations><GeoRestrictions><Locations/></GeoRestrictions></Customizations>'),
      want: { Customizations: { GeoRestrictions: { Locations: [] } } },
    },
  ];
  test.each(rows)('$name', async ({ given, want }) => {
    expect(await restXml.read(given)).toEqual({ operation: 'UpdateDistributionTenant', input: { Id: 'dt_1', IfMatch: 'E1', ...want } });
  });
});

test('a header that is in the body is not the header', async () => {
  const body = `<UpdateDistributionTenantRequest ${xmlns}><IfMatch>E2</IfMatch><Id>dt_2</Id></UpdateDistributionTenantRequest>`;
  const { input } = await restXml.read(request('PUT', '/distribution-tenant/dt_1', body));
  expect(input).toEqual({ Id: 'dt_1' });
});

describe('what is not understood', () => {
  const rows: readonly { name: string; given: WireRequest; want: { name: string; status: number } }[] = [
    { name: 'text that is not XML', given: update('<Enabled>'), want: { name: 'MalformedInput', status: 400 } },
    {
      name: 'a number that is none',
      given: request(
        'POST',
        '/distribution-tenants',
        '<ListDistributionTenantsRequest><MaxItems>many</MaxItems></ListDistributionTenantsRequest>',
      ),
      want: { name: 'MalformedInput', status: 400 },
    },
    {
      name: 'a structure where a text belongs',
      given: update('<ConnectionGroupId><Id>cg_1</Id></ConnectionGroupId>'),
      want: { name: 'MalformedInput', status: 400 },
    },
    {
      name: 'a document deeper than any',
      given: request('POST', '/distribution-tenant', '<a>'.repeat(300_000)),
      want: { name: 'MalformedInput', status: 400 },
    },
    { name: 'a broken percent-encoding', given: request('GET', '/distribution-tenant/%zz'), want: { name: 'MalformedInput', status: 400 } },
    { name: 'a path of no operation', given: request('GET', '/distribution-tenantz'), want: { name: 'UnknownOperationException', status: 404 } },
    {
      name: 'a method of no operation',
      given: request('PATCH', '/distribution-tenant/dt_1'),
      want: { name: 'UnknownOperationException', status: 404 },
    },
  ];
  test.each(rows)('$name is refused', async ({ given, want }) => {
    const refused: unknown = await restXml.read(given).catch((error: unknown) => error);
    expect(faultFrom(refused, restXml)).toMatchObject({ ...want, side: 'client' });
  });
});

describe('answers', () => {
  const created = new Date('2026-09-26T12:00:00.000Z');

  test('a payload is the root, its ETag a header, its items members', () => {
    const tenant = {
      Id: 'dt_1',
      Domains: [{ Domain: 'a.example.com', Status: 'active' }],
      Tags: { Items: [{ Key: 'k', Value: 'a<b' }] },
      CreatedTime: created,
      Enabled: true,
    };
    expect(restXml.write('CreateDistributionTenant', { DistributionTenant: tenant, ETag: 'E9' }, 'r')).toEqual({
      status: 201,
      headers: { etag: 'E9', 'content-type': 'text/xml' },
      body:
        `<?xml version="1.0"?>\n<DistributionTenant ${xmlns}><Id>dt_1</Id><Domains><member><Domain>a.example.com</Domain><Status>active</Status></member></Domains>` +
        '<Tags><Items><Tag><Key>k</Key><Value>a&lt;b</Value></Tag></Items></Tags><CreatedTime>2026-09-26T12:00:00Z</CreatedTime><Enabled>true</Enabled></DistributionTenant>',
    });
  });

  test('without a payload the root is the result of the operation', () => {
    const { body } = restXml.write('ListDistributionTenants', { NextMarker: 'm', DistributionTenantList: [{ Id: 'dt_1' }] }, 'r');
    expect(body).toBe(
      `<?xml version="1.0"?>\n<ListDistributionTenantsResult ${xmlns}><NextMarker>m</NextMarker><DistributionTenantList>` +
        '<DistributionTenantSummary><Id>dt_1</Id></DistributionTenantSummary></DistributionTenantList></ListDistributionTenantsResult>',
    );
  });

  test('a result without members of the body still has its root and keeps the ETag in a header', () => {
    expect(restXml.write('DisassociateDistributionTenantWebACL', { Id: 'dt_1', ETag: 'E2' }, 'r')).toMatchObject({
      status: 200,
      headers: { etag: 'E2' },
      body: `<?xml version="1.0"?>\n<DisassociateDistributionTenantWebACLResult ${xmlns}><Id>dt_1</Id></DisassociateDistributionTenantWebACLResult>`,
    });
  });

  test('nothing to say is 204', () => {
    expect(restXml.write('DeleteDistributionTenant', {}, 'r')).toEqual({ status: 204, headers: {}, body: '' });
  });

  test('a member AWS does not have is the simulator’s mistake', () => {
    expect(() => restXml.write('GetDistributionTenant', { DistributionTenant: { id: 'dt_1' } }, 'r')).toThrow(
      /DistributionTenant\.id is not a member/,
    );
  });

  test('an error has its envelope', () => {
    const fault = new AwsFault('CNAMEAlreadyExists', { status: 409, message: 'a & b' });
    expect(restXml.refuse(fault, 'r-1')).toEqual({
      status: 409,
      headers: { 'content-type': 'text/xml' },
      body:
        `<?xml version="1.0"?>\n<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>CNAMEAlreadyExists</Code><Message>a &amp; b</Message></Error>` +
        '<RequestId>r-1</RequestId></ErrorResponse>',
    });
  });
});
