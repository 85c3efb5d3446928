import { hostileKnobs, type Knobs } from '../environment/aws/knobs.ts';
import { World } from '../environment/in-process/world.ts';

/** What AWS is like: on time and friendly, or as slow, limited, stale and unsure as it may be. */
export const weathers = {
  calm: {},
  hostile: { ...hostileKnobs, rates: 'off', lostProbability: 0.02, lateProbability: 0.02 },
} as const satisfies Record<string, Partial<Knobs>>;
export type Weather = keyof typeof weathers;

/** What is done to a world, from which state to which. */
export type Workload = {
  readonly name: string;
  /** What the account and the cluster hold before the controller starts. */
  readonly given: (world: World) => void;
  /** The state that the act begins in. */
  readonly isGiven: (world: World) => boolean;
  readonly act: (world: World) => void;
  /** The domains that are to be served at every moment in between. */
  readonly stays: readonly string[];
  /** Reached, as far as the objects and AWS can tell. */
  readonly isDone: (world: World) => boolean;
  /** The objects, as `namespace/name`, that may have a tenant. */
  readonly tenants: number;
  /** How many hostile worlds it is run in whole, and in how many of them every call is faulted too. */
  readonly hostile: { readonly seeds: number; readonly faulted: number };
};

/** The world that a workload begins in; its customers add every record within 20 s. */
export const worldFor = (workload: Workload, { seed, weather }: { readonly seed: number; readonly weather: Weather }): World => {
  const world = new World({ seed, knobs: weathers[weather] });
  workload.given(world);
  const play = (): void => {
    for (const { metadata } of world.cluster.list('tenantdomains')) world.customerAdds(`${metadata.namespace ?? ''}/${metadata.name}`);
    world.clock.after(20_000, play);
  };
  play();
  return world;
};
