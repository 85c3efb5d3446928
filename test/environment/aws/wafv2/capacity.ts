import type { FieldToMatch, Rule, Statement, TextTransformation } from '@aws-sdk/client-wafv2';
import { capacityOfGroup } from './rule-groups.ts';
import { partsOf } from './walk.ts';

/*
 * Web ACL capacity units, from the pages of each statement in the WAF developer guide:
 *
 *     geo, ASN, label, IP set       1, and 4 more for an IP set that looks at any forwarded address
 *     size                          1  }
 *     string: exact, start, end     2  }
 *     string: contains, word       10  }  JSON body: base twice
 *     regex                         3  }  all query arguments: 10 more
 *     regex set                    25  }  each transformation but NONE: 10 more
 *     SQLi: low, high          20, 30  }
 *     XSS                          40  }
 *     rate                          2, 30 more for each custom key
 *     managed group                what its vendor says
 *
 * Statements inside are added. AWS "might" charge a transformation that two rules share only once; here it never does. That NONE costs
 * nothing is assumed: it is no transformation.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html
 */

/** What a web ACL may use at most. https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
export const maxCapacity = 5_000;

type Inspection = { readonly FieldToMatch: FieldToMatch | undefined; readonly TextTransformations: readonly TextTransformation[] | undefined };

const inspecting = (base: number, { FieldToMatch: field, TextTransformations: transformations = [] }: Inspection): number =>
  (field?.JsonBody === undefined ? base : 2 * base) +
  (field?.AllQueryArguments === undefined ? 0 : 10) +
  10 * transformations.filter(({ Type: type }) => type !== 'NONE').length;

const isContaining = (constraint: string | undefined): boolean => constraint === 'CONTAINS' || constraint === 'CONTAINS_WORD';

const matching = (statement: Statement): number => {
  const { ByteMatchStatement: bytes, SizeConstraintStatement: size, RegexMatchStatement: regex, RegexPatternSetReferenceStatement: patterns } = statement;
  const { SqliMatchStatement: sqli, XssMatchStatement: xss } = statement;
  if (bytes !== undefined) return inspecting(isContaining(bytes.PositionalConstraint) ? 10 : 2, bytes);
  if (size !== undefined) return inspecting(1, size);
  if (regex !== undefined) return inspecting(3, regex);
  if (patterns !== undefined) return inspecting(25, patterns);
  if (sqli !== undefined) return inspecting(sqli.SensitivityLevel === 'HIGH' ? 30 : 20, sqli);
  return xss === undefined ? 0 : inspecting(40, xss);
};

const own = (statement: Statement): number => {
  const { GeoMatchStatement: geo, AsnMatchStatement: asn, LabelMatchStatement: label, IPSetReferenceStatement: set } = statement;
  const { RateBasedStatement: rate, ManagedRuleGroupStatement: group } = statement;
  if (geo !== undefined || asn !== undefined || label !== undefined) return 1;
  if (set !== undefined) return set.IPSetForwardedIPConfig?.Position === 'ANY' ? 5 : 1;
  if (rate !== undefined) return 2 + 30 * (rate.CustomKeys ?? []).length;
  return group === undefined ? matching(statement) : capacityOfGroup(group);
};

const ofStatement = (statement: Statement): number => partsOf(statement).reduce((sum, part) => sum + ofStatement(part), own(statement));

/** The units that rules take together; they have been checked. */
export const capacityOf = (rules: readonly Rule[]): number =>
  rules.reduce((sum, { Statement: statement }) => sum + (statement === undefined ? 0 : ofStatement(statement)), 0);
