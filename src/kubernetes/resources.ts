/** A resource of the API server, as its addresses are built. */
export type Resource = {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
};

/** The tiers: one per plan the platform sells. */
export const edgeTiers = { group: 'tenantedge.dev', version: 'v1alpha1', plural: 'edgetiers', namespaced: false } as const satisfies Resource;

/** The tenants: one per customer. */
export const tenantDomains = { group: 'tenantedge.dev', version: 'v1alpha1', plural: 'tenantdomains', namespaced: true } as const satisfies Resource;

/** Read for the labels by which a tier admits its tenants. */
export const namespaces = { group: '', version: 'v1', plural: 'namespaces', namespaced: false } as const satisfies Resource;

/** Written only. */
export const events = { group: 'events.k8s.io', version: 'v1', plural: 'events', namespaced: true } as const satisfies Resource;

/**
 * The path of a resource's collection: of one namespace, or of the whole cluster when none is given.
 * @throws when a namespace is given for a resource that has none
 */
export const collectionPath = (resource: Resource, namespace?: string): string => {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  if (namespace === undefined) return `${root}/${resource.plural}`;
  if (!resource.namespaced) throw new TypeError(`build the path of ${resource.plural}: cluster-scoped, but namespace "${namespace}" given`);
  return `${root}/namespaces/${encodeURIComponent(namespace)}/${resource.plural}`;
};

/**
 * The path of one object.
 * @throws when the namespace is missing for a namespaced resource, or given for one that has none
 */
export const objectPath = (resource: Resource, address: { readonly name: string; readonly namespace?: string }): string => {
  const { name, namespace } = address;
  if (resource.namespaced && namespace === undefined) throw new TypeError(`build the path of ${resource.plural} "${name}": namespace missing`);
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
};
