import type { TenantDomain } from '../../../crds/types.ts';
import { listAt, textAt } from '../control-plane/json.ts';
import type { EmbeddedWorld } from '../embedded.ts';
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

/** The Kubernetes Events of one tenant, in their order. */
export const eventLines = async ({ controlPlane }: EmbeddedWorld, key: string): Promise<readonly string[]> => {
  const [namespace = '', name = ''] = key.split('/');
  const { body } = await controlPlane.admin.request('GET', `/apis/events.k8s.io/v1/namespaces/${namespace}/events`);
  const events = listAt(body, 'items').filter((event) => textAt(event, 'regarding', 'name') === name);
  const at = (event: unknown): string => textAt(event, 'eventTime') ?? '';
  const lines = events
    .toSorted((a, b) => (at(a) < at(b) ? -1 : 1))
    .map((event) => `${at(event).slice(11, 19)}  ${(textAt(event, 'type') ?? '').padEnd(7)}  ${(textAt(event, 'reason') ?? '').padEnd(24)}  ${textAt(event, 'note') ?? ''}`);
  return [...heading(`Kubernetes Events of ${key}:`), ...indented(lines)];
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
