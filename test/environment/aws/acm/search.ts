import type {
  CertificateFilter,
  CertificateFilterStatement,
  CertificateSearchResult,
  SearchCertificatesCommandInput,
  SearchCertificatesResponse,
} from '@aws-sdk/client-acm';
import { acmFault } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import type { Certificate } from './state.ts';
import { renewalEligibility } from './views.ts';

type Text = { readonly Value: string | undefined; readonly ComparisonOperator: 'CONTAINS' | 'EQUALS' | undefined };
type Span = { readonly Start?: Date | undefined; readonly End?: Date | undefined };

const matchesText = ({ Value: value = '', ComparisonOperator: operator }: Text, text: string): boolean =>
  operator === 'CONTAINS' ? text.includes(value) : text === value;

const isWithin = ({ Start: start, End: end }: Span, time: Date | undefined): boolean =>
  time !== undefined && (start === undefined || time >= start) && (end === undefined || time <= end);

const unsupported = (what: unknown) => acmFault('ValidationException', `The filter ${JSON.stringify(what)} is not valid`);

const metadataOf = (world: World, certificate: Certificate) => ({
  Status: certificate.status,
  RenewalStatus: certificate.renewal?.status,
  Type: certificate.type,
  InUse: world.uses.reported(certificate.id, world.timeline.nowMs).length > 0,
  Exported: false,
  ManagedBy: certificate.managedBy,
  ValidationMethod: certificate.method,
  CertificateKeyPairOrigin: certificate.type === 'IMPORTED' ? ('CUSTOMER_PROVIDED' as const) : ('AWS_MANAGED' as const),
});

const matchesFilter = (world: World, filter: CertificateFilter, certificate: Certificate): boolean => {
  if (filter.CertificateArn !== undefined) return filter.CertificateArn === certificate.id;
  if (filter.AcmCertificateMetadataFilter !== undefined) {
    const metadata = new Map<string, unknown>(Object.entries(metadataOf(world, certificate)));
    return Object.entries(filter.AcmCertificateMetadataFilter).every(([member, value]) => {
      if (!metadata.has(member)) throw unsupported(filter);
      return metadata.get(member) === value;
    });
  }
  const x509 = filter.X509AttributeFilter;
  if (x509?.Subject?.CommonName !== undefined) return matchesText(x509.Subject.CommonName, certificate.names[0] ?? '');
  const dnsName = x509?.SubjectAlternativeName?.DnsName;
  if (dnsName !== undefined) return certificate.names.some((name) => matchesText(dnsName, name));
  if (x509?.KeyAlgorithm !== undefined) return x509.KeyAlgorithm === certificate.keyAlgorithm;
  if (x509?.NotAfter !== undefined) return isWithin(x509.NotAfter, certificate.notAfter);
  if (x509?.NotBefore !== undefined) return isWithin(x509.NotBefore, certificate.notBefore);
  throw unsupported(filter);
};

const matches = (world: World, statement: CertificateFilterStatement, certificate: Certificate): boolean => {
  if (statement.And !== undefined) return statement.And.every((part) => matches(world, part, certificate));
  if (statement.Or !== undefined) return statement.Or.some((part) => matches(world, part, certificate));
  if (statement.Not !== undefined) return !matches(world, statement.Not, certificate);
  if (statement.Filter !== undefined) return matchesFilter(world, statement.Filter, certificate);
  throw unsupported(statement);
};

const resultOf = (world: World, certificate: Certificate): CertificateSearchResult => ({
  CertificateArn: certificate.id,
  X509Attributes: {
    Subject: { CommonName: certificate.names[0] },
    SubjectAlternativeNames: certificate.names.map((name) => ({ DnsName: name })),
    KeyAlgorithm: certificate.keyAlgorithm,
    ...(certificate.notAfter !== undefined && { NotAfter: certificate.notAfter, NotBefore: certificate.notBefore }),
  },
  CertificateMetadata: {
    AcmCertificateMetadata: {
      ...metadataOf(world, certificate),
      CreatedAt: certificate.createdAt,
      RenewalEligibility: renewalEligibility(world, certificate),
      ...(certificate.issuedAt !== undefined && { IssuedAt: certificate.issuedAt }),
    },
  },
});

// The API reference gives no maximum that could be confirmed: that of ListCertificates.
const maxPage = 1_000;

/** SearchCertificates: all key types, and by renewal status, which ListCertificates does not show. Results come oldest first. */
export const searchCertificates = (world: World, input: SearchCertificatesCommandInput): SearchCertificatesResponse => {
  const { MaxResults: maxResults = maxPage, FilterStatement: statement } = input;
  if (maxResults < 1 || maxResults > maxPage) throw acmFault('ValidationException', 'MaxResults must be from 1 to 1000');
  if (input.SortBy !== undefined && input.SortBy !== 'CREATED_AT') throw acmFault('ValidationException', 'This simulator sorts only by CREATED_AT');
  if (input.SortOrder === 'DESCENDING') throw acmFault('ValidationException', 'This simulator sorts only in ascending order');
  const page = pageOf(world, world.certificates, {
    marker: input.NextToken,
    size: maxResults,
    show: (certificate) =>
      certificate.shown.read(world.timeline.nowMs) !== undefined && (statement === undefined || matches(world, statement, certificate))
        ? resultOf(world, certificate)
        : undefined,
    badMarker: () => acmFault('ValidationException', 'NextToken is not valid'),
  });
  return { Results: [...page.items], ...(page.next !== undefined && { NextToken: page.next }) };
};
