import type { AWSManagedRulesACFPRuleSet, AWSManagedRulesATPRuleSet, ManagedRuleGroupConfig, ManagedRuleGroupStatement } from '@aws-sdk/client-wafv2';
import { wafFault } from '../errors.ts';
import type { World } from '../world.ts';
import { exactlyOne, invalidParameter } from './refusals.ts';
import { membersOf } from './requests.ts';
import { findGroup, isVersion, type RuleGroup } from './rule-groups.ts';

const checkVersion = (world: World, group: RuleGroup, version: string | undefined): void => {
  if (version === undefined) return;
  if (!isVersion(group, version)) throw invalidParameter('MANAGED_RULE_SET', version, 'The version is not valid');
  if (world.expiredVersions.has(`${group.name} ${version}`))
    throw wafFault('WAFExpiredManagedRuleGroupVersionException', 'The operation failed because the specified version for the managed rule group has expired.');
};

/** "With managed rule groups, WAF silently ignores any override that uses an invalid rule name" (RuleActionOverrides); refusing is a knob. */
const checkOverrides = (world: World, group: RuleGroup, statement: ManagedRuleGroupStatement): void => {
  const { RuleActionOverrides: overrides = [], ExcludedRules: excluded = [] } = statement;
  for (const { Name: name, ActionToUse: action } of overrides) {
    if (membersOf(action).length !== 1) throw invalidParameter('RULE_ACTION', name, exactlyOne);
  }
  if (world.knobs.unknownRuleOverrides === 'ignore') return;
  for (const { Name: name = '' } of [...overrides, ...excluded]) {
    if (!group.rules.includes(name)) throw invalidParameter('EXCLUDED_RULE', name, `The rule group ${group.name} has no such rule`);
  }
};

const invalidConfig = (parameter: unknown, reason: string) => invalidParameter('MANAGED_RULE_GROUP_CONFIG', parameter, reason);

const isPath = (path: string | undefined): boolean => /\S/.test(path ?? '') && (path ?? '').length <= 256;

const isPayload = (type: string | undefined): boolean => type === 'JSON' || type === 'FORM_ENCODED';

const checkLogin = ({ LoginPath: path, RequestInspection: request }: AWSManagedRulesATPRuleSet): void => {
  if (!isPath(path)) throw invalidConfig(path, 'LoginPath is required');
  if (request === undefined) return;
  const { PayloadType: payload, UsernameField: user, PasswordField: password } = request;
  if (!isPayload(payload) || (user?.Identifier ?? '') === '' || (password?.Identifier ?? '') === '')
    throw invalidConfig('RequestInspection', 'PayloadType, UsernameField and PasswordField are required');
};

const checkRegistration = ({ CreationPath: creation, RegistrationPagePath: page, RequestInspection: request }: AWSManagedRulesACFPRuleSet): void => {
  if (!isPath(creation) || !isPath(page)) throw invalidConfig('CreationPath', 'CreationPath and RegistrationPagePath are required');
  if (!isPayload(request?.PayloadType)) throw invalidConfig('RequestInspection', 'PayloadType is required');
};

const checkConfig = (config: ManagedRuleGroupConfig): void => {
  const { AWSManagedRulesBotControlRuleSet: bots, AWSManagedRulesATPRuleSet: login } = config;
  const { AWSManagedRulesACFPRuleSet: registration, AWSManagedRulesAntiDDoSRuleSet: flood } = config;
  if (bots !== undefined && bots.InspectionLevel !== 'COMMON' && bots.InspectionLevel !== 'TARGETED')
    throw invalidConfig(bots.InspectionLevel, 'The inspection level is not valid');
  if (login !== undefined) checkLogin(login);
  if (registration !== undefined) checkRegistration(registration);
  const { UsageOfAction: usage, ExemptUriRegularExpressions: exempt = [] } = flood?.ClientSideActionConfig?.Challenge ?? {};
  if (flood === undefined) return;
  if (usage !== 'ENABLED' && usage !== 'DISABLED') throw invalidConfig(usage, 'ClientSideActionConfig is required');
  if (usage === 'ENABLED' && exempt.length === 0) throw invalidConfig('ExemptUriRegularExpressions', 'An enabled challenge needs exempt paths');
};

/** A config is the member that has the group's own name. The spellings that AWS calls deprecated are not understood here. */
const checkConfigs = (group: RuleGroup, configs: readonly ManagedRuleGroupConfig[]): void => {
  for (const config of configs) {
    const [name, another] = membersOf(config);
    if (name === undefined || another !== undefined) throw invalidConfig('ManagedRuleGroupConfigs', exactlyOne);
    if (name !== group.name) throw invalidConfig(name, `The rule group ${group.name} does not take it`);
    checkConfig(config);
  }
  if (configs.length > 1) throw invalidConfig(group.name, exactlyOne);
  if (group.needsConfig && configs.length === 0) throw invalidConfig(group.name, 'The rule group needs its configuration');
};

/** A managed rule group but for its scope-down. */
export const checkManagedRuleGroup = (world: World, statement: ManagedRuleGroupStatement): void => {
  const group = findGroup(statement);
  checkVersion(world, group, statement.Version);
  checkOverrides(world, group, statement);
  checkConfigs(group, statement.ManagedRuleGroupConfigs ?? []);
};
