import type { TenantDomain } from '../../../crds/types.ts';
import { listAt, textAt } from '../control-plane/json.ts';
import type { Platform } from '../platform.ts';
import { type Scene, stamp } from './audience.ts';
import { accountLines, accountsOf, ownersIn } from './calls.ts';
import { type Role, keyOf } from './cast.ts';
import type { Findings } from './prober.ts';

const heading = (text: string): readonly string[] => ['', text];

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

/** What a tenant's status says in words: why it is not Ready; where it is, what its DNS does. */
const wordsOf = (tenant: TenantDomain): string => {
  const found = (type: string) => tenant.status?.conditions?.find((condition) => condition.type === type);
  const ready = found('Ready');
  const telling = ready?.status === 'True' ? found('DNSConfigured') : ready;
  return `${telling?.type ?? 'Ready'} ${telling?.status ?? 'Unknown'}: ${telling?.message ?? 'nothing yet'}`;
};

/** Each role with what its tenant's status says in the end. */
export const castLines = (roles: readonly Role[], tenants: readonly TenantDomain[]): readonly string[] => [
  ...heading('What each of them says:'),
  ...roles.flatMap(({ key, part }) => {
    const tenant = tenants.find((one) => keyOf(one) === key);
    return [`  ${key}  (${part})`, `    ${tenant === undefined ? 'it does not exist' : wordsOf(tenant)}`];
  }),
];

/** The AWS calls of the controller, by tenant and tier. */
export const callLines = ({ simulator }: Pick<Platform, 'simulator'>, { tenants, tiers }: Pick<Scene, 'tenants' | 'tiers'>): readonly string[] => {
  const accounts = accountsOf(simulator.log, ownersIn(simulator.inspect, tenants));
  const keys = [...tenants.map(keyOf), ...tiers.map(({ metadata }) => `tier ${metadata.name}`)];
  return [...heading('AWS calls of the controller, those of each tenant and tier and those that serve all:'), ...indented(accountLines(accounts, keys))];
};

const someOf = (moments: readonly string[]): readonly string[] => (moments.length > 5 ? [...moments.slice(0, 5), `and ${moments.length - 5} more`] : moments);

/** What the prober found. */
export const proberLines = ({ questions, changes, unserved, unprotected }: Findings): readonly string[] => [
  ...heading(`CloudFront's edges were asked ${questions.toLocaleString('en')} times whether a name is served, twice a second and at each of ${changes} changes in AWS:`),
  ...indented([
    `${unserved.length} moments in which one that was served before was not`,
    ...indented(someOf(unserved)),
    `${unprotected.length} moments in which one was served without its tier's rules`,
    ...indented(someOf(unprotected)),
  ]),
];

const timeOf = (event: unknown): string => textAt(event, 'eventTime') ?? '';

/** The Kubernetes Events of one tenant, with the seconds since it was created. */
export const eventLines = async ({ controlPlane }: Pick<Platform, 'controlPlane'>, tenant: TenantDomain): Promise<readonly string[]> => {
  const { namespace = '', name, creationTimestamp = '' } = tenant.metadata;
  const { body } = await controlPlane.admin.request('GET', `/apis/events.k8s.io/v1/namespaces/${namespace}/events`);
  const events = listAt(body, 'items').filter((event) => textAt(event, 'regarding', 'name') === name);
  const lines = events.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)).map((event) => {
    const seconds = Math.max(0, Math.round((Date.parse(timeOf(event)) - Date.parse(creationTimestamp)) / 1_000));
    const [type = '', reason = '', note = ''] = ['type', 'reason', 'note'].map((field) => textAt(event, field));
    return `${stamp(seconds)}  ${type.padEnd(7)}  ${reason.padEnd(24)}  ${note}`;
  });
  return [...heading(`Kubernetes Events of ${keyOf(tenant)}:`), ...lines];
};

/** What to type first in another terminal, so that kubectl is that of this world, and speaks to it. */
export const aliasLine = (kubectl: string, kubeconfig: string): string => `alias kubectl='${kubectl} --kubeconfig=${kubeconfig}'`;

/** What to type then, to look around. */
export const commandLines = (logPath: string): readonly string[] =>
  indented([
    'kubectl get td -A',
    'kubectl get et -o wide',
    'kubectl get et premium -o yaml',
    'kubectl describe td shop -n acme',
    'kubectl get pods,lease -n tenant-edge',
    "kubectl get td store -n fashion -o jsonpath='{.status.dnsRecords}'",
    'kubectl annotate et premium tenantedge.dev/paused=true',
    'kubectl label ns dental plan=premium --overwrite',
    `kubectl patch td meters -n energy --type=json -p '[{"op":"remove","path":"/spec/parameters"}]'`,
    'kubectl delete td tickets -n cinema --wait=false',
    `tail -f ${logPath}`,
  ]);
