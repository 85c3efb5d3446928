import type { DnsConfiguration, VerifyDnsConfigurationCommandInput, VerifyDnsConfigurationResult } from '@aws-sdk/client-cloudfront';
import { invalidArgument } from '../errors.ts';
import type { World } from '../world.ts';
import { findTenant } from './find.ts';
import { pointsTo } from './ownership.ts';
import { activateDomains } from './tenant-state.ts';

const verify = async (world: World, domain: string, endpoint: string): Promise<DnsConfiguration> => {
  if (await pointsTo(world, domain, endpoint)) return { Domain: domain, Status: 'valid-configuration' };
  const answer = await world.lookUp(domain, 'CNAME');
  if (answer.is === 'failed') return { Domain: domain, Status: 'unknown-configuration', Reason: 'The DNS record could not be read.' };
  return { Domain: domain, Status: 'invalid-configuration', Reason: `The domain does not point to ${endpoint}.` };
};

/** VerifyDnsConfiguration: of one domain, or of all the tenant has. */
export const verifyDnsConfiguration = async (world: World, input: VerifyDnsConfigurationCommandInput): Promise<VerifyDnsConfigurationResult> => {
  const tenant = findTenant(world, input.Identifier);
  const { domains, connectionGroupId } = tenant.config;
  if (input.Domain !== undefined && !domains.includes(input.Domain)) throw invalidArgument('The domain is not associated with the distribution tenant.');
  const endpoint = world.groups.get(connectionGroupId)?.endpoint ?? '';
  const list = await Promise.all((input.Domain === undefined ? domains : [input.Domain]).map((domain) => verify(world, domain, endpoint)));
  if (world.knobs.verifyDnsActivates && tenant.status === 'Deployed' && !tenant.gone) activateDomains(world, tenant);
  return { DnsConfigurationList: list };
};
