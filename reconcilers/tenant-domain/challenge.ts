import type { DomainName } from '../../crds/domain-name.ts';
import type { Sight, TrafficObserved } from './traffic/traffic.ts';

/**
 * The TXT record that shows CloudFront who owns a name that cannot have a CNAME: an ALIAS is not to be seen from outside. Its value is the
 * endpoint.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/managed-cloudfront-certificates.html
 */
export const challengeNameOf = (domain: DomainName): string => `_cf-challenge.${domain}`;

/** The names for which it is needed. */
export const challenged = (names: readonly DomainName[], traffic: TrafficObserved): readonly DomainName[] => names.filter((name) => traffic.names[name]?.apex === true);

/** What our DNS said of it; undefined where it was not looked for. */
export const challengeSight = (domain: DomainName, { records }: TrafficObserved): Sight | undefined => records[challengeNameOf(domain)];

/** Whether CloudFront can see, as we do, that this name leads to the endpoint. */
export const isSeenToLead = (domain: DomainName, traffic: TrafficObserved): boolean => {
  const sight = traffic.names[domain];
  return sight?.state === 'Found' && (!sight.apex || challengeSight(domain, traffic)?.state === 'Found');
};

/** Whether this name leads to the endpoint, and CloudFront cannot see it, as far as we know. */
export const isUnseenToLead = (domain: DomainName, traffic: TrafficObserved): boolean => traffic.names[domain]?.state === 'Found' && !isSeenToLead(domain, traffic);
