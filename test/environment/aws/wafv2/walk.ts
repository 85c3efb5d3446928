import type { Rule, Statement } from '@aws-sdk/client-wafv2';

/** The statements directly inside one: logic and scope-downs have some. */
export const partsOf = (statement: Statement): readonly Statement[] => {
  const { AndStatement: and, OrStatement: or, NotStatement: not, RateBasedStatement: rate, ManagedRuleGroupStatement: group } = statement;
  const scopeDowns = [not?.Statement, rate?.ScopeDownStatement, group?.ScopeDownStatement].filter((part) => part !== undefined);
  return [...(and?.Statements ?? []), ...(or?.Statements ?? []), ...scopeDowns];
};

const addIpSets = (found: Set<string>, statement: Statement): void => {
  const { ARN: arn } = statement.IPSetReferenceStatement ?? {};
  if (arn !== undefined) found.add(arn);
  for (const part of partsOf(statement)) addIpSets(found, part);
};

/** The ARNs of the IP sets that rules refer to, at any depth. */
export const ipSetsOf = (rules: readonly Rule[]): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { Statement: statement } of rules) if (statement !== undefined) addIpSets(found, statement);
  return found;
};
