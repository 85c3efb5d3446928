/** Calls a second that a full bucket is refilled with, and how many calls it holds. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/** By `service.Operation`, else by `service.read` or `service.write`; what neither names is not limited. Each operation has its own bucket. */
export type Rates = Readonly<Record<string, Rate>>;

const perSecond = (rate: number): Rate => ({ perSecond: rate, burst: Math.max(1, rate) });

/**
 * What AWS publishes, per account and operation.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
 */
export const publishedRates: Rates = {
  'acm.RequestCertificate': perSecond(5),
  'acm.DescribeCertificate': perSecond(10),
  'acm.DeleteCertificate': perSecond(10),
  'acm.ListCertificates': perSecond(1),
  'acm.SearchCertificates': perSecond(1),
  'acm.ListTagsForCertificate': perSecond(10),
  'acm.AddTagsToCertificate': perSecond(5),
  'acm.RemoveTagsFromCertificate': perSecond(5),
  'acm.GetCertificate': perSecond(10),
  'acm.ImportCertificate': perSecond(1),
  // Every Get and List, and every Create, Put and Update. CheckCapacity and deletes are not named and go with them.
  'wafv2.read': perSecond(5),
  'wafv2.write': perSecond(1),
  // Unpublished. Plan for at most one write and a few reads a second.
  'cloudfront.write': { perSecond: 1, burst: 5 },
  'cloudfront.read': { perSecond: 5, burst: 20 },
};
