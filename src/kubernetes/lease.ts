import type { LeaseStore, LeaseTerms, StoredLease } from '../runtime/lease-terms.ts';
import { isConflict, isNotFound, KubeError } from './errors.ts';
import { isRecord } from './object.ts';
import { collectionPath, objectPath, type Resource } from './resources.ts';
import type { Transport } from './transport.ts';

const leases = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', namespaced: true } as const satisfies Resource;

/** What the API server holds, as it answered: what is not ours in it goes back as it came. */
type Held = StoredLease & { readonly object: Readonly<Record<string, unknown>> };

/**
 * The Lease of this name, on a transport of its own: it must never stand behind other requests. An absent one is created by the first `put`.
 * Rejects with `KubeError`; `put` answers undefined where somebody else wrote in between.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/
 */
export const leaseStore = (transport: Transport, { name, namespace }: { readonly name: string; readonly namespace: string }): LeaseStore<Held> => {
  const path = objectPath(leases, { name, namespace });
  const unlessBeaten = async (write: Promise<unknown>, isBeaten: (error: unknown) => boolean): Promise<Held | undefined> => {
    try {
      return heldFrom(await write);
    } catch (error) {
      if (isBeaten(error)) return undefined;
      throw error;
    }
  };
  return {
    get: async (options) => {
      try {
        return heldFrom(await transport.request('GET', path, options));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
    put: (before, terms, options) => {
      const spec = specOf(terms);
      if (before !== undefined) return unlessBeaten(transport.request('PUT', path, { ...options, body: { ...before.object, spec } }), (error) => isConflict(error) || isNotFound(error));
      const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec };
      return unlessBeaten(transport.request('POST', collectionPath(leases, namespace), { ...options, body }), (error) => error instanceof KubeError && error.code === 409);
    },
  };
};

/** MicroTime has six digits after the second. */
const microTime = (date: Date): string => date.toISOString().replace('Z', '000Z');

const specOf = ({ holder, durationMs, acquiredAt, renewedAt, transitions }: LeaseTerms): Readonly<Record<string, unknown>> => ({
  holderIdentity: holder,
  leaseDurationSeconds: Math.ceil(durationMs / 1_000),
  acquireTime: microTime(acquiredAt),
  renewTime: microTime(renewedAt),
  leaseTransitions: transitions,
});

const heldFrom = (answer: unknown): Held => {
  const object = isRecord(answer) ? answer : {};
  const [metadata, spec] = [object['metadata'], object['spec']].map((part) => (isRecord(part) ? part : {}));
  const date = (value: unknown): Date => new Date(typeof value === 'string' ? value : 0);
  const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return {
    object,
    version: String(metadata?.['resourceVersion']),
    holder: typeof spec?.['holderIdentity'] === 'string' ? spec['holderIdentity'] : '',
    durationMs: number(spec?.['leaseDurationSeconds']) * 1_000,
    acquiredAt: date(spec?.['acquireTime']),
    renewedAt: date(spec?.['renewTime']),
    transitions: number(spec?.['leaseTransitions']),
  };
};
