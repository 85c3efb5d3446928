import { defaultRates, type Rates } from '../../src/aws/rates.ts';
import { benchKnobs, type Knobs } from '../environment/aws/knobs.ts';
import { publishedRates } from '../environment/aws/rates.ts';
import type { Settings } from './settings.ts';

const second = 1_000;

/** How long AWS takes over each call where seconds are measured: an ordinary answer of these services. */
export const answerMs = [50, 150] as const;

/** How many tenants share a web ACL: AWS's default, or as many as a tier's 100 web ACLs need for all, filled up to 90 %. */
export const perWebAcl = (tenants: number): number => Math.max(100, Math.ceil((tenants + 1) / 90));

/**
 * An account of which only the call rates are scaled, and the quotas raised as far as so many tenants need. ACM validates within seconds of the
 * record being there, CloudFront deploys in some 10 s: what is measured is the controller, not AWS's patience.
 */
export const knobsFor = ({ tenants, rateScale }: Pick<Settings, 'tenants' | 'rateScale'>): Partial<Knobs> => ({
  ...benchKnobs,
  rates: Object.fromEntries(Object.entries(publishedRates).map(([name, { perSecond, burst }]) => [name, { perSecond: perSecond * rateScale, burst: Math.max(1, burst * rateScale) }])),
  maxTenants: Math.max(10_000, tenants + 1),
  maxAssociationsPerWebAcl: perWebAcl(tenants),
  maxCertificates: Math.max(2_500, tenants + 1),
  maxCertificateRequests: Math.max(5_000, tenants + 1),
  validationRecordMs: [3 * second, 6 * second],
  dnsCheckIntervalMs: 2 * second,
  dnsValidationMs: [2 * second, 4 * second],
  tenantDeployMs: [5 * second, 12 * second],
});

/** The rates that the controller is told of: the same account's. */
export const ratesFor = ({ rateScale }: Pick<Settings, 'rateScale'>): Rates => {
  const scaled = Object.entries(defaultRates).map(([callClass, rate]) => [callClass, rate * rateScale]);
  return Object.fromEntries(scaled) as Rates;
};

/** The same as flags. */
export const rateFlagsFor = (settings: Pick<Settings, 'rateScale'>): readonly string[] =>
  Object.entries(ratesFor(settings)).flatMap(([callClass, rate]) => [`--rate-${kebab(callClass)}`, String(rate)]);

/** `acm.ListTagsForCertificate` is `acm-list-tags` as a flag, `acm.AddTagsToCertificate` `acm-add-tags`; all others follow from their name. */
const kebab = (callClass: string): string =>
  callClass.replace(/Tags(For|To)Certificate$/, 'Tags').replace('.', '-').replaceAll(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

/** Each tenant needs one certificate and one create: the slower of the two says how fast a fleet can come to be. */
export const floorSecondsFor = (tenants: number, rates: Rates): number => tenants / Math.min(rates['acm.RequestCertificate'], rates['cloudfront.mutate']);
