import type { World } from '../world.ts';

// As many hops as resolvers commonly follow before they give up on a chain of CNAMEs.
const maxHops = 8;

/** Whether a name is a CNAME, over others or not, for the endpoint. An alias record shows no name, so it never is. */
const leadsTo = async (world: World, domain: string, endpoint: string): Promise<boolean> => {
  let name = domain;
  for (let hop = 0; hop < maxHops; hop += 1) {
    const answer = await world.lookUp(name, 'CNAME');
    const target = answer.is === 'found' ? answer.values[0] : undefined;
    if (target === undefined) return false;
    if (target === endpoint) return true;
    name = target;
  }
  return false;
};

/**
 * Whether public DNS shows that the owner of a name wants it served from an endpoint: a CNAME, or for names that cannot have one the TXT
 * record `_cf-challenge.<domain>`.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/managed-cloudfront-certificates.html
 */
export const pointsTo = async (world: World, domain: string, endpoint: string): Promise<boolean> => {
  if (await leadsTo(world, domain, endpoint)) return true;
  const challenge = await world.lookUp(`_cf-challenge.${domain}`, 'TXT');
  return challenge.is === 'found' && challenge.values.includes(endpoint);
};

/** The names of a list that point to an endpoint. */
export const provenNames = async (world: World, domains: readonly string[], endpoint: string | undefined): Promise<ReadonlySet<string>> => {
  if (endpoint === undefined) return new Set();
  const proofs = await Promise.all(domains.map((domain) => pointsTo(world, domain, endpoint)));
  return new Set(domains.filter((_, index) => proofs[index]));
};
