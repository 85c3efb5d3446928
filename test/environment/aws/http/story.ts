import type { Simulator } from '../contract.ts';
import { connectionGroups, distributions, tenants } from './story-cloudfront.ts';
import { certificates, webAcls } from './story-security.ts';
import type { Step, Teller, Way } from './teller.ts';

/** Tells an account's life over one way: every operation at least once, refusals among them. `pass` lets time go by between the calls. */
export async function story(simulator: Simulator, way: Way, pass: () => Promise<void>): Promise<readonly Step[]> {
  const steps: Step[] = [];
  const teller: Teller = {
    simulator,
    tell: async (service, operation, input) => {
      const outcome = await way(service, operation, input);
      steps.push({ service, operation, outcome });
      await pass();
      return outcome.is === 'ok' ? outcome.output : {};
    },
  };
  const webAclArn = await webAcls(teller);
  const certificateArn = await certificates(teller);
  const ConnectionGroupId = await connectionGroups(teller);
  const DistributionId = await distributions(teller, webAclArn);
  await tenants(teller, { DistributionId, ConnectionGroupId, certificateArn, webAclArn });
  return steps;
}
