import type { Judgement } from './judge.ts';

/**
 * What kstatus may say where Argo CD says so, that nobody is told two things of one object.
 *
 * kstatus has no word for Suspended. InProgress is the only other one that waits: Failed would end `helm --wait` and a Flux
 * Kustomization over a customer who takes their time, and Current would tell both that domains are served which are not.
 */
const same: Readonly<Record<string, readonly string[]>> = {
  Healthy: ['Current'],
  Degraded: ['Failed'],
  Progressing: ['InProgress', 'Terminating'],
  Suspended: ['InProgress'],
};

/** Whether both say the same of an object. */
export const agree = ({ argo, kstatus }: Judgement): boolean => same[argo.status]?.includes(kstatus.status) === true;

/** The two words: `Healthy/Current`. */
export const wordsOf = ({ argo, kstatus }: Judgement): string => `${argo.status}/${kstatus.status}`;
