import { KeyAlgorithm } from '@aws-sdk/client-acm';
import { blueprintFrom, certificateSummaryFrom, connectionGroupSummaryFrom, tenantSummaryFrom } from '../../reconcilers/aws/summaries.ts';
import { unlessMissing } from '../../reconcilers/failure.ts';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import type { Blueprint, CertificateSummary, ConnectionGroupSummary, TenantSummary } from '../../reconcilers/ports/fleet.ts';
import type { Clock } from '../runtime/clock.ts';
import { type Page, readPages } from './pages.ts';
import type { Reads } from './reader.ts';

// CloudFront gives 100 of most things a page at most; what it does with more is not documented.
const cloudFrontPageItems = 100;
// ListCertificates, MaxItems.
const acmPageItems = 1_000;

/** Tenants by name: pages of summaries, or one Get each. */
export const tenantReads = (aws: Aws, clock: Clock): Reads<TenantSummary> => ({
  all: (signal) =>
    readPages(async (marker): Promise<Page<TenantSummary>> => {
      const page = await aws.listDistributionTenants({ MaxItems: cloudFrontPageItems, ...(marker === undefined ? {} : { Marker: marker }) }, signal);
      return { items: (page.DistributionTenantList ?? []).map((tenant) => tenantSummaryFrom(tenant, tenant.ETag)), marker: page.NextMarker };
    }, clock, signal),
  one: async (name, signal) => {
    const answer = await unlessMissing(aws.getDistributionTenant({ Identifier: name }, signal), ['EntityNotFound']);
    return answer && tenantSummaryFrom(answer.DistributionTenant ?? {}, answer.ETag);
  },
});

/** Certificates by ARN, of every key type. */
export const certificateReads = (aws: Aws, clock: Clock): Reads<CertificateSummary> => ({
  all: (signal) =>
    readPages(async (marker): Promise<Page<CertificateSummary>> => {
      // Without key types ACM leaves out every EC certificate. @see https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html
      const everything = { Includes: { keyTypes: Object.values(KeyAlgorithm) }, MaxItems: acmPageItems };
      const page = await aws.listCertificates({ ...everything, ...(marker === undefined ? {} : { NextToken: marker }) }, signal);
      return { items: (page.CertificateSummaryList ?? []).map(certificateSummaryFrom), marker: page.NextToken };
    }, clock, signal),
  one: async (arn, signal) => {
    const answer = await unlessMissing(aws.describeCertificate({ CertificateArn: arn }, signal), ['ResourceNotFoundException']);
    return answer && certificateSummaryFrom(answer.Certificate ?? {});
  },
});

/** Connection groups by id: an account has 100 at most, so that they are always listed. */
export const connectionGroupReads = (aws: Aws, clock: Clock): Reads<ConnectionGroupSummary> => ({
  all: (signal) =>
    readPages(async (marker): Promise<Page<ConnectionGroupSummary>> => {
      const page = await aws.listConnectionGroups({ MaxItems: cloudFrontPageItems, ...(marker === undefined ? {} : { Marker: marker }) }, signal);
      return { items: (page.ConnectionGroups ?? []).map(connectionGroupSummaryFrom), marker: page.NextMarker };
    }, clock, signal),
});

/** Distributions by id. Lists lack TenantConfig, so that each is asked for by itself. */
export const blueprintReads = (aws: Aws): Reads<Blueprint> => ({
  one: async (id, signal) => {
    const answer = await unlessMissing(aws.getDistribution({ Id: id }, signal), ['NoSuchDistribution']);
    return answer && blueprintFrom(answer.Distribution ?? {});
  },
});
