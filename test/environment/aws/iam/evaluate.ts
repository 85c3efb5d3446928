import type { Conditions, Policy, Statement } from '../../../../helm/iam/policy.ts';

/** What is asked of IAM for one action on one resource. Tags and other keys of the request are in `context`; a key that AWS does not know then is absent. */
export type Question = { readonly action: string; readonly resource: string; readonly context: Context };
export type Context = Readonly<Record<string, string | readonly string[]>>;

/** A question that a request raises. `missing`: about something that is not there, so that a condition on its tags finds none. */
export type Need = Question & { readonly missing?: true };

/** What one caller may do: AWS's text where a need is not granted. */
export type Rights = { readonly refusal: (need: Need) => string | undefined };

/** `by` is the statement that decided; absent where none speaks of it. */
export type Verdict = { readonly allowed: boolean; readonly by?: Statement };

type Values = readonly string[];
type Fits = (text: string) => boolean;

/** A pattern of a policy: `*` is any text, `?` any character. */
const pattern = (text: string): Fits => {
  if (text === '*') return () => true;
  if (!/[*?]/.test(text)) return (other) => other === text;
  const literal = text.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  const expression = new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return (other) => expression.test(other);
};

const isOneOf = (asked: Values, wanted: Values): boolean => asked.some((value) => wanted.includes(value));
const isLikeOneOf = (asked: Values, wanted: Values): boolean => wanted.map(pattern).some((fits) => asked.some(fits));

/** Those operators that our policies use, and their neighbours. Any other is a mistake here, never a quiet yes. */
const operators: Readonly<Record<string, (asked: Values | undefined, wanted: Values) => boolean>> = {
  StringEquals: (asked, wanted) => asked !== undefined && isOneOf(asked, wanted),
  StringEqualsIfExists: (asked, wanted) => asked === undefined || isOneOf(asked, wanted),
  StringNotEquals: (asked, wanted) => asked === undefined || !isOneOf(asked, wanted),
  StringLike: (asked, wanted) => asked !== undefined && isLikeOneOf(asked, wanted),
  StringNotLike: (asked, wanted) => asked === undefined || !isLikeOneOf(asked, wanted),
  // True of no value at all, too.
  'ForAllValues:StringEquals': (asked = [], wanted) => asked.every((value) => wanted.includes(value)),
  'ForAnyValue:StringEquals': (asked = [], wanted) => isOneOf(asked, wanted),
  Null: (asked, [wanted]) => String(asked === undefined) === wanted,
};

const listOf = (value: string | Values): Values => (typeof value === 'string' ? [value] : value);

const compiledConditions = (conditions: Conditions): ((context: Context) => boolean) => {
  const tests = Object.entries(conditions).flatMap(([name, keys]) => {
    const operator = operators[name];
    if (operator === undefined) throw new Error(`read a policy: the operator ${name} is not known here`);
    return Object.entries(keys).map(([key, wanted]) => (context: Context) => {
      const asked = context[key];
      return operator(asked === undefined ? undefined : listOf(asked), listOf(wanted));
    });
  });
  return (context) => tests.every((test) => test(context));
};

const compiled = (statement: Statement): ((question: Question) => boolean) => {
  // The names of actions are the only part that has no case.
  const actions = statement.Action.map((action) => pattern(action.toLowerCase()));
  const resources = statement.Resource.map(pattern);
  const holds = compiledConditions(statement.Condition ?? {});
  return ({ action, resource, context }) => actions.some((fits) => fits(action.toLowerCase())) && resources.some((fits) => fits(resource)) && holds(context);
};

/**
 * Decides as IAM does within one account where there are identity-based policies alone: what a statement denies is denied, what one allows is
 * allowed, and all else is denied. Throws at once where a policy says more than this understands.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const judgeOf = (policies: readonly Policy[]): ((question: Question) => Verdict) => {
  const statements = policies.flatMap((policy) => policy.Statement).map((statement) => ({ statement, fits: compiled(statement) }));
  const denials = statements.filter(({ statement }) => statement.Effect === 'Deny');
  const grants = statements.filter(({ statement }) => statement.Effect === 'Allow');
  return (question) => {
    const denial = denials.find(({ fits }) => fits(question));
    if (denial !== undefined) return { allowed: false, by: denial.statement };
    const grant = grants.find(({ fits }) => fits(question));
    return grant === undefined ? { allowed: false } : { allowed: true, by: grant.statement };
  };
};
