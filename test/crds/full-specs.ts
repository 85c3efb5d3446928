import type { EdgeTierSpec, ManagedWebACL, TenantDomainSpec } from '../../crds/types.ts';
import { certificateArn, webAclArn } from './manifest-row.ts';

/** A tier's own web ACLs with a rule of every type. */
const fullManagedWebAcl: Required<ManagedWebACL> = {
  defaultAction: 'Block',
  tenantsPerACL: 50,
  rollout: { pauseSeconds: 3600, observe: true },
  rules: [
    {
      name: 'logins',
      type: 'ManagedRuleGroup',
      managedRuleGroup: {
        vendor: 'AWS',
        name: 'AWSManagedRulesATPRuleSet',
        version: 'Version_1.2',
        countRules: ['VolumetricIpHigh', 'AttributePasswordTraversal'],
        pathPrefix: '/login',
        accountTakeover: { loginPath: '/login', usernameField: '/form/user', passwordField: '/form/password', payloadType: 'JSON' },
      },
    },
    {
      name: 'bots',
      type: 'ManagedRuleGroup',
      managedRuleGroup: { vendor: 'AWS', name: 'AWSManagedRulesBotControlRuleSet', botControl: { inspectionLevel: 'TARGETED' } },
    },
    { name: 'flood', type: 'RateLimit', action: 'Challenge', rateLimit: { requests: 2000, windowSeconds: 60, key: 'TenantAndIP' } },
    { name: 'offices', type: 'IPSet', action: 'Allow', ipSet: { cidrs: ['203.0.113.0/24', '2001:db8::/32'] } },
    { name: 'embargo', type: 'Country', action: 'Count', countries: ['DE', 'AT'] },
  ],
};

/** A spec with every field there is. */
export const fullEdgeTierSpec: Required<EdgeTierSpec> = {
  distributionId: 'E2EXAMPLE1234',
  connectionGroups: [{ name: 'shared', type: 'Existing', id: 'cg_2abcDEF' }, { name: 'isolated', type: 'Managed', managed: { ipv6: false, anycastIpListId: 'aip_2abcDEF' } }],
  defaultConnectionGroup: 'shared',
  webACL: { type: 'Managed', managed: fullManagedWebAcl },
  certificate: { issuer: 'ACM', keyAlgorithm: 'EC_prime256v1' },
  parameters: [{ name: 'originPath', value: '/app' }],
  geoRestriction: { type: 'Allow', countries: ['DE', 'AT'] },
  allowedNamespaces: {
    from: 'Selector',
    selector: { matchLabels: { plan: 'enterprise' }, matchExpressions: [{ key: 'example.com/region', operator: 'In', values: ['eu'] }] },
  },
  tenantOverrides: {
    parameters: [{ name: 'plan', values: ['gold', 'silver'] }, { name: 'path', format: 'Path' }],
    geoRestriction: { allow: ['None', 'Allow', 'Deny'] },
    webACL: { allow: ['Inherit', 'Disabled', 'TaggedARN'] },
    certificate: { allow: ['TaggedARN'] },
    connectionGroup: { allow: ['isolated'] },
  },
  ownership: { proof: 'None' },
  deletionPolicy: 'Retain',
};

/** What of it may be missing or odd, and is accepted all the same: by breakages.ts. */
export const acceptedInEdgeTier: readonly string[] = [
  'spec.connectionGroups[1].managed: left out',
  'spec.connectionGroups[1].managed.ipv6: left out',
  'spec.connectionGroups[1].managed.anycastIpListId: left out',
  'spec.webACL: left out',
  'spec.webACL.managed.defaultAction: left out',
  'spec.webACL.managed.tenantsPerACL: left out',
  'spec.webACL.managed.rollout: left out',
  'spec.webACL.managed.rollout.observe: left out',
  'spec.webACL.managed.rules: left out',
  'spec.webACL.managed.rules: nothing in it',
  'spec.webACL.managed.rules[0].managedRuleGroup.version: left out',
  'spec.webACL.managed.rules[0].managedRuleGroup.countRules: left out',
  'spec.webACL.managed.rules[0].managedRuleGroup.pathPrefix: left out',
  'spec.webACL.managed.rules[1].managedRuleGroup.botControl: left out',
  'spec.webACL.managed.rules[1].managedRuleGroup.botControl.inspectionLevel: left out',
  'spec.webACL.managed.rules[2].rateLimit.windowSeconds: left out',
  'spec.certificate: left out',
  'spec.certificate.issuer: left out',
  'spec.certificate.keyAlgorithm: left out',
  'spec.parameters: left out',
  'spec.parameters: nothing in it',
  'spec.geoRestriction: left out',
  'spec.allowedNamespaces: left out',
  'spec.allowedNamespaces.selector.matchLabels: left out',
  'spec.allowedNamespaces.selector.matchLabels.plan: left out',
  'spec.allowedNamespaces.selector.matchLabels.plan: empty',
  'spec.allowedNamespaces.selector.matchExpressions: left out',
  'spec.allowedNamespaces.selector.matchExpressions: nothing in it',
  'spec.allowedNamespaces.selector.matchExpressions: the first twice',
  'spec.allowedNamespaces.selector.matchExpressions[0].values: the first twice',
  'spec.allowedNamespaces.selector.matchExpressions[0].values[0]: empty',
  'spec.tenantOverrides: left out',
  'spec.tenantOverrides.parameters: left out',
  'spec.tenantOverrides.parameters: nothing in it',
  'spec.tenantOverrides.geoRestriction: left out',
  'spec.tenantOverrides.webACL: left out',
  'spec.tenantOverrides.certificate: left out',
  'spec.tenantOverrides.connectionGroup: left out',
  'spec.deletionPolicy: left out',
];

/** A spec with every field there is. */
export const fullTenantDomainSpec: Required<TenantDomainSpec> = {
  tierRef: { name: 'enterprise' },
  domains: ['shop.example.com', '*.example.com'],
  certificate: { arn: certificateArn },
  parameters: [{ name: 'plan', value: 'gold' }],
  geoRestriction: { type: 'Deny', countries: ['FR'] },
  connectionGroup: 'isolated',
  webACL: { type: 'Existing', arn: webAclArn },
  enabled: false,
  deletionPolicy: 'Retain',
};

/** What of it may be missing or odd, and is accepted all the same: by breakages.ts. */
export const acceptedInTenantDomain: readonly string[] = [
  'spec.certificate: left out',
  'spec.parameters: left out',
  'spec.parameters: nothing in it',
  'spec.geoRestriction: left out',
  'spec.connectionGroup: left out',
  'spec.webACL: left out',
  'spec.enabled: left out',
  'spec.deletionPolicy: left out',
];
