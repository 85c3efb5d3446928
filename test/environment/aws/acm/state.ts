import type { CertificateStatus, FailureReason, KeyAlgorithm, RenewalStatus, ValidationMethod } from '@aws-sdk/client-acm';
import type { Shown } from '../shown.ts';

/** The proof of one name. `record` is what must be in DNS; the wildcard and the name below it share one. */
export type NameValidation = {
  readonly name: string;
  readonly record: { readonly name: string; readonly value: string };
  /** When a proof that is seen now will be taken as valid. */
  validFromMs: number | undefined;
  validated: boolean;
};

/**
 * A certificate; `id` is its ARN.
 *
 *     request --> PENDING_VALIDATION --every name's record seen, dnsValidationMs--> ISSUED --NotAfter, not renewed--> EXPIRED
 *                   |            |                                                    |
 *                   | 72 h       +--CAA forbids, or AWS refuses--> FAILED             +--REVOKED
 *                   +--> VALIDATION_TIMED_OUT                                         +--45 days before the end, in use:
 *                                                                                        record seen -> renewed, same ARN;
 *     import ----> ISSUED                                                                else RenewalStatus PENDING_VALIDATION
 */
export type Certificate = {
  readonly id: string;
  readonly sequence: number;
  readonly names: readonly string[];
  readonly keyAlgorithm: KeyAlgorithm;
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED';
  readonly method: ValidationMethod | undefined;
  readonly managedBy: 'CLOUDFRONT' | undefined;
  readonly validations: readonly NameValidation[];
  readonly tags: Map<string, string>;
  /** Present means readable; the view is made at each read. */
  readonly shown: Shown<true>;
  readonly optionsFromMs: number;
  readonly recordsFromMs: number;
  /** What must be true for a managed certificate to be issued, and who hears of each change. */
  readonly managed: { readonly isProved: (at: 'issuance' | 'renewal') => Promise<boolean>; readonly changed: () => void } | undefined;
  status: CertificateStatus;
  createdAt: Date;
  issuedAt: Date | undefined;
  notBefore: Date | undefined;
  notAfter: Date | undefined;
  revokedAt: Date | undefined;
  failureReason: FailureReason | undefined;
  renewal: { readonly status: RenewalStatus; readonly updatedAt: Date; readonly reason?: FailureReason } | undefined;
  knownToCloudFrontFromMs: number;
  checking: boolean;
  gone: boolean;
};
