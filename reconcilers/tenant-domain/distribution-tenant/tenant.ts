import type { DomainName } from '../../../crds/domain-name.ts';
import type { Reason } from '../../../crds/reasons.ts';
import type { Parameter } from '../../../crds/types.ts';
import type { Action } from '../../contract.ts';
import type { Seen } from '../../failure.ts';
import { configHashOf } from '../../names.ts';
import type { Slot } from '../../placement.ts';
import type { GeoChoice, TenantSummary, WebAclChoice } from '../../ports/fleet.ts';
import type { Seat } from '../../seats.ts';

/*
 *            create                          names active
 *   absent ─────────> InProgress ──────────────────────────> served
 *     ^               ^    │ update (drift, spec, certificate)  │
 *     │               └────┴────────────────────────────────────┘
 *     └── delete ── disabled, Deployed <── disable ─────────────┘
 */

export const concern = 'Programmed';

/** Everything CloudFront is told of a tenant, whole: a partial Customizations would drop the rest (R5). All lists sorted. */
export type TenantConfig = {
  readonly distributionId: string;
  /** Undefined: the account's default group, which CloudFront makes on first use. */
  readonly connectionGroupId: string | undefined;
  readonly domains: readonly DomainName[];
  readonly certificateArn: string | undefined;
  readonly webAcl: WebAclChoice;
  readonly geo: GeoChoice | undefined;
  readonly parameters: readonly Parameter[];
  readonly enabled: boolean;
};

/** A tenant as it is. `parameters` is undefined where only a list was read (R13). */
export type Tenant = TenantSummary & { readonly parameters: readonly Parameter[] | undefined };

/** `foreign`: a tenant by our name that does not carry our mark. */
export type TenantView = { readonly is: 'absent' } | { readonly is: 'foreign'; readonly arn: string } | { readonly is: 'present'; readonly tenant: Tenant };

/** What we last wrote: enough to tell, from a list alone, that nothing changed since. */
export type Written = { readonly etag: string; readonly configHash: string };

/**
 * How an update takes a tenant to another distribution: with everything else that changes, or, where AWS refused that, the distribution and
 * its parameters alone.
 */
export type Moving = 'together' | 'alone';

/** AWS would not move the tenant to distribution `to`: in whose words, and what was asked of it. */
export type MoveRefusal = { readonly to: string; readonly moving: Moving; readonly message: string };

/** CloudFront does not see yet that these names lead to it. It is asked again for them in so long. */
export type Unproved = { readonly names: readonly DomainName[]; readonly message: string; readonly againInMs: number };

/** What was said of an update that CloudFront took, leaving something as it was, and what it asked for (`hashOfConfig`). */
export type NotTaken = { readonly configHash: string; readonly message: string };

/** What AWS refused in the last minutes teaches. */
export type Lessons = {
  /** After a refusal that names no domain, names are added one by one. `refusedAlone`: those that were, and someone else holds. */
  readonly cautious: boolean;
  readonly refusedAlone: readonly DomainName[];
  /** After an update that AWS would not validate: disable with nothing else said. */
  readonly disableAlone: boolean;
  /** After an update that AWS would not validate while names wait for their certificate: change the rest without them. */
  readonly activeOnly: boolean;
  /** Web ACLs without a seat, whatever we counted. None where it is the account that may have no more tenants. */
  readonly fullAcls: readonly string[];
  readonly moveRefusals: readonly MoveRefusal[];
  readonly unproved: Unproved | undefined;
  readonly notTaken: readonly NotTaken[];
};

export type TenantObserved = Lessons & {
  readonly tenant: Seen<TenantView>;
  /** Names that another tenant of this account holds, looked up only after a refusal. */
  readonly taken: readonly DomainName[];
  /** The web ACL that the tenant named itself carries the tag that allows its namespace. */
  readonly webAclAllowed: Seen<boolean>;
  /** The tier's own web ACLs to choose from, in their order; the one that the tenant has, and that alone, where it is among them. */
  readonly slots: Seen<readonly Slot[]>;
};

/** That CloudFront shall ask for a certificate of its own with the next write. @see ManagedCertificateRequest.ValidationTokenHost */
export type CertificateRequest = { readonly host: 'cloudfront' | 'self-hosted' };

/**
 * What the tenant has to go without for now, its present state being kept: a web ACL without which it is not created either, a certificate to
 * be served with elsewhere, or the move itself. None moves to another distribution.
 */
export type Lack = { readonly of: 'webAcl' | 'certificate' | 'move'; readonly reason: Reason; readonly message: string };

export type TenantSpec = TenantConfig & {
  readonly name: string;
  readonly written: Written | undefined;
  /** The seat that goes with `webAcl` where that is one of the tier's own. */
  readonly seat: Seat | undefined;
  readonly request: CertificateRequest | undefined;
  readonly lacks: Lack | undefined;
  /** In which words it was told of this spec that CloudFront refuses the move. */
  readonly moveRefused: string | undefined;
};

type Base = Action & { readonly name: string };
/** What a write takes with it, beside the configuration. */
type Takes = { readonly seat: Seat | undefined; readonly request: CertificateRequest | undefined };
export type CreateTenant = Base & { readonly verb: 'CreateDistributionTenant'; readonly config: TenantConfig } & Takes;
export type UpdateTenant = Base & Takes & {
  readonly verb: 'UpdateDistributionTenant';
  readonly id: string;
  readonly etag: string;
  readonly config: TenantConfig;
  readonly adds: readonly DomainName[];
  readonly moving: Moving | undefined;
  /** It is but another try of a move that was told to be refused. */
  readonly again: boolean;
};
export type DisableTenant = Base & { readonly verb: 'DisableDistributionTenant'; readonly id: string; readonly etag: string; readonly config: TenantConfig | undefined };
export type DeleteTenant = Base & { readonly verb: 'DeleteDistributionTenant'; readonly id: string; readonly etag: string };
export type TenantAction = CreateTenant | UpdateTenant | DisableTenant | DeleteTenant;

/** Short and stable: equal for equal configurations, whatever the order they were written in. */
export const hashOfConfig = (config: TenantConfig): string => {
  const { distributionId, connectionGroupId, domains, certificateArn, webAcl, geo, parameters, enabled } = config;
  return configHashOf({ distributionId, connectionGroupId, domains, certificateArn, webAcl, geo, parameters, enabled });
};

/** The configuration that a tenant has; undefined where its parameters were not read. */
export const configOf = (tenant: Tenant): TenantConfig | undefined =>
  tenant.parameters && {
    distributionId: tenant.distributionId,
    connectionGroupId: tenant.connectionGroupId,
    domains: tenant.domains.map(({ name }) => name as DomainName),
    certificateArn: tenant.certificateArn,
    webAcl: tenant.webAcl,
    geo: tenant.geo,
    parameters: tenant.parameters,
    enabled: tenant.enabled,
  };

const shown = (value: unknown): string => (value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value));

const listChange = (from: readonly string[], to: readonly string[]): string =>
  [...to.filter((name) => !from.includes(name)).map((name) => `+${name}`), ...from.filter((name) => !to.includes(name)).map((name) => `-${name}`)].join(' ');

const geoWords = { whitelist: 'Allow', blacklist: 'Deny' } as const;

/** In the words of the spec; `lifted` is a restriction of the tenant's own that takes the distribution's away. */
const geoText = (geo: GeoChoice | undefined): string | undefined => geo && (geo.type === 'none' ? 'lifted' : `${geoWords[geo.type]} ${geo.countries.join(',')}`);

// What no spec can hold is quoted, so that two lists never read the same.
const valueText = (value: string): string => (/^[A-Za-z0-9._/-]+$/.test(value) ? value : JSON.stringify(value));

const parametersText = (parameters: readonly Parameter[]): string | undefined =>
  parameters.length === 0 ? undefined : parameters.map(({ name, value }) => `${name}=${valueText(value)}`).join(',');

/** What differs, in words a person reads; empty where nothing does. A wanted group left open takes whichever the tenant has. */
export const differences = (wanted: TenantConfig, tenant: Tenant): readonly string[] => {
  const domains = listChange(tenant.domains.map(({ name }) => name), wanted.domains);
  const group = wanted.connectionGroupId ?? tenant.connectionGroupId;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['distribution', tenant.distributionId, wanted.distributionId],
    ['connection group', tenant.connectionGroupId, group],
    ['certificate', tenant.certificateArn, wanted.certificateArn],
    ['web ACL', tenant.webAcl.is === 'override' ? tenant.webAcl.arn : tenant.webAcl.is, wanted.webAcl.is === 'override' ? wanted.webAcl.arn : wanted.webAcl.is],
    ['geo restriction', geoText(tenant.geo), geoText(wanted.geo)],
    ['parameters', tenant.parameters && parametersText(tenant.parameters), tenant.parameters && parametersText(wanted.parameters)],
    ['enabled', tenant.enabled, wanted.enabled],
  ];
  const changed = pairs.filter(([, from, to]) => from !== to).map(([what, from, to]) => `${what} ${shown(from)} -> ${shown(to)}`);
  return domains === '' ? changed : [`domains ${domains}`, ...changed];
};

/** The code of a failure that AWS did not call one: it took an update and left something as it was. */
export const settingNotTaken = 'SettingNotTaken';

/** What is said of such an update: `left` is how the tenant still differs. */
export const notTakenMessage = (name: string, left: readonly string[]): string =>
  `CloudFront took an update of distribution tenant ${name} and left this as it was: ${left.join('; ')}; have the spec say what CloudFront keeps`;

/** What is said of names that someone else holds. CloudFront itself names none. */
export const takenMessage = (names: readonly DomainName[]): string =>
  `${names.join(', ')} is associated with another CloudFront resource: have its owner remove it there, or remove it from spec.domains`;
