import type { Condition, EdgeTierStatus, TenantDomainStatus } from '../../crds/types.ts';
import { certificateArn, webAclArn } from './manifest-row.ts';

const ready: Condition = {
  type: 'Ready',
  status: 'True',
  observedGeneration: 1,
  lastTransitionTime: '2026-01-02T03:04:05Z',
  reason: 'Served',
  message: '',
};

/** A status with every field there is. */
export const fullEdgeTierStatus: Required<EdgeTierStatus> = {
  observedGeneration: 1,
  conditions: [ready],
  distribution: {
    arn: 'arn:aws:cloudfront::111122223333:distribution/E2EXAMPLE1234',
    parameters: [{ name: 'plan', required: false, defaultValue: 'basic' }, { name: 'path', required: true }],
  },
  connectionGroups: [
    { name: 'default', id: 'cg_2abcDEF', arn: 'arn:aws:cloudfront::111122223333:connection-group/cg_2abcDEF', endpoint: 'd111111abcdef8.cloudfront.net' },
    { name: 'own', id: 'cg_3ghiJKL', arn: 'arn:aws:cloudfront::111122223333:connection-group/cg_3ghiJKL', endpoint: 'd222222abcdef8.cloudfront.net', state: 'Active' },
    { name: 'former', id: 'cg_4mnoPQR', state: 'Retiring' },
    { name: 'unknown' },
  ],
  webACLs: [
    { name: 'te-1', arn: webAclArn, tenants: 90, wcu: 725, configHash: 'a'.repeat(64), state: 'Open' },
    { name: 'te-2', tenants: 0, state: 'Retiring' },
    { name: 'te-3' },
  ],
  rollout: { configHash: 'b'.repeat(64), phase: 'Observing', updated: 1, total: 2, changedAt: '2026-01-02T03:04:05Z' },
  tenants: { total: 3, ready: 2 },
};

/** A status with every field there is. */
export const fullTenantDomainStatus: Required<TenantDomainStatus> = {
  observedGeneration: 1,
  conditions: [ready],
  endpoint: 'd111111abcdef8.cloudfront.net',
  domains: [
    { name: 'shop.example.com', state: 'Active', ownership: 'NotRequired', dns: 'Found' },
    { name: 'example.com', state: 'Removing' },
  ],
  dnsRecords: [
    {
      type: 'CNAME',
      name: 'shop.example.com',
      value: 'd111111abcdef8.cloudfront.net',
      domains: ['shop.example.com'],
      purpose: 'Traffic',
      action: 'AddWhenReady',
      state: 'Mismatch',
      observed: ['old.example.net'],
      message: 'points elsewhere',
    },
  ],
  httpRedirects: [
    {
      domain: 'shop.example.com',
      from: 'shop.example.com/.well-known/pki-validation/0123abcd.txt',
      to: 'validation.us-east-1.acm-validations.aws/111122223333/.well-known/pki-validation/0123abcd.txt',
      state: 'Mismatch',
    },
  ],
  certificates: [
    { arn: certificateArn, use: 'Serving', issuer: 'ACM', status: 'ISSUED', notAfter: '2026-12-31T23:59:59Z', renewal: 'SUCCESS' },
    { arn: certificateArn.replace('a1b2c3d4', 'b2c3d4e5'), use: 'Pending', issuer: 'CloudFront', status: 'PENDING_VALIDATION' },
  ],
  distributionTenant: {
    id: 'dt_2abcDEF',
    arn: 'arn:aws:cloudfront::111122223333:distribution-tenant/dt_2abcDEF',
    distributionId: 'E2EXAMPLE1234',
    connectionGroupId: 'cg_2abcDEF',
    webACLArn: webAclArn,
    etag: 'ETVPDKIKX0DER',
    configHash: 'a'.repeat(64),
  },
};
