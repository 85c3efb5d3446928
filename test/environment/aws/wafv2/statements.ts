import type { AndStatement, GeoMatchStatement, LabelMatchStatement, NotStatement, Statement } from '@aws-sdk/client-wafv2';
import type { World } from '../world.ts';
import { checkInspection } from './inspections.ts';
import { checkManagedRuleGroup } from './managed-rule-groups.ts';
import { checkForwarding, checkRate } from './rate-limits.ts';
import { exactlyOne, invalidParameter, limitsExceeded, nonexistent, unavailable } from './refusals.ts';
import { membersOf } from './requests.ts';

/** Each kind of statement, with the field that errors about its place name. Those of `top` cannot stand inside others. */
const fields: Readonly<Record<keyof Statement, { readonly field: string; readonly top?: true }>> = {
  ByteMatchStatement: { field: 'BYTE_MATCH_STATEMENT' },
  SqliMatchStatement: { field: 'SQLI_MATCH_STATEMENT' },
  XssMatchStatement: { field: 'XSS_MATCH_STATEMENT' },
  SizeConstraintStatement: { field: 'SIZE_CONSTRAINT_STATEMENT' },
  GeoMatchStatement: { field: 'GEO_MATCH_STATEMENT' },
  RuleGroupReferenceStatement: { field: 'RULE_GROUP_REFERENCE_STATEMENT', top: true },
  IPSetReferenceStatement: { field: 'IP_SET_REFERENCE_STATEMENT' },
  RegexPatternSetReferenceStatement: { field: 'REGEX_PATTERN_REFERENCE_STATEMENT' },
  RateBasedStatement: { field: 'RATE_BASED_STATEMENT', top: true },
  AndStatement: { field: 'AND_STATEMENT' },
  OrStatement: { field: 'OR_STATEMENT' },
  NotStatement: { field: 'NOT_STATEMENT' },
  ManagedRuleGroupStatement: { field: 'MANAGED_RULE_SET_STATEMENT', top: true },
  LabelMatchStatement: { field: 'LABEL_MATCH_STATEMENT' },
  RegexMatchStatement: { field: 'STATEMENT' },
  AsnMatchStatement: { field: 'STATEMENT' },
};

const isKind = (name: string | undefined): name is keyof Statement => name !== undefined && Object.hasOwn(fields, name);

const maxCountries = 50;

const checkGeo = ({ CountryCodes: codes = [], ForwardedIPConfig: forwarding }: GeoMatchStatement): void => {
  if (codes.length > maxCountries) throw limitsExceeded('GEO_MATCH_COUNTRIES');
  if (codes.length === 0 || !codes.every((code) => /^[A-Z]{2}$/.test(code)))
    throw invalidParameter('GEO_MATCH_STATEMENT', codes.join(), 'The country codes are not valid');
  if (forwarding !== undefined) checkForwarding(forwarding);
};

const checkLabel = ({ Scope: scope, Key: key = '' }: LabelMatchStatement): void => {
  const isScope = scope === 'LABEL' || scope === 'NAMESPACE';
  if (!isScope || !/^[0-9A-Za-z_\-:]{1,1024}$/.test(key)) throw invalidParameter('LABEL_MATCH_STATEMENT', key, 'Scope and Key are not valid');
};

/** A set that is there but not known yet is missed in one of two ways, as the seed has it. */
const checkIpSet = (world: World, arn: string | undefined): void => {
  const set = world.ipSets.get(arn);
  if (set === undefined || set.gone) throw nonexistent();
  if (world.timeline.nowMs < set.knownFromMs) throw world.random.chance('unknown ip set', 0.5) ? nonexistent() : unavailable();
};

const checkParts = (world: World, field: string, { Statements: parts = [] }: AndStatement): void => {
  if (parts.length < 2) throw invalidParameter(field, parts.length, 'You haven’t met a minimum requirement for a threshold setting.');
  for (const part of parts) checkStatement(world, part, false);
};

const checkNot = (world: World, { Statement: part }: NotStatement): void => {
  if (part === undefined) throw invalidParameter('NOT_STATEMENT', '', exactlyOne);
  checkStatement(world, part, false);
};

const checkReferences = (world: World, statement: Statement): void => {
  // No account here has rule groups or pattern sets of its own.
  if (statement.RuleGroupReferenceStatement !== undefined || statement.RegexPatternSetReferenceStatement !== undefined) throw nonexistent();
  const { IPSetReferenceStatement: set, ManagedRuleGroupStatement: group } = statement;
  if (set !== undefined) checkIpSet(world, set.ARN);
  if (group !== undefined) checkManagedRuleGroup(world, group);
};

const checkLogic = (world: World, { AndStatement: and, OrStatement: or, NotStatement: not }: Statement): void => {
  if (and !== undefined) checkParts(world, 'AND_STATEMENT', and);
  if (or !== undefined) checkParts(world, 'OR_STATEMENT', or);
  if (not !== undefined) checkNot(world, not);
};

/** A statement with all that is inside it; only that of a rule itself `isTop`. */
export const checkStatement = (world: World, statement: Statement, isTop: boolean): void => {
  const [name, another] = membersOf(statement);
  if (!isKind(name) || another !== undefined) throw invalidParameter('STATEMENT', 'Statement', exactlyOne);
  const { field, top } = fields[name];
  if (!isTop && top === true) throw invalidParameter(field, name, 'A reference in your rule statement is not valid.');
  const { GeoMatchStatement: geo, LabelMatchStatement: label, AsnMatchStatement: asn, RateBasedStatement: rate, ManagedRuleGroupStatement: group } = statement;
  if (geo !== undefined) checkGeo(geo);
  if (label !== undefined) checkLabel(label);
  if (asn !== undefined && (asn.AsnList ?? []).length === 0) throw invalidParameter(field, '', 'At least one number is required');
  if (rate !== undefined) checkRate(rate);
  checkInspection(statement, field);
  checkReferences(world, statement);
  checkLogic(world, statement);
  const scopeDown = rate?.ScopeDownStatement ?? group?.ScopeDownStatement;
  if (scopeDown !== undefined) checkStatement(world, scopeDown, false);
};
