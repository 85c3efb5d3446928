import { asRefusal, Failure, type Seen, seen } from '../../../failure.ts';
import type { Aws } from '../../../ports/aws.ts';
import { refusedForMs } from '../../../requeue.ts';
import { type Form, type FormRule, hashOfForm, rulesOf } from '../form.ts';

/** For how long AWS's refusal of rules is not asked for again; what may pass by itself is asked again with the next look. */
const standsForMs = ({ kind }: Failure): number => (kind === 'invalid' || kind === 'blocked' ? refusedForMs[kind] : 0);

// WAF knows a fresh IP set after "seconds to minutes"; a rule group that does not exist is answered alike, for ever.
const unknownForMs = 2 * 60_000;

/** What AWS does not know for that long does not exist. */
const judged = (failure: Failure, sinceMs: number, nowMs: number): Failure =>
  (failure.kind === 'conflict' || failure.kind === 'unsettled') && nowMs - sinceMs >= unknownForMs ? asRefusal(failure) : failure;

const capacityOf = async (aws: Aws, form: Form, signal: AbortSignal): Promise<number> => (await aws.checkCapacity({ Scope: 'CLOUDFRONT', Rules: rulesOf(form) }, signal)).Capacity ?? 0;

const isRefusal = ({ kind, reason }: Failure): boolean => (kind === 'invalid' || kind === 'blocked') && reason !== 'AccessDenied';

const groupIn = ({ statement }: FormRule): FormRule['statement']['ManagedRuleGroupStatement'] => statement.ManagedRuleGroupStatement;

const called = (rule: FormRule): string => {
  const { Name: group = '', VendorName: vendor = '', Version: version } = groupIn(rule) ?? {};
  return `rule ${rule.name} (managed rule group ${group} of ${vendor}${version === undefined ? '' : `, ${version}`})`;
};

/**
 * The refusal of a form in words that name the rules it is for, since AWS names none: each managed rule group is asked about by itself.
 * Where none is refused alone, AWS's words are all there is.
 */
const namingRules = async (aws: Aws, form: Form, failure: Failure, signal: AbortSignal): Promise<Failure> => {
  const alone = (rule: FormRule): Promise<Seen<number>> =>
    form.rules.length === 1 ? Promise.resolve({ known: false, failure }) : seen(capacityOf(aws, { ...form, rules: [rule] }, signal));
  const answers = await Promise.all(form.rules.filter(groupIn).map(async (rule) => ({ rule, answer: await alone(rule) })));
  const refused = answers.flatMap(({ rule, answer }) => (!answer.known && answer.failure.code === failure.code ? [`${called(rule)}: ${answer.failure.message}`] : []));
  return refused.length === 0 ? failure : new Failure({ kind: failure.kind, reason: failure.reason, code: failure.code, message: refused.join('; '), cause: failure });
};

type Answer = { readonly seen: Seen<number>; readonly atMs: number; readonly sinceMs: number };

/** Asks AWS what forms take, and whether it takes them: once a process for each form, by hash. A refusal is an answer. */
export const capacityReader = (aws: Aws, now: () => Date): ((forms: readonly Form[], signal: AbortSignal) => Promise<Readonly<Record<string, Seen<number>>>>) => {
  const answers = new Map<string, Answer>();

  const ask = async (form: Form, before: Answer | undefined, signal: AbortSignal): Promise<Answer> => {
    const atMs = now().getTime();
    const answer = await seen(capacityOf(aws, form, signal));
    const sinceMs = before?.sinceMs ?? atMs;
    if (answer.known) return { seen: answer, atMs, sinceMs };
    const failure = judged(answer.failure, sinceMs, atMs);
    return { seen: { known: false, failure: isRefusal(failure) ? await namingRules(aws, form, failure, signal) : failure }, atMs, sinceMs };
  };

  const capacity = async (form: Form, signal: AbortSignal): Promise<readonly [string, Seen<number>]> => {
    const hash = hashOfForm(form);
    const known = answers.get(hash);
    if (known?.seen.known === true || (known && now().getTime() - known.atMs < standsForMs(known.seen.failure))) return [hash, known.seen];
    const answer = await ask(form, known, signal);
    answers.set(hash, answer);
    return [hash, answer.seen];
  };

  return async (forms, signal) => Object.fromEntries(await Promise.all(forms.map((form) => capacity(form, signal))));
};
