import { KeyAlgorithm } from '@aws-sdk/client-acm';
import { blueprintFrom, certificateSummaryFrom, connectionGroupSummaryFrom, renewalSummaryFrom, tenantSummaryFrom, wafSummaryFrom } from '../../reconcilers/aws/summaries.ts';
import { unlessMissing } from '../../reconcilers/failure.ts';
import type { Aws } from '../../reconcilers/ports/aws.ts';
import type { Blueprint, CertificateSummary, ConnectionGroupSummary, RenewalSummary, TenantSummary, WafSummary } from '../../reconcilers/ports/fleet.ts';
import type { Clock } from '../runtime/clock.ts';
import { type Page, readPages } from './pages.ts';
import type { Reads } from './reader.ts';

// CloudFront gives 100 of most things a page at most; what it does with more is not documented.
const cloudFrontPageItems = 100;
// ListCertificates, MaxItems.
const acmPageItems = 1_000;
// SearchCertificates, MaxResults: its model gives no bound that is higher.
const searchPageItems = 100;
// ListWebACLs and ListIPSets, Limit.
const wafPageItems = 100;

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
      return { items: (page.ConnectionGroups ?? []).map((group) => connectionGroupSummaryFrom(group, group.ETag)), marker: page.NextMarker };
    }, clock, signal),
});

/** Distributions by id. Lists lack TenantConfig, so that each is asked for by itself. */
export const blueprintReads = (aws: Aws): Reads<Blueprint> => ({
  one: async (id, signal) => {
    const answer = await unlessMissing(aws.getDistribution({ Id: id }, signal), ['NoSuchDistribution']);
    return answer && blueprintFrom(answer.Distribution ?? {});
  },
});

const troubled = ['PENDING_VALIDATION', 'FAILED'] as const;

/**
 * The certificates that ACM cannot renew, by ARN: one search per status for the whole fleet, since lists say nothing of renewals and a
 * healthy certificate near its end is no trouble.
 * @see https://docs.aws.amazon.com/acm/latest/APIReference/API_SearchCertificates.html
 */
export const renewalReads = (aws: Aws, clock: Clock): Reads<RenewalSummary> => ({
  all: async (signal) => {
    const found = troubled.map((status) =>
      readPages(async (marker): Promise<Page<RenewalSummary>> => {
        const filter = { FilterStatement: { Filter: { AcmCertificateMetadataFilter: { RenewalStatus: status } } }, MaxResults: searchPageItems };
        const page = await aws.searchCertificates({ ...filter, ...(marker === undefined ? {} : { NextToken: marker }) }, signal);
        return { items: (page.Results ?? []).map((result) => renewalSummaryFrom(result, status)), marker: page.NextToken };
      }, clock, signal),
    );
    const [waiting, failed] = await Promise.all(found);
    return { items: [...(waiting?.items ?? []), ...(failed?.items ?? [])], pages: (waiting?.pages ?? 0) + (failed?.pages ?? 0) };
  },
});

type Listed = { readonly items: readonly Parameters<typeof wafSummaryFrom>[0][] | undefined; readonly marker: string | undefined };

const wafReads = (list: (input: { Scope: 'CLOUDFRONT'; Limit: number; NextMarker?: string }, signal: AbortSignal) => Promise<Listed>, clock: Clock): Reads<WafSummary> => ({
  all: (signal) =>
    readPages(async (marker): Promise<Page<WafSummary>> => {
      const page = await list({ Scope: 'CLOUDFRONT', Limit: wafPageItems, ...(marker === undefined ? {} : { NextMarker: marker }) }, signal);
      return { items: (page.items ?? []).map(wafSummaryFrom), marker: page.marker };
    }, clock, signal),
});

/** Web ACLs by name: an account has 100 unless the quota was raised, so that they are always listed. */
export const webAclReads = (aws: Aws, clock: Clock): Reads<WafSummary> =>
  wafReads(async (input, signal) => {
    const { WebACLs, NextMarker } = await aws.listWebAcls(input, signal);
    return { items: WebACLs, marker: NextMarker };
  }, clock);

/** IP sets by name, likewise. */
export const ipSetReads = (aws: Aws, clock: Clock): Reads<WafSummary> =>
  wafReads(async (input, signal) => {
    const { IPSets, NextMarker } = await aws.listIpSets(input, signal);
    return { items: IPSets, marker: NextMarker };
  }, clock);
