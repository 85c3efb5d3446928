import type { Manifest } from '../environment/control-plane/apply.ts';
import type { Admin } from '../environment/control-plane/client.ts';
import { listAt, textAt, valueAt } from '../environment/control-plane/json.ts';

const pathOf = async (admin: Admin, { apiVersion, kind, metadata }: Manifest): Promise<string> => {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const { body } = await admin.request('GET', group);
  const resource = listAt(body, 'resources').find((each) => textAt(each, 'kind') === kind && textAt(each, 'name')?.includes('/') === false);
  const namespace = valueAt(resource, 'namespaced') === true ? `/namespaces/${metadata.namespace ?? ''}` : '';
  return `${group}${namespace}/${textAt(resource, 'name') ?? 'unknown'}/${metadata.name}`;
};

/**
 * What the API server would say to this object, all of its validation and admission included, and fields that it does not know: undefined
 * where it would take it. It is asked by whoever applied what is there, so that what an object has no more goes, as in an upgrade.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run
 */
export const refusalOf = async (admin: Admin, manifest: Manifest): Promise<string | undefined> => {
  const path = `${await pathOf(admin, manifest)}?fieldManager=test-environment&force=true&dryRun=All&fieldValidation=Strict`;
  const { status, body } = await admin.request('PATCH', path, manifest, 'application/apply-patch+yaml');
  return status < 300 ? undefined : `${manifest.kind} ${manifest.metadata.name}: ${String(status)}: ${textAt(body, 'message') ?? 'no message'}`;
};
