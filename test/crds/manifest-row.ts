import type { Manifest } from '../environment/control-plane/apply.ts';

/** One manifest and what the API server makes of it. */
export type Row = {
  readonly name: string;
  readonly because: string;
  /** The object as it is stored before; then `manifest` is an update of it. */
  readonly was?: Manifest;
  readonly manifest: Manifest;
  /** 'accepted', or a part of the message that it is refused with. */
  readonly want: string;
};

type Fields = Readonly<Record<string, unknown>>;

/** A tier with only what is required, and these fields; undefined takes one away. */
export const tier = (spec: Fields = {}, name = 'enterprise'): Manifest => ({
  apiVersion: 'tenantedge.dev/v1alpha1',
  kind: 'EdgeTier',
  metadata: { name },
  spec: { distributionId: 'E2EXAMPLE1234', ownership: { proof: 'None' }, ...spec },
});

/** A tenant with only what is required, and these fields; undefined takes one away. */
export const tenant = (spec: Fields = {}, name = 'client-brand'): Manifest => ({
  apiVersion: 'tenantedge.dev/v1alpha1',
  kind: 'TenantDomain',
  metadata: { name, namespace: 'default' },
  spec: { tierRef: { name: 'enterprise' }, domains: ['shop.example.com'], ...spec },
});

/** ARNs as AWS writes them. */
export const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shops/a1b2c3d4-5678-90ab-cdef-111122223333';
export const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/a1b2c3d4-5678-90ab-cdef-111122223333';

/** `count` things made from their numbers. */
export const many = <Thing>(count: number, make: (index: number) => Thing): readonly Thing[] => Array.from({ length: count }, (_, index) => make(index));
