import type { ForwardedIPConfig, RateBasedStatement, RateBasedStatementCustomKey, RateLimitHeader } from '@aws-sdk/client-wafv2';
import { checkTransformations } from './inspections.ts';
import { exactlyOne, invalidParameter } from './refusals.ts';
import { membersOf } from './requests.ts';

const isFallback = (behaviour: string | undefined): boolean => behaviour === 'MATCH' || behaviour === 'NO_MATCH';

/** Where an address is read from instead of the connection. */
export const checkForwarding = ({ HeaderName: header = '', FallbackBehavior: fallback }: ForwardedIPConfig): void => {
  if (!/^[a-zA-Z0-9-]{1,255}$/.test(header) || !isFallback(fallback))
    throw invalidParameter('FORWARDED_IP_CONFIG', header, 'HeaderName and FallbackBehavior are not valid');
};

const invalidKey = (parameter: unknown, reason: string) => invalidParameter('CUSTOM_KEYS', parameter, reason);

const checkNamed = ({ Name: name = '', TextTransformations: transformations }: RateLimitHeader): void => {
  if (!/^.{1,64}$/.test(name)) throw invalidKey(name, 'The name is not valid');
  checkTransformations(transformations);
};

const checkKey = (key: RateBasedStatementCustomKey): void => {
  if (membersOf(key).length !== 1) throw invalidKey('CustomKeys', exactlyOne);
  const { Header: header, Cookie: cookie, QueryArgument: argument, QueryString: query, UriPath: path, LabelNamespace: label } = key;
  const named = header ?? cookie ?? argument;
  if (named !== undefined) checkNamed(named);
  const whole = query ?? path;
  if (whole !== undefined) checkTransformations(whole.TextTransformations);
  if (label !== undefined && !/^[0-9A-Za-z_\-:]{1,1024}$/.test(label.Namespace ?? '')) throw invalidKey(label.Namespace, 'The label namespace is not valid');
  const fingerprint = key.JA3Fingerprint ?? key.JA4Fingerprint;
  if (fingerprint !== undefined && !isFallback(fingerprint.FallbackBehavior)) throw invalidKey('', 'FallbackBehavior is required');
};

// https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
const maxKeys = 5;

const checkKeys = (keys: readonly RateBasedStatementCustomKey[]): void => {
  if (keys.length < 1 || keys.length > maxKeys) throw invalidKey(keys.length, `There must be 1 to ${maxKeys} custom keys`);
  for (const key of keys) checkKey(key);
  // "When you specify an IP or forwarded IP in the custom key settings, you must also specify at least one other key to use."
  const [only, another] = keys;
  if (another === undefined && (only?.IP !== undefined || only?.ForwardedIP !== undefined)) throw invalidKey('IP', 'An IP address needs another key beside it');
};

const invalidRate = (parameter: unknown, reason: string) => invalidParameter('RATE_BASED_STATEMENT', parameter, reason);

const checkAggregation = ({ AggregateKeyType: type, CustomKeys: keys = [], ScopeDownStatement: scope, ForwardedIPConfig: forwarding }: RateBasedStatement): void => {
  if (type !== 'CUSTOM_KEYS' && keys.length > 0) throw invalidKey(type, 'Custom keys are only for the key type CUSTOM_KEYS');
  if (forwarding !== undefined) checkForwarding(forwarding);
  const readsHeader = type === 'FORWARDED_IP' || keys.some(({ ForwardedIP: forwarded }) => forwarded !== undefined);
  if (readsHeader && forwarding === undefined) throw invalidParameter('FORWARDED_IP_CONFIG', '', 'A forwarded IP address needs the header that it is in');
  if (type === 'CUSTOM_KEYS') checkKeys(keys);
  if (type === 'CONSTANT' && scope === undefined) throw invalidParameter('SCOPE_DOWN', '', 'The key type CONSTANT needs a scope-down statement');
};

const keyTypes: ReadonlySet<string | undefined> = new Set(['IP', 'FORWARDED_IP', 'CUSTOM_KEYS', 'CONSTANT']);
const windows: readonly number[] = [60, 120, 300, 600];

/** A rate-based statement but for its scope-down. */
export const checkRate = (rate: RateBasedStatement): void => {
  const { Limit: limit = 0, EvaluationWindowSec: window = 300 } = rate;
  if (!Number.isInteger(limit) || limit < 10 || limit > 2_000_000_000) throw invalidRate(limit, 'The limit is out of range');
  if (!windows.includes(window)) throw invalidRate(window, 'The evaluation window is not valid');
  if (!keyTypes.has(rate.AggregateKeyType)) throw invalidRate(rate.AggregateKeyType, 'The aggregate key type is not valid');
  checkAggregation(rate);
};
