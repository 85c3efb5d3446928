import type { TenantDomain } from '../../../crds/types.ts';
import { listAt, textAt } from '../control-plane/json.ts';
import type { EmbeddedWorld } from '../embedded.ts';
import { stamp } from './audience.ts';
import { accountLines, accountsOf, ownersIn } from './calls.ts';
import { cast, keyOf } from './cast.ts';

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
export const castLines = (tenants: readonly TenantDomain[]): readonly string[] => [
  ...heading('What each of them says:'),
  ...cast.flatMap(({ key, part }) => {
    const tenant = tenants.find((one) => keyOf(one) === key);
    return [`  ${key}  (${part})`, `    ${tenant === undefined ? 'it does not exist' : wordsOf(tenant)}`];
  }),
];

/** The AWS calls of the controller, by tenant. */
export const callLines = ({ simulator }: EmbeddedWorld, tenants: readonly TenantDomain[]): readonly string[] => {
  const accounts = accountsOf(simulator.log, ownersIn(simulator.inspect, tenants));
  return [...heading('AWS calls of the controller, those of each tenant and those that serve all:'), ...indented(accountLines(accounts, cast.map(({ key }) => key)))];
};

const timeOf = (event: unknown): string => textAt(event, 'eventTime') ?? '';

/** The Kubernetes Events of one tenant, with the seconds since it was created. */
export const eventLines = async ({ controlPlane }: EmbeddedWorld, tenant: TenantDomain): Promise<readonly string[]> => {
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

/** What to type to look around. */
export const commandLines = (kubeconfig: string, logPath: string): readonly string[] => {
  const kubectl = `kubectl --kubeconfig=${kubeconfig}`;
  return indented([
    `${kubectl} get td -A`,
    `${kubectl} get et -o wide`,
    `${kubectl} describe td orders -n bakery`,
    `${kubectl} get td store -n fashion -o jsonpath='{.status.dnsRecords}'`,
    `${kubectl} label ns dental plan=enterprise --overwrite`,
    `${kubectl} patch td meters -n energy --type=json -p '[{"op":"remove","path":"/spec/parameters"}]'`,
    `${kubectl} delete td tickets -n cinema --wait=false`,
    `tail -f ${logPath}`,
  ]);
};
