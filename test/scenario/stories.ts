import type { TenantDomainSpec } from '../../crds/types.ts';
import type { Step } from './scenario.ts';
import type { Stage } from './stage.ts';

/** From the manifest to a tenant that is served: how most stories begin. */
export const served = (stage: Stage, spec: Partial<TenantDomainSpec> = {}): readonly Step[] => [
  { name: 'the tenant is applied', act: () => stage.tenant(spec), until: () => stage.knowsRecords() },
  { name: 'the customer adds the validation records', act: () => stage.customerAdds(), until: () => stage.isReady() },
];
