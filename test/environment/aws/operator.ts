import type { FailureReason, KeyAlgorithm } from '@aws-sdk/client-acm';
import type { DistributionConfig, ParameterDefinition, UpdateDistributionTenantCommandInput } from '@aws-sdk/client-cloudfront';
import type { Rule } from '@aws-sdk/client-wafv2';
import type { Members, Service } from './calls.ts';

type Tags = Readonly<Record<string, string>>;

/** A distribution with one origin; what is absent is off, or as said. */
export type DistributionOrder = {
  /** Default: one drawn from the seed, as for groups and web ACLs. Must be free. */
  readonly id?: string;
  /** Default: one like the last, with a number. */
  readonly callerReference?: string;
  /** Default `tenant-only`. */
  readonly connectionMode?: 'tenant-only' | 'direct';
  readonly parameters?: readonly ParameterDefinition[];
  readonly certificateArn?: string;
  readonly webAclArn?: string;
  readonly enabled?: boolean;
  /** For `direct` ones. */
  readonly aliases?: readonly string[];
  readonly tags?: Tags;
};

/** What others than the caller under test do. It happens at once: nothing is left in progress, nothing is refused for being used. */
export type Operator = {
  readonly createDistribution: (order?: DistributionOrder) => { readonly id: string; readonly arn: string; readonly domainName: string };
  /** Changes a distribution's configuration, deployed at once. */
  readonly editDistribution: (id: string, patch: Partial<DistributionConfig>) => void;
  readonly createConnectionGroup: (order: {
    readonly id?: string;
    readonly name: string;
    readonly ipv6?: boolean;
    readonly enabled?: boolean;
    readonly tags?: Tags;
  }) => { readonly id: string; readonly arn: string; readonly endpoint: string };
  /** The account's default group, made if there is none. */
  readonly defaultConnectionGroup: () => { readonly id: string; readonly arn: string; readonly endpoint: string };
  /** An update by someone else: the version moves and a deployment starts, as with any update. Checked as any update is. */
  readonly editTenant: (idOrName: string, patch: Omit<UpdateDistributionTenantCommandInput, 'Id' | 'IfMatch' | 'ManagedCertificateRequest'>) => void;
  readonly deleteTenant: (idOrName: string) => void;
  /** Sets or, with `undefined`, takes away tags of anything that has them. */
  readonly tag: (arn: string, tags: Readonly<Record<string, string | undefined>>) => void;
  readonly issueCertificate: (arn: string, notAfter?: Date) => void;
  /** Time goes by for an issued one alone: it was issued so long ago that it ends then. Near the end AWS begins to renew it, if it is used. */
  readonly ageCertificate: (arn: string, notAfter: Date) => void;
  readonly failCertificate: (arn: string, reason?: FailureReason) => void;
  readonly expireCertificate: (arn: string) => void;
  readonly revokeCertificate: (arn: string) => void;
  /** Even one in use. */
  readonly deleteCertificate: (arn: string) => void;
  readonly importCertificate: (order: {
    readonly names: readonly string[];
    readonly notAfter?: Date;
    readonly keyAlgorithm?: KeyAlgorithm;
    readonly tags?: Tags;
  }) => { readonly arn: string };
  readonly createWebACL: (order: { readonly id?: string; readonly name: string; readonly rules?: Rule[]; readonly tags?: Tags }) => {
    readonly arn: string;
    readonly id: string;
  };
  /** Even one in use. */
  readonly deleteWebACL: (arn: string) => void;
  /** Rules may refer to it at once. */
  readonly createIPSet: (order: {
    readonly id?: string;
    readonly name: string;
    readonly version?: 'IPV4' | 'IPV6';
    readonly addresses?: readonly string[];
    readonly tags?: Tags;
  }) => { readonly arn: string; readonly id: string };
  /** Even one that rules refer to. */
  readonly deleteIPSet: (arn: string) => void;
  /** AWS ends a version of one of its managed rule groups: no rule may name it from then on. */
  readonly expireRuleGroupVersion: (order: { readonly name: string; readonly version: string }) => void;
  /** Another account's resource has the name; enabled unless told. */
  readonly foreignDomain: (domain: string, holder?: { readonly enabled: boolean }) => void;
  /**
   * Another account claims a name of ours that is inactive, with no managed certificate pending that would keep it for us.
   * @throws where AWS would refuse that: the name is not ours, is active, or is kept
   */
  readonly claimDomain: (domain: string) => void;
  readonly releaseForeignDomain: (domain: string) => void;
  /** Whether CAA records of a domain let Amazon issue for it and all below it. */
  readonly setCaa: (domain: string, rule: 'allows' | 'forbids') => void;
  /** Whether the owner serves the token of a self-hosted managed certificate. */
  readonly serveToken: (domain: string, isServed: boolean) => void;
};

/** Runs one deed at the present moment and logs it. */
export type Deed = <Result>(about: { readonly service: Service; readonly operation: string; readonly input: Members; readonly subject?: string }, run: () => Result) => Result;

