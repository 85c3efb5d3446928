import { listAt, textAt, valueAt } from '../control-plane/json.ts';

/** What we read of a Pod with one container. */
export type Pod = {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
  readonly serviceAccount: string;
  /** Absent until it is bound. */
  readonly node?: string;
  /** How long it may take to end; present once it is told to. */
  readonly deletionGraceSeconds?: number;
  readonly tokenSeconds: number;
  readonly container: Container;
};

/** A container as its process sees it: variables resolved, and named in its arguments no more. */
export type Container = {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: Readonly<Record<string, number>>;
  /** Where readiness is asked for: a path, and a port by name or number. */
  readonly readiness?: { readonly path: string; readonly port: string };
};

// What a projected token lasts without a word about it: https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken
const defaultTokenSeconds = 3_600;

/** Fields that a variable may be made from, as far as they can be known here. */
const fieldsOf = (body: unknown): Readonly<Record<string, string>> => ({
  'metadata.name': textAt(body, 'metadata', 'name') ?? '',
  'metadata.namespace': textAt(body, 'metadata', 'namespace') ?? '',
  'metadata.uid': textAt(body, 'metadata', 'uid') ?? '',
  'spec.nodeName': textAt(body, 'spec', 'nodeName') ?? '',
  'spec.serviceAccountName': textAt(body, 'spec', 'serviceAccountName') ?? '',
  'status.podIP': '127.0.0.1',
});

/** `$(NAME)` is a variable that came before; any other stays as it is. @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/ */
const expanded = (text: string, variables: Readonly<Record<string, string>>): string => text.replaceAll(/\$\(([\w.-]+)\)/g, (whole, name: string) => variables[name] ?? whole);

const environmentOf = (body: unknown, container: unknown): Readonly<Record<string, string>> => {
  const fields = fieldsOf(body);
  const environment: Record<string, string> = {};
  for (const variable of listAt(container, 'env')) {
    const name = textAt(variable, 'name') ?? '';
    const path = textAt(variable, 'valueFrom', 'fieldRef', 'fieldPath');
    const field = path === undefined ? undefined : fields[path];
    if (valueAt(variable, 'valueFrom') !== undefined && field === undefined) throw new Error(`resolve ${name} of a container: only fields of the Pod are known here`);
    environment[name] = field ?? expanded(textAt(variable, 'value') ?? '', environment);
  }
  return environment;
};

const containerOf = (body: unknown): Container => {
  const [container] = listAt(body, 'spec', 'containers');
  const environment = environmentOf(body, container);
  const path = textAt(container, 'readinessProbe', 'httpGet', 'path');
  return {
    name: textAt(container, 'name') ?? '',
    image: textAt(container, 'image') ?? '',
    args: listAt(container, 'args').map((arg) => expanded(String(arg), environment)),
    environment,
    ports: Object.fromEntries(listAt(container, 'ports').map((port) => [textAt(port, 'name') ?? '', Number(valueAt(port, 'containerPort'))])),
    ...(path === undefined ? {} : { readiness: { path, port: String(valueAt(container, 'readinessProbe', 'httpGet', 'port')) } }),
  };
};

const tokenSecondsOf = (body: unknown): number => {
  const sources = listAt(body, 'spec', 'volumes').flatMap((volume) => listAt(volume, 'projected', 'sources'));
  const seconds = sources.map((source) => valueAt(source, 'serviceAccountToken', 'expirationSeconds')).find((each) => each !== undefined);
  return typeof seconds === 'number' ? seconds : defaultTokenSeconds;
};

/** The Pod that an answer of the API server is. */
export const podFrom = (body: unknown): Pod => {
  const node = textAt(body, 'spec', 'nodeName');
  const grace = valueAt(body, 'metadata', 'deletionGracePeriodSeconds');
  return {
    namespace: textAt(body, 'metadata', 'namespace') ?? '',
    name: textAt(body, 'metadata', 'name') ?? '',
    uid: textAt(body, 'metadata', 'uid') ?? '',
    generation: Number(valueAt(body, 'metadata', 'generation') ?? 1),
    serviceAccount: textAt(body, 'spec', 'serviceAccountName') ?? 'default',
    tokenSeconds: tokenSecondsOf(body),
    container: containerOf(body),
    ...(node === undefined ? {} : { node }),
    ...(typeof grace === 'number' && textAt(body, 'metadata', 'deletionTimestamp') !== undefined ? { deletionGraceSeconds: grace } : {}),
  };
};
