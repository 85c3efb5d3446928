import { createMarks, type Marks } from '../../reconcilers/aws/mark.ts';
import { type Aws, layered } from '../../reconcilers/ports/aws.ts';
import type { Dns } from '../../reconcilers/ports/dns.ts';
import type { Fleet } from '../../reconcilers/ports/fleet.ts';
import { createFleet } from '../../src/aws/fleet.ts';
import { classified } from '../../src/aws/layers.ts';
import type { Simulator } from '../environment/aws/contract.ts';
import type { Knobs } from '../environment/aws/knobs.ts';
import { createSimulator } from '../environment/aws/simulator.ts';
import { dnsOf } from '../environment/dns/in-process.ts';
import { createZones, type Zones } from '../environment/dns/zones.ts';
import { inProcessAws } from '../environment/in-process/aws.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';

/** What concerns stand on, in memory: an AWS account, public DNS, and the ports that lead there, without a controller. */
export type Stage = {
  readonly clock: VirtualClock;
  readonly zones: Zones;
  readonly simulator: Simulator;
  readonly aws: Aws;
  readonly fleet: Fleet;
  readonly marks: Marks;
  readonly dns: Dns;
  readonly now: () => Date;
  /** The operations asked for since the last time, reads and all. */
  readonly asked: () => readonly string[];
  /** Those of them that change something. */
  readonly mutations: () => readonly string[];
  /** The answer, moving time on for as long as it takes. */
  readonly landed: <Value>(promise: Promise<Value>) => Promise<Value>;
};

/** An empty account, calm unless `knobs` say otherwise. */
export const createStage = (knobs: Partial<Knobs> = {}): Stage => {
  const clock = createVirtualClock();
  const zones = createZones();
  const dns = dnsOf(zones);
  const simulator = createSimulator({ clock, seed: 1, dns, knobs });
  const aws = layered(inProcessAws(simulator, 'controller'), classified);
  let told = 0;
  const news = () => {
    const entries = simulator.log.slice(told).filter(({ caller }) => caller === 'controller');
    told = simulator.log.length;
    return entries;
  };
  return {
    clock, zones, simulator, aws, dns, now: clock.now,
    fleet: createFleet({ aws, clock, random: () => 1 }).fleet,
    marks: createMarks(aws, clock.now),
    asked: () => news().map(({ operation }) => operation),
    mutations: () => news().filter(({ mutating }) => mutating).map(({ operation }) => operation),
    landed: async (promise) => {
      const state = { isPending: true };
      const settled = (): void => {
        state.isPending = false;
      };
      promise.then(settled, settled);
      await clock.settle();
      while (state.isPending && (await clock.runNext())) continue;
      return promise;
    },
  };
};
