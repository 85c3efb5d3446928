import type { Condition, ObjectMeta } from '../../crds/types.ts';

/** How kubectl, Flux and Argo CD's generic check see an object. */
export type KStatus = 'InProgress' | 'Failed' | 'Current' | 'Terminating';

type Judged = { readonly metadata: ObjectMeta; readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly Condition[] } };

/**
 * What kstatus computes for a kind that it does not know.
 *
 * @see https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export const kstatusOf = ({ metadata, status }: Judged): KStatus => {
  const is = (type: string): string | undefined => status?.conditions?.find((condition) => condition.type === type)?.status;
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  if (status?.observedGeneration !== undefined && status.observedGeneration !== metadata.generation) return 'InProgress';
  if (is('Reconciling') === 'True') return 'InProgress';
  if (is('Stalled') === 'True') return 'Failed';
  return is('Ready') === 'True' ? 'Current' : 'InProgress';
};
