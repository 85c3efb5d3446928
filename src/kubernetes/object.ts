/** What every object of the API server carries, whatever its kind. Frozen by agreement: who reads an object never changes it. */
export type KubeObject = {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
};

/** The part of `metadata` that the shell and the core read. */
export type ObjectMeta = {
  readonly name: string;
  /** Absent on cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  /** Present from the moment somebody asked for the deletion. */
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
};

/** Where an object is found: `namespace/name`, or `name` when it is cluster-scoped. One object after another may live there. */
export const keyOf = ({ metadata }: KubeObject): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;

/** The opposite of `keyOf`. */
export const addressOf = (key: string): { readonly name: string; readonly namespace?: string } => {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
};

const comparable = /^[1-9][0-9]*$/;

/**
 * Below zero when `a` is older than `b`, zero when they are one version, above when newer; absent when one of them is not of the comparable
 * form. Never parsed into a number: they may grow beyond what a double holds exactly.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions (digits, no leading zero: longer is newer)
 */
export const compareVersions = (a: string, b: string): number | undefined => {
  if (!comparable.test(a) || !comparable.test(b)) return undefined;
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The object without what only other writers need (`managedFields`, kubectl's copy of the last manifest): more than half of its bytes.
 * For caches: what is left must never be sent back whole.
 */
export const trimmed = <O extends KubeObject>(object: O): O => {
  const { managedFields: _managedFields, annotations, ...metadata } = object.metadata as ObjectMeta & { readonly managedFields?: unknown };
  if (annotations === undefined) return { ...object, metadata };
  const { [lastApplied]: _lastApplied, ...kept } = annotations;
  return { ...object, metadata: { ...metadata, annotations: kept } };
};

/** Whether the value is an object of the API server: it has a name, a uid and a resourceVersion. The rest is the promise of its schema. */
export const isKubeObject = (value: unknown): value is KubeObject =>
  isRecord(value) &&
  isRecord(value.metadata) &&
  typeof value.metadata.name === 'string' &&
  typeof value.metadata.uid === 'string' &&
  typeof value.metadata.resourceVersion === 'string';

/** The object as the kind whose address it came from: the API server has checked it against that kind's schema before it stored it. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters, typescript/no-unsafe-type-assertion -- the one place that trusts the schema
export const trusted = <O extends KubeObject>(object: KubeObject): O => object as O;

/** Whether the value is a JSON object, and so may be asked for its fields. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
