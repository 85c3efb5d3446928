import { advice, turns } from '../../../crds/advice.ts';
import { edgeTierConditions, type Reason, reasons, tenantDomainConditions } from '../../../crds/reasons.ts';

const head = `# Conditions and reasons

Every \`status.conditions\` entry has a type, a status, a reason for programs and a message for people. The message names the thing; this page says what the
reason means and what to do. Reasons are never renamed, so that scripts and alerts may rest on them.

\`\`\`sh
kubectl get et,td -A
kubectl get td -A -o wide
kubectl get td shop -n acme -o jsonpath='{range .status.conditions[*]}{.type} {.status} {.reason}: {.message}{"\\n"}{end}'
kubectl describe td shop -n acme
\`\`\`

\`Ready\` repeats the first of these that is not True: \`Accepted\`, \`CertificateReady\`, \`Programmed\` of a TenantDomain; \`Accepted\`, \`DistributionReady\`,
\`ConnectionGroupsReady\`, \`WebACLReady\` of an EdgeTier. What customers do to their DNS is no part of it. \`Paused\` and \`DryRun\` come before all of them; \`ConnectionGroupDisabled\` of a TenantDomain right after \`Accepted\`; \`EnabledFalse\`, and
\`Updating\` where a name is not served yet, when all of them are True. Beside it stands one of these, or neither while a customer has to act and while somebody's wish is respected:

| | means | kstatus, \`helm --wait\`, Flux | Argo CD |
|---|---|---|---|
| \`Ready\` True | in order | Current | Healthy |
| \`Reconciling\` True | goes on by itself | InProgress | Progressing |
| \`Stalled\` True | a person has to act | Failed | Degraded |
| neither, \`Ready\` False | a customer's turn, or paused, a dry run, disabled | InProgress | Suspended |

A status speaks of the spec of its \`observedGeneration\`. \`lastTransitionTime\` moves with the status alone.
`;

const conditionTable = (kind: string, conditions: Readonly<Record<string, string>>): string =>
  [`## Conditions of ${kind}`, '', '| Condition | True when |', '|---|---|', ...Object.entries(conditions).map(([type, sentence]) => `| \`${type}\` | ${sentence} |`), ''].join('\n');

/** Conditions with their statuses, `CertificateReady` (True, False); one that is only ever False says nothing of it. */
const placesOf = (kind: string, places: readonly string[] | undefined): readonly string[] => {
  if (places === undefined) return [];
  const statuses = Map.groupBy(places.map((place) => place.split(' ')), ([type = '']) => type);
  const words = [...statuses].map(([type, all]) => {
    const said = all.map(([, status = 'False']) => status);
    return said.join() === 'False' ? `\`${type}\`` : `\`${type}\` ${said.join(', ')}`;
  });
  return [`${kind}: ${words.join('; ')}`];
};

const rowOf = (reason: Reason): string => {
  const { td, et, event, ...others } = advice[reason];
  const where = [...placesOf('td', td), ...placesOf('et', et), ...(event ? ['an Event'] : [])].join('<br>');
  const cells = [`<a id="${reason.toLowerCase()}"></a>\`${reason}\``, where, reasons[reason], ...('todo' in others ? [others.todo] : [])];
  return `| ${cells.join(' | ')} |`;
};

const section = ([turn, title]: readonly [string, string]): string => {
  const rows = (Object.keys(reasons) as readonly Reason[]).filter((reason) => advice[reason].turn === turn).map(rowOf);
  const [names, rule] = turn === 'nobody' ? ['| Reason | Condition | Means |', '|---|---|---|'] : ['| Reason | Condition | Means | To do, or if it stays |', '|---|---|---|---|'];
  return [`### ${title}`, '', names, rule, ...rows, ''].join('\n');
};

const reasonsHead = `## Reasons

By whose turn it is. A condition without a status is False; td is a TenantDomain, et an EdgeTier. \`Ready\`, \`Reconciling\` and \`Stalled\` repeat the others', and
are only named where the reason is their own.
`;

/** docs/conditions.md, from crds/reasons.ts and crds/advice.ts. */
export const conditionsPage = (): string =>
  [head, conditionTable('a TenantDomain', tenantDomainConditions), conditionTable('an EdgeTier', edgeTierConditions), reasonsHead, ...Object.entries(turns).map(section)].join('\n').trimEnd().concat('\n');
