import { readFile } from 'node:fs/promises';
import type { EdgeTier, TenantDomain } from '../../crds/types.ts';
import { textAt } from '../environment/control-plane/json.ts';
import type { RunningController } from '../environment/embedded.ts';
import { type Audited, auditOf } from './audit.ts';
import type { Stage } from './stage.ts';

const named = ({ kind, metadata }: TenantDomain | EdgeTier): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name} at version ${metadata.resourceVersion}`;

const wrongIn = (object: TenantDomain | EdgeTier): readonly string[] => {
  const conditions = object.status?.conditions ?? [];
  const types = conditions.map(({ type }) => type);
  const failed = conditions.filter(({ reason }) => reason === 'KubernetesError');
  return [
    ...(types.includes('Reconciling') && types.includes('Stalled') ? [`${named(object)} is Reconciling and Stalled at once`] : []),
    ...failed.map(({ type, message }) => `${named(object)}: ${type}: ${message}`),
  ];
};

const lineFaults = async ({ logPath, logLines }: RunningController): Promise<readonly string[]> => {
  const text = await readFile(logPath, 'utf8');
  const foreign = text.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
  const loud = (await logLines()).filter(({ level, reason }) => level === 'error' || reason === 'KubernetesError');
  return [...foreign, ...loud.map(({ message, key, failed, error }) => [message, key, failed, textAt(error, 'message')].filter(Boolean).join(': '))];
};

/**
 * What may never be, whatever a test is about: a refusal of the API server, a condition that tells of one, a state that contradicts itself, a
 * line that is no JSON or tells of a bug. A namespace that is `ending` takes no new events, which is no fault.
 */
export const faultsIn = async (stage: Stage, controllers: readonly RunningController[], ending: readonly string[] = []): Promise<readonly string[]> => {
  const inEnd = ({ resource, object }: Audited): boolean => resource === 'events.k8s.io/events' && ending.some((namespace) => object.startsWith(`${namespace}/`));
  const refused = (await auditOf(stage.world.controlPlane.directory)).filter((request) => [400, 403, 405, 415, 422].includes(request.code) && !inEnd(request));
  const faults = [
    ...refused.map(({ verb, resource, object, code }) => `${verb} ${resource} ${object}: ${code}`),
    ...stage.witness.versions.flatMap(wrongIn),
    ...(await Promise.all(controllers.map(lineFaults))).flat(),
  ];
  return [...new Set(faults)];
};
