import type { Statement as WafStatement } from '@aws-sdk/client-wafv2';

/*
 * One statement can be written in many ways that mean the same, and AWS gives back another than it was sent. Of all of them the normal
 * form is one: members in the order of their names, nothing that is empty, no default left out, and lists sorted whose order means
 * nothing.
 */

/** As JSON: bytes are a string with one character (U+0000 to U+00FF) for each. */
export type Plain<T> = T extends Uint8Array
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Plain<Item>[]
    : T extends object
      ? { readonly [Member in keyof T]: Plain<T[Member]> }
      : T;

/** A statement in normal form. */
export type Statement = Plain<WafStatement>;

type Json = string | number | boolean | readonly Json[] | Members;
type Members = { readonly [member: string]: Json };

const isMembers = (value: Json | undefined): value is Members => typeof value === 'object' && !Array.isArray(value);
const membersOf = (value: Json | undefined): Members => (isMembers(value) ? value : {});
const itemsOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

const nameOf = (value: Json): string => {
  const { Name: name } = membersOf(value);
  return typeof name === 'string' ? name : '';
};

const without = (members: Members, name: string): Members => Object.fromEntries(Object.entries(members).filter(([member]) => member !== name));

const sorted = (value: Json): Json => itemsOf(value).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

// A header's name has no case: RFC 9110, section 5.1.
const withoutCase = (value: Json): Json => ({ ...membersOf(value), Name: nameOf(value).toLowerCase() });

/** Only the order of the priorities counts, and it becomes that of the list. */
const byPriority = (value: Json): Json =>
  itemsOf(value)
    .map(membersOf)
    .toSorted((a, b) => Number(a['Priority']) - Number(b['Priority']))
    .map((transformation, index) => ({ ...transformation, Priority: index }));

const defaultWindowSeconds = 300;

const botControlOf = (value: Json): Json => {
  const { EnableMachineLearning: learns, ...config } = membersOf(value);
  // Machine learning is for the targeted level alone, and there on unless switched off.
  return config['InspectionLevel'] === 'TARGETED' && learns === false ? { EnableMachineLearning: false, ...config } : config;
};

const botControl = 'AWSManagedRulesBotControlRuleSet';

const groupOf = (value: Json): Json => {
  const { ExcludedRules: excluded, RuleActionOverrides: overrides, ...group } = membersOf(value);
  // ExcludedRules is the older way to let rules only count.
  const counting = itemsOf(excluded).map((rule) => ({ ActionToUse: { Count: {} }, Name: nameOf(rule) }));
  const all = [...itemsOf(overrides), ...counting];
  return ordered({
    ...(group['Name'] === botControl && { ManagedRuleGroupConfigs: [{ [botControl]: { InspectionLevel: 'COMMON' } }] }),
    ...group,
    ...(all.length > 0 && { RuleActionOverrides: all.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) }),
  });
};

/** What is done to members of these names after their own members are in normal form. */
const normal: Readonly<Record<string, (value: Json) => Json>> = {
  CountryCodes: sorted,
  CustomKeys: sorted,
  Statements: sorted,
  TextTransformations: byPriority,
  Header: withoutCase,
  RateBasedStatement: (value) => ordered({ EvaluationWindowSec: defaultWindowSeconds, ...membersOf(value) }),
  AWSManagedRulesBotControlRuleSet: botControlOf,
  AWSManagedRulesATPRuleSet: (value) => (membersOf(value)['EnableRegexInPath'] === false ? without(membersOf(value), 'EnableRegexInPath') : value),
  ManagedRuleGroupStatement: groupOf,
};

const ordered = (members: Members): Members => Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const isEmpty = (value: Json): boolean => value === '' || (Array.isArray(value) && value.length === 0);

const jsonOf = (value: unknown): Json | undefined => {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (Array.isArray(value)) return value.map(jsonOf).filter((item) => item !== undefined);
  if (typeof value === 'object' && value !== null) return ordered(Object.fromEntries(Object.entries(value).flatMap(memberOf)));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
};

// An empty object says something ({Count: {}}, {IP: {}}), an empty list or string nothing: WAF refuses to be sent one.
const memberOf = ([name, value]: readonly [string, unknown]): readonly (readonly [string, Json])[] => {
  const json = jsonOf(value);
  return json === undefined || isEmpty(json) ? [] : [[name, normal[name]?.(json) ?? json]];
};

/** Anything of a rule in normal form; repeating it changes nothing. */
export const normalOf = <T extends object>(value: T | Plain<T>): Plain<T> => jsonOf(value) as Plain<T>;

/** What is sent for something in normal form: WAF wants search strings as bytes. */
export const sentOf = <T extends object>(value: Plain<T>): T => unplain(value, '') as T;

const unplain = (value: unknown, name: string): unknown => {
  if (name === 'SearchString' && typeof value === 'string') return Uint8Array.from(Buffer.from(value, 'latin1'));
  if (Array.isArray(value)) return value.map((item) => unplain(item, ''));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, below]) => [member, unplain(below, member)]));
};
