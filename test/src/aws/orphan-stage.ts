import { onTestFinished } from 'vitest';
import type { Tap } from '../../environment/in-process/process.ts';
import { namespace, Stage } from '../../scenario/stage.ts';

/** In milliseconds. */
export const minutes = 60_000;
export const hours = 60 * minutes;

/** What the sweeps count where no tier has left anything. */
export const noTierResources = { ConnectionGroup: 0, WebACL: 0, IPSet: 0 };

/** Longer than it takes from a start to the second sweep: half a poll, and one poll. */
export const twoSweepsMs = 16 * minutes;

/** A cluster with one tier and the namespace `acme`, and an account; the controller runs. */
export const setUp = async (): Promise<Stage> => {
  const stage = new Stage({ seed: 1 });
  onTestFinished(() => stage.world.kill());
  stage.world.apply(namespace('acme'));
  stage.tier('basic');
  stage.start();
  await stage.world.run(minutes);
  return stage;
};

/** Brings `acme/shop` to where it is served and at rest. */
export const serve = async (stage: Stage): Promise<void> => {
  stage.tenant();
  await stage.world.until('the records are known', () => stage.knowsRecords());
  stage.customerAdds();
  await stage.world.until('the tenant is served', () => stage.isReady());
  stage.customerAdds();
  await stage.world.run(twoSweepsMs);
};

export const restart = ({ world }: Stage, tap?: Tap): void => {
  world.kill();
  world.start(tap);
};

/** What the controller did from here on: changes, and reads of tags. */
export const listen = ({ world: { simulator } }: Stage) => {
  const from = simulator.log.length;
  const mine = () => simulator.log.slice(from).filter(({ caller }) => caller === 'controller');
  return {
    changes: () => mine().filter(({ mutating }) => mutating).map(({ operation }) => operation),
    tagReads: () => mine().filter(({ operation }) => operation.startsWith('ListTags')).map(({ subject }) => subject ?? '').toSorted(),
  };
};

/** Somebody deletes the object and lifts its finalizer by hand, while the controller is away. */
export const abandon = ({ world }: Stage): void => {
  world.kill();
  world.cluster.delete('TenantDomain', 'acme/shop');
  world.cluster.edit('TenantDomain', 'acme/shop', { metadata: { finalizers: null } });
  world.start();
};
