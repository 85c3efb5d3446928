import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textAt, valueAt } from '../environment/control-plane/json.ts';

/** One request of the controller, as the API server logged it when it was over. */
export type Audited = {
  readonly at: Date;
  readonly verb: string;
  /** `group/resource` and, behind another slash, the subresource; the core group is empty. */
  readonly resource: string;
  /** `namespace/name`, as far as the request named them. */
  readonly object: string;
  readonly code: number;
};

const controller = 'system:serviceaccount:tenant-edge:tenant-edge';

const auditedFrom = (line: string): readonly Audited[] => {
  const entry: unknown = JSON.parse(line);
  if (textAt(entry, 'user', 'username') !== controller) return [];
  const at = (key: string): string | undefined => textAt(entry, 'objectRef', key);
  const [subresource, namespace] = [at('subresource'), at('namespace')];
  return [{
    at: new Date(textAt(entry, 'requestReceivedTimestamp') ?? Number.NaN),
    verb: textAt(entry, 'verb') ?? '',
    resource: `${at('apiGroup') ?? ''}/${at('resource') ?? ''}${subresource === undefined ? '' : `/${subresource}`}`,
    object: `${namespace === undefined ? '' : `${namespace}/`}${at('name') ?? ''}`,
    code: Number(valueAt(entry, 'responseStatus', 'code')),
  }];
};

/** All requests that any process of the controller has made of this control plane; its watches once they have ended. */
export const auditOf = async (directory: string): Promise<readonly Audited[]> => {
  const text = await readFile(join(directory, 'audit.log'), 'utf8');
  return text.split('\n').filter((line) => line.endsWith('}')).flatMap(auditedFrom);
};

/** Whether it asked for a change, events included. */
export const isWrite = ({ verb }: Audited): boolean => ['create', 'update', 'patch', 'delete', 'deletecollection'].includes(verb);
