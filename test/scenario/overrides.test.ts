import type { Customizations } from '@aws-sdk/client-cloudfront';
import type { EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { blueprint, group, groupIn, read, t1, tenantIn, tierWithGroups } from './tier-words.ts';
import { aclOf, common } from './web-acl-words.ts';

const everything: EdgeTierSpec['tenantOverrides'] = {
  parameters: [{ name: 'site', format: 'Label' }, { name: 'theme', values: ['dark', 'light'] }, { name: 'path', format: 'Path' }],
  geoRestriction: { allow: ['None', 'Allow', 'Deny'] },
  webACL: { allow: ['Inherit', 'Disabled', 'TaggedARN'] },
  certificate: { allow: ['TaggedARN'] },
  connectionGroup: { allow: ['isolated'] },
};

const parameters = [{ Name: 'site' }, { Name: 'theme' }, { Name: 'path' }].map(({ Name }) => ({ Name, Definition: { StringSchema: { Required: false } } }));

/** Applies a tier with web ACLs and groups of its own, on this distribution, of which a tenant may choose all that there is to choose. */
const tier = (stage: Stage, distributionId: string, overrides: Pick<EdgeTierSpec, 'tenantOverrides'> = { tenantOverrides: everything ?? {} }): void =>
  tierWithGroups(stage, [group('shared'), group('isolated')], {
    distributionId, geoRestriction: { type: 'Deny', countries: ['KP'] }, parameters: [{ name: 'theme', value: 'light' }],
    webACL: { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common] } }, ...overrides,
  });

const begun = (stage: Stage, spec: Partial<TenantDomainSpec> = {}): readonly Step[] => {
  let distributionId = '';
  return [
    {
      name: 'the tier is applied',
      act: () => {
        distributionId = blueprint(stage, { parameters });
        tier(stage, distributionId);
      },
      until: () => stage.isTierSettled(),
    },
    { name: 'the tenant is applied', act: () => t1(stage, spec), afterMs: minutes, until: () => stage.isReady('acme/t1') },
  ];
};

/** What the tenant has that can be chosen, in short; its web ACL and group by what they are to the tier. */
const has = (stage: Stage): string => {
  const tenant = tenantIn(stage);
  const { WebAcl, GeoRestrictions, Certificate } = tenant?.customizations ?? {};
  const webAcl = WebAcl === undefined ? 'inherits' : (WebAcl.Action === 'disable' ? 'has none' : WebAcl.Arn === aclOf(stage, 1)?.arn ? "has the tier's" : 'has its own');
  const geo = [GeoRestrictions?.RestrictionType ?? 'free', ...(GeoRestrictions?.Locations ?? [])].join(' ');
  const values = (tenant?.parameters ?? []).map(({ Value }) => Value ?? '').join(' ');
  return [webAcl, geo, values, Certificate === undefined ? 'shared certificate' : 'own certificate', tenant?.connectionGroupId === groupIn(stage, 'isolated')?.id ? 'isolated' : 'shared'].join(', ');
};

const plain = "has the tier's, blacklist KP, light, shared certificate, shared";

/** One choice, what the tenant has with it, and what somebody makes of that by hand. */
type Choice = {
  readonly name: string;
  readonly choice: () => Partial<TenantDomainSpec>;
  readonly want: string;
  readonly drift: (now: Customizations) => Parameters<Stage['operator']['editTenant']>[1];
};

/** The tenant chooses, which is one update; somebody changes that by hand, which is put back; and it is taken back. */
const around = (stage: Stage, { name, choice, want, drift }: Choice): readonly Step[] => [
  { name, act: () => t1(stage, choice()), until: () => has(stage) === want && stage.isReady('acme/t1') },
  { name: 'somebody changes that by hand', act: () => stage.operator.editTenant(tenantIn(stage)?.id ?? '', drift(tenantIn(stage)?.customizations ?? {})), afterMs: minutes, until: () => has(stage) === want && stage.isReady('acme/t1'), withinMs: 15 * minutes },
  { name: 'the choice is taken back', act: () => t1(stage), until: () => has(stage) === plain && stage.isReady('acme/t1') },
];

const values: Scenario = {
  file: 'overrides-values',
  name: 'parameters and countries that a tenant chooses are its own: one update each, put back when somebody changes them',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const geo = (type: 'whitelist' | 'blacklist', ...Locations: string[]) => ({ GeoRestrictions: { RestrictionType: type, Locations } });
    return [
      ...begun(stage),
      ...around(stage, {
        name: 'parameters are chosen, by value and by format', want: "has the tier's, blacklist KP, /shop/v2 acme-1 dark, shared certificate, shared",
        choice: () => ({ parameters: [{ name: 'theme', value: 'dark' }, { name: 'site', value: 'acme-1' }, { name: 'path', value: '/shop/v2' }] }),
        drift: () => ({ Parameters: [{ Name: 'theme', Value: 'light' }] }),
      }),
      ...around(stage, {
        name: 'some countries are chosen', want: "has the tier's, whitelist AT DE, light, shared certificate, shared",
        choice: () => ({ geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] } }), drift: (now) => ({ Customizations: { ...now, ...geo('whitelist', 'AT', 'DE', 'US') } }),
      }),
      ...around(stage, {
        name: 'other countries are shut out', want: "has the tier's, blacklist US, light, shared certificate, shared",
        choice: () => ({ geoRestriction: { type: 'Deny', countries: ['US'] } }), drift: (now) => ({ Customizations: { ...now, ...geo('whitelist', 'US') } }),
      }),
      ...around(stage, {
        name: 'all countries are chosen', want: "has the tier's, none, light, shared certificate, shared",
        choice: () => ({ geoRestriction: { type: 'None' } }), drift: (now) => ({ Customizations: { ...now, ...geo('blacklist', 'FR') } }),
      }),
    ];
  },
};

const protection: Scenario = {
  file: 'overrides-web-acl',
  name: "a tenant that chooses another web ACL than its tier's, or none, has that; without the choice it has the tier's rules again",
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    let arn = '';
    const owned = (): Partial<TenantDomainSpec> => {
      arn = arn === '' ? stage.operator.createWebACL({ name: 'acme', tags: { 'tenantedge.dev/allow-namespace': 'acme' } }).arn : arn;
      return { webACL: { type: 'Existing', arn } };
    };
    const withAcl = (webAcl: Customizations['WebAcl']) => (now: Customizations) => {
      const { WebAcl: _, ...others } = now;
      return { Customizations: { ...others, ...(webAcl ? { WebAcl: webAcl } : {}) } };
    };
    return [
      ...begun(stage),
      ...around(stage, { name: 'no web ACL is chosen', choice: () => ({ webACL: { type: 'Disabled' } }), want: 'has none, blacklist KP, light, shared certificate, shared', drift: withAcl(undefined) }),
      ...around(stage, { name: "the distribution's is chosen", choice: () => ({ webACL: { type: 'Inherit' } }), want: 'inherits, blacklist KP, light, shared certificate, shared', drift: withAcl({ Action: 'disable' }) }),
      ...around(stage, { name: 'one of its own is chosen', choice: owned, want: 'has its own, blacklist KP, light, shared certificate, shared', drift: withAcl(undefined) }),
    ];
  },
};

const withoutCertificate: Choice['drift'] = (now) => {
  const { Certificate: _, ...others } = now;
  return { Customizations: others };
};

const place: Scenario = {
  file: 'overrides-certificate-and-group',
  name: 'a certificate and a group that a tenant chooses serve it, and are put back when somebody changes them',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    let arn = '';
    const own = (): Partial<TenantDomainSpec> => {
      arn = arn === '' ? stage.operator.importCertificate({ names: ['t1.acme.example'], tags: { 'tenantedge.dev/allow-namespace': 'acme' } }).arn : arn;
      return { certificate: { arn } };
    };
    return [
      ...begun(stage),
      ...around(stage, { name: 'a certificate is chosen', choice: own, want: "has the tier's, blacklist KP, light, own certificate, shared", drift: withoutCertificate }),
      ...around(stage, {
        name: 'another group is chosen', choice: () => ({ connectionGroup: 'isolated' }), want: "has the tier's, blacklist KP, light, shared certificate, isolated",
        drift: () => ({ ConnectionGroupId: groupIn(stage, 'shared')?.id ?? '' }),
      }),
    ];
  },
};

const withdrawn: Scenario = {
  file: 'overrides-withdrawn',
  name: 'a choice that the tier no longer allows is neither cut nor kept up: the tenant is served as it is, and told what to do',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    const chosen: Partial<TenantDomainSpec> = { geoRestriction: { type: 'Allow', countries: ['DE'] }, webACL: { type: 'Disabled' } };
    const want = 'has none, whitelist DE, light, shared certificate, shared';
    const { webACL: _, ...less } = everything ?? {};
    return [
      ...begun(stage, chosen),
      { name: 'the tier withdraws it', act: () => tier(stage, tenantIn(stage)?.distributionId ?? '', { tenantOverrides: less }), afterMs: hours, changesNothing: 'in AWS', until: () => has(stage) === want && stage.is('Ready', 'OverrideNotAllowed', 'acme/t1') },
      read(stage, ['acme/t1', 'Accepted', 'Programmed', 'Ready', 'Stalled']),
      { name: 'the tenant gives in', act: () => t1(stage, { geoRestriction: chosen.geoRestriction ?? { type: 'None' } }), until: () => has(stage) === "has the tier's, whitelist DE, light, shared certificate, shared" && stage.isReady('acme/t1') },
    ];
  },
};

playAll([values, protection, place, withdrawn]);
