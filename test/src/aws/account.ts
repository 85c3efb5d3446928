import { Failure } from '../../../reconcilers/failure.ts';
import { type Aws, awsOperations, type Call, layered, type Layer } from '../../../reconcilers/ports/aws.ts';
import type { Clock } from '../../../src/runtime/clock.ts';
import { pause } from '../../../src/aws/pause.ts';

/** One call that was made. */
export type Made = { readonly name: keyof Aws; readonly input: unknown; readonly atMs: number };

/** A small account in memory: tenants and certificates in pages, groups, distributions. Each call takes `latencyMs` by the clock. */
export type Account = State & { readonly aws: Aws };

type State = {
  readonly made: Made[];
  readonly tenants: Map<string, { etag: string; enabled: boolean; certificateArn?: string }>;
  readonly certificates: Map<string, { names: readonly string[]; status: 'ISSUED' | 'PENDING_VALIDATION' }>;
  readonly distributions: Map<string, { enabled: boolean }>;
  readonly groups: Map<string, { isDefault: boolean }>;
  /** By name. */
  readonly webAcls: Set<string>;
  /** The next calls of a name fail with these, one each. */
  readonly failures: { name: keyof Aws; failure: Failure }[];
  pageSize: number;
  latencyMs: number;
};

/** How a failure of AWS looks once it is classified. */
export const failing = (code: string, kind: Failure['kind'] = 'blocked'): Failure => new Failure({ kind, reason: 'AWSError', code, message: `call AWS: ${code}: no` });

const notFound = (code: string): Failure => failing(code, 'conflict');

/** An empty account. */
export const createAccount = (clock: Clock): Account => {
  const account: State = {
    made: [],
    tenants: new Map(),
    certificates: new Map(),
    distributions: new Map(),
    groups: new Map(),
    webAcls: new Set(),
    failures: [],
    pageSize: 2,
    latencyMs: 10,
  };
  const observed: Layer = (name, call) => async (input, signal) => {
    account.made.push({ name, input, atMs: clock.now().getTime() });
    const at = account.failures.findIndex((failure) => failure.name === name);
    const [planned] = at < 0 ? [] : account.failures.splice(at, 1);
    await pause(clock, account.latencyMs, signal);
    if (planned !== undefined) throw planned.failure;
    return call(input, signal);
  };
  return Object.assign(account, { aws: layered(answersOf(account), observed) });
};

const refused: Call<unknown, never> = () => Promise.reject(new Error('call the account in memory: it does not know this operation'));

/** Every operation, refused: those that the account knows go over it. */
const unknown = Object.fromEntries(Object.keys(awsOperations).map((name) => [name, refused])) as unknown as Aws;

/** One page of `all` from the item that `marker` names, and the marker of the next. */
const page = <Item>(all: readonly Item[], size: number, marker: string | undefined): { items: Item[]; next: string | undefined } => {
  const from = Number(marker ?? 0);
  return { items: all.slice(from, from + size), next: from + size < all.length ? String(from + size) : undefined };
};

const answersOf = (account: State): Aws => ({
  ...unknown,
  listDistributionTenants: async ({ Marker }) => {
    const { items, next } = page([...account.tenants.keys()], account.pageSize, Marker);
    return { DistributionTenantList: items.map((name) => tenantOf(account, name)), ...(next === undefined ? {} : { NextMarker: next }) };
  },
  getDistributionTenant: async ({ Identifier = '' }) => {
    if (!account.tenants.has(Identifier)) throw notFound('EntityNotFound');
    const { ETag, ...tenant } = tenantOf(account, Identifier);
    return { DistributionTenant: tenant, ETag };
  },
  listCertificates: async ({ NextToken }) => {
    const { items, next } = page([...account.certificates], account.pageSize, NextToken);
    const summaries = items.map(([arn, { names, status }]) => ({ CertificateArn: arn, Status: status, DomainName: names[0], SubjectAlternativeNameSummaries: [...names], Type: 'AMAZON_ISSUED' as const }));
    return { CertificateSummaryList: summaries, ...(next === undefined ? {} : { NextToken: next }) };
  },
  listConnectionGroups: async () => ({
    ConnectionGroups: [...account.groups].map(([id, { isDefault }]) => ({
      Id: id, Name: id, Arn: `arn:aws:cloudfront::111122223333:connection-group/${id}`, RoutingEndpoint: `D${id}.CloudFront.net`, IsDefault: isDefault,
      ETag: 'E1', Enabled: true, Status: 'Deployed', CreatedTime: created, LastModifiedTime: created,
    })),
  }),
  listWebAcls: async () => ({ WebACLs: [...account.webAcls].map((name) => ({ Name: name, Id: name, LockToken: 'l1', ARN: `arn:aws:wafv2:us-east-1:111122223333:global/webacl/${name}/${name}` })) }),
  getDistribution: async ({ Id = '' }) => {
    const distribution = account.distributions.get(Id);
    if (distribution === undefined) throw notFound('NoSuchDistribution');
    const config = { CallerReference: 'c', Comment: '', Enabled: distribution.enabled, ConnectionMode: 'tenant-only' as const, Origins: undefined, DefaultCacheBehavior: undefined };
    return { Distribution: { Id, ARN: `arn:${Id}`, Status: 'Deployed', DomainName: '', LastModifiedTime: created, InProgressInvalidationBatches: 0, DistributionConfig: config } };
  },
});

const created = new Date('2030-01-01T00:00:00Z');

const tenantOf = (account: State, name: string) => {
  const { etag = '', enabled = true, certificateArn } = account.tenants.get(name) ?? {};
  return {
    Id: `dt_${name}`, Arn: `arn:aws:cloudfront::111122223333:distribution-tenant/dt_${name}`, Name: name, DistributionId: 'E2EXAMPLE', ETag: etag, Enabled: enabled, Status: 'Deployed',
    Domains: [{ Domain: `${name}.example.com`, Status: 'active' as const }], CreatedTime: created, LastModifiedTime: created,
    ...(certificateArn === undefined ? {} : { Customizations: { Certificate: { Arn: certificateArn } } }),
  };
};
