import type {
  CertificateDetail,
  CertificateSummary,
  DeleteCertificateCommandInput,
  DescribeCertificateCommandInput,
  GetCertificateCommandInput,
  GetCertificateResponse,
  ListCertificatesCommandInput,
} from '@aws-sdk/client-acm';
import { acmFault } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import { findCertificate, seeCertificate } from './find.ts';
import { removeCertificate } from './lifecycle.ts';
import { importCertificate, requestCertificate } from './requests.ts';
import { searchCertificates } from './search.ts';
import { addTagsToCertificate, listTagsForCertificate, removeTagsFromCertificate } from './tags.ts';
import type { Certificate } from './state.ts';
import { detailOf, summaryOf, type AsSpelled } from './views.ts';

const describeCertificate = (world: World, input: DescribeCertificateCommandInput): { readonly Certificate: AsSpelled<CertificateDetail> } => ({
  Certificate: detailOf(world, seeCertificate(world, input.CertificateArn)),
});

const deleteCertificate = (world: World, input: DeleteCertificateCommandInput): void => {
  const certificate = findCertificate(world, input.CertificateArn);
  if (world.uses.isUsed(certificate.id, world.timeline.nowMs))
    throw acmFault('ResourceInUseException', `Certificate ${certificate.id} in account ${world.accountId} is in use.`);
  removeCertificate(world, certificate);
};

const getCertificate = (world: World, input: GetCertificateCommandInput): GetCertificateResponse => {
  const certificate = seeCertificate(world, input.CertificateArn);
  if (certificate.issuedAt === undefined)
    throw acmFault('RequestInProgressException', `Certificate ${certificate.id} in account ${world.accountId} is not yet issued`);
  const body = Buffer.from(certificate.names.join('\n')).toString('base64');
  return { Certificate: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----` };
};

// Left out, the filter is not "any": EC and larger RSA keys are hidden (API reference of ListCertificates, Includes).
const listedByDefault: readonly string[] = ['RSA_1024', 'RSA_2048'];

const isListed = (input: ListCertificatesCommandInput, certificate: Certificate): boolean => {
  const { CertificateStatuses: statuses, CertificateKeyPairOrigins: origins, Includes: includes } = input;
  if (statuses !== undefined && statuses.length > 0 && !statuses.includes(certificate.status)) return false;
  if (origins !== undefined && !origins.includes(certificate.type === 'IMPORTED' ? 'CUSTOMER_PROVIDED' : 'AWS_MANAGED')) return false;
  if (includes?.managedBy !== undefined && certificate.managedBy !== includes.managedBy) return false;
  return (includes?.keyTypes ?? listedByDefault).includes(certificate.keyAlgorithm);
};

// The API reference gives the range and no default.
const maxPage = 1_000;

type Listed = { readonly CertificateSummaryList: readonly AsSpelled<CertificateSummary>[]; readonly NextToken?: string };

const listCertificates = (world: World, input: ListCertificatesCommandInput): Listed => {
  const { MaxItems: maxItems = maxPage, SortBy: sortBy, SortOrder: sortOrder } = input;
  if (maxItems < 1 || maxItems > maxPage) throw acmFault('ValidationException', 'MaxItems must be from 1 to 1000');
  if ((sortBy === undefined) !== (sortOrder === undefined))
    throw acmFault('InvalidArgsException', 'SortBy and SortOrder are given together or not at all');
  if (sortOrder === 'DESCENDING') throw acmFault('InvalidArgsException', 'This simulator lists certificates only in ascending order');
  const page = pageOf(world, world.certificates, {
    marker: input.NextToken,
    size: maxItems,
    show: (certificate) =>
      isListed(input, certificate) && certificate.shown.read(world.timeline.nowMs) !== undefined ? summaryOf(world, certificate) : undefined,
    badMarker: () => acmFault('InvalidArgsException', 'NextToken is not valid'),
  });
  return { CertificateSummaryList: [...page.items], ...(page.next !== undefined && { NextToken: page.next }) };
};

/** What ACM can do here, by operation name. */
export const acmOperations = {
  RequestCertificate: requestCertificate,
  ImportCertificate: importCertificate,
  DescribeCertificate: describeCertificate,
  GetCertificate: getCertificate,
  ListCertificates: listCertificates,
  SearchCertificates: searchCertificates,
  DeleteCertificate: deleteCertificate,
  AddTagsToCertificate: addTagsToCertificate,
  RemoveTagsFromCertificate: removeTagsFromCertificate,
  ListTagsForCertificate: listTagsForCertificate,
};
