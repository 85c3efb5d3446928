import type { Report } from '../../reconcilers/contract.ts';
import type { Failure } from '../../reconcilers/failure.ts';
import type { Saying } from '../kubernetes/events.ts';
import { isStall, needsPerson } from './report-lines.ts';

/*
 * What users read in `kubectl describe`, one Event for each:
 *
 *   what was done in AWS              CreateDistributionTenant, UpdateWebACL, ...: an action's verb
 *   it is served, or no longer        Served, Available; the reason for which it is not
 *   a customer has to do something    WaitingForCustomerDNS, WaitingForValidation, StillAtOldEndpoint
 *   their DNS came here, or left      Configured; PointsElsewhere, NotConfigured
 *   the certificate                   Issued; ValidationFailed, ValidationTimedOut; RenewalAtRisk; CertificatesReserved, IssuerSwitchRefused
 *   a person has to do something      the reason for which it stalls: a refused spec, a quota, a permission, a name that is taken
 *   a rollout                         RollingOut, RulesInForce
 *   a wish                            Paused, DryRun with what would be done
 *   the end                           Deleting; InUse, while something keeps it; Deleted, or Retained
 *
 * Nothing at rest, and nothing at a retry. What will be tried again without anybody's help is in the conditions only.
 */

type Transition = Report['transitions'][number];

/** An Event that a change of a condition is worth. `trouble` is told once until the object is Ready again, however often it is tried. */
type Rule = {
  readonly condition: string;
  readonly tells: (transition: Transition) => boolean;
  readonly type: Saying['type'];
  readonly trouble?: true;
};

const comesTo = (...reasons: readonly string[]) => ({ from, to }: Transition): boolean => reasons.includes(to.reason) && from?.reason !== to.reason;

const turns = (was: string, is: string) => ({ from, to }: Transition): boolean => from?.status === was && to.status === is;

/** The customer changed it, not the spec. */
const ofItself = ({ from, to }: Transition): boolean => from?.observedGeneration === to.observedGeneration;

const rules: readonly Rule[] = [
  { condition: 'Stalled', tells: ({ to }) => isStall(to), type: 'Warning', trouble: true },
  { condition: 'CertificateReady', tells: comesTo('ValidationFailed', 'ValidationTimedOut'), type: 'Warning', trouble: true },
  { condition: 'CertificateReady', tells: comesTo('RenewalAtRisk'), type: 'Warning' },
  { condition: 'CertificateReady', tells: ({ from }) => from?.reason === 'RenewalAtRisk', type: 'Normal' },
  { condition: 'CertificateReady', tells: (change) => turns('False', 'True')(change) && comesTo('Issued')(change), type: 'Normal' },
  { condition: 'CertificateReady', tells: (change) => change.to.status === 'True' && comesTo('CertificatesReserved', 'IssuerSwitchRefused')(change), type: 'Normal' },
  { condition: 'Ready', tells: comesTo('WaitingForCustomerDNS', 'WaitingForValidation'), type: 'Normal', trouble: true },
  { condition: 'Ready', tells: comesTo('InUse'), type: 'Normal', trouble: true },
  { condition: 'Ready', tells: (change) => comesTo('Deleting')(change) && change.from?.reason !== 'InUse', type: 'Normal' },
  { condition: 'Ready', tells: ({ from, to }) => [from?.status, to.status].includes('True'), type: 'Normal' },
  { condition: 'DNSConfigured', tells: comesTo('StillAtOldEndpoint'), type: 'Normal' },
  { condition: 'DNSConfigured', tells: turns('False', 'True'), type: 'Normal' },
  { condition: 'DNSConfigured', tells: (change) => turns('True', 'False')(change) && ofItself(change), type: 'Warning' },
  { condition: 'WebACLReady', tells: comesTo('RollingOut'), type: 'Normal' },
  { condition: 'WebACLReady', tells: ({ from, to }) => from?.reason === 'RollingOut' && to.reason === 'RulesInForce', type: 'Normal' },
];

type Told = { readonly saying: Saying; readonly trouble: boolean };

const actionsIn = ({ did }: Report): readonly Saying[] =>
  did.flatMap(({ action, failure }) => (failure === undefined ? [{ type: 'Normal', reason: action.verb, action: action.verb, note: action.because } as const] : []));

/** A condition that came to say so tells the first time from a retry. Of a refused write of the status none can: there, what was told is known. */
const isFirst = ({ reason }: Failure, { transitions }: Report): boolean => reason === 'KubernetesError' || transitions.some(({ to }) => to.reason === reason);

/** What failed and needs a person, in the words of who refused it. */
const failuresIn = (report: Report): readonly Told[] => {
  const { did, failures } = report;
  const all = [...did.map(({ action, failure }) => ({ action: action.verb, failure })), ...failures.map((failure) => ({ action: 'Reconcile', failure }))];
  return all.flatMap(({ action, failure }) =>
    failure !== undefined && needsPerson(failure) && isFirst(failure, report)
      ? [{ saying: { type: 'Warning', reason: failure.reason, action, note: failure.message } as const, trouble: true }]
      : [],
  );
};

const transitionsIn = ({ transitions }: Report): readonly Told[] =>
  rules.flatMap(({ condition, tells, type, trouble }) =>
    transitions.filter((change) => change.to.type === condition && tells(change)).map(({ to }) => ({ saying: { type, reason: to.reason, action: 'Reconcile', note: to.message }, trouble: trouble ?? false })),
  );

const endOf = ({ outcome, object, notices, kind }: Report): readonly Told[] => {
  const noticed = notices.map(({ reason, message }): Told => ({ saying: { type: 'Normal', reason, action: reason === 'Retained' ? 'Release' : 'Reconcile', note: message }, trouble: false }));
  if (outcome !== 'gone' || object === undefined || notices.some(({ reason }) => reason === 'Retained')) return noticed;
  return [...noticed, { saying: { type: 'Normal', reason: 'Deleted', action: 'Release', note: `nothing of this ${kind} is left in AWS` }, trouble: false }];
};

/** One reason is told once a pass, by whoever comes first: a failure by AWS's words, then by the most telling condition. */
const once = (all: readonly Told[]): readonly Told[] => all.filter(({ saying }, index) => all.findIndex((other) => other.saying.reason === saying.reason) === index);

/** Says what a report is worth telling to those who look at its object. Keeps in mind what objects were told that are not Ready. */
export const createSayings = (): ((report: Report) => readonly Saying[]) => {
  const troubles = new Map<string, Set<string>>();

  const isNews = (key: string, { saying, trouble }: Told): boolean => {
    if (!trouble) return true;
    const known = troubles.get(key) ?? new Set<string>();
    const word = `${saying.reason} ${saying.note}`;
    if (known.has(word)) return false;
    troubles.set(key, known.add(word));
    return true;
  };

  return (report) => {
    const { key, outcome, transitions } = report;
    const told = once([...failuresIn(report), ...transitionsIn(report), ...endOf(report)]).filter((one) => isNews(key, one));
    if (outcome === 'gone' || transitions.some(({ to }) => to.type === 'Ready' && to.status === 'True')) troubles.delete(key);
    return [...actionsIn(report), ...told.map(({ saying }) => saying)];
  };
};
