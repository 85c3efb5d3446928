import { type Platform, startPlatform } from '../environment/platform.ts';
import { quickKnobs } from '../real/stage.ts';

export { release, type Values } from '../environment/platform.ts';

/** A cluster whose Pods run, an AWS account in a hurry, and a person with helm. */
export type HelmWorld = Platform;

/** Starts one, with nothing installed in it. */
export const startHelmWorld = ({ seed }: { readonly seed: number }): Promise<HelmWorld> => startPlatform({ seed, knobs: quickKnobs });
