import type { EdgeTierSpec, TenantDomainSpec } from '../../crds/types.ts';
import { certificateArn, webAclArn } from './manifest-row.ts';

/** A spec with every field there is. */
export const fullEdgeTierSpec: Required<EdgeTierSpec> = {
  distributionId: 'E2EXAMPLE1234',
  connectionGroups: [{ name: 'shared', type: 'Existing', id: 'cg_2abcDEF' }, { name: 'isolated', type: 'Existing', id: 'cg_3ghiJKL' }],
  defaultConnectionGroup: 'shared',
  webACL: { type: 'Existing', arn: webAclArn },
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
  'spec.webACL: left out',
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
