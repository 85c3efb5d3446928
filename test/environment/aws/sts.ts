import type { World } from './world.ts';

/** What STS can do here, by operation name. */
export const stsOperations = {
  GetCallerIdentity: (world: World) => ({
    Account: world.accountId,
    Arn: `arn:aws:sts::${world.accountId}:assumed-role/tenant-edge/controller`,
    UserId: 'AROAEXAMPLEEXAMPLE:controller',
  }),
};
