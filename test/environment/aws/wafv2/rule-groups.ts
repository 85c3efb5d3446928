import type { ManagedRuleGroupStatement } from '@aws-sdk/client-wafv2';
import { wafFault } from '../errors.ts';
import { invalidParameter, nonexistent } from './refusals.ts';

/** A managed rule group of AWS: its price in capacity units and the names of its rules. */
export type RuleGroup = {
  readonly name: string;
  readonly capacity: number;
  readonly rules: readonly string[];
  /** Its versions are Version_1.0 up to Version_1.`newest`; absent where AWS does not version it. */
  readonly newest?: number;
  readonly needsConfig: boolean;
};

const on = (rule: string, parts: string): string =>
  parts
    .split(' ')
    .map((part) => `${rule}_${part}`)
    .join(' ');

/*
 * Capacities and rules as the AWS WAF developer guide lists them. How many versions there are changes and is of no account: DescribeManagedRuleGroup and
 * ListAvailableManagedRuleGroupVersions would tell.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const table: readonly (readonly [name: string, capacity: number, newest: number | undefined, rules: string])[] = [
  ['Common', 700, 20, [
    'NoUserAgent_HEADER UserAgent_BadBots_HEADER SizeRestrictions_Cookie_HEADER', on('SizeRestrictions', 'QUERYSTRING BODY URIPATH'),
    on('EC2MetaDataSSRF', 'BODY COOKIE URIPATH QUERYARGUMENTS'), on('GenericLFI', 'QUERYARGUMENTS URIPATH BODY'),
    on('RestrictedExtensions', 'URIPATH QUERYARGUMENTS'), on('GenericRFI', 'QUERYARGUMENTS BODY URIPATH'),
    on('CrossSiteScripting', 'COOKIE QUERYARGUMENTS BODY URIPATH'),
  ].join(' ')],
  ['AdminProtection', 100, 0, 'AdminProtection_URIPATH'],
  ['KnownBadInputs', 200, 25, [
    on('JavaDeserializationRCE', 'HEADER BODY URIPATH QUERYSTRING'), on('Log4JRCE', 'HEADER QUERYSTRING BODY URIPATH'),
    'Host_localhost_HEADER PROPFIND_METHOD ExploitablePaths_URIPATH ReactJSRCE_BODY',
  ].join(' ')],
  ['SQLi', 200, 3, `${on('SQLi', 'QUERYARGUMENTS BODY COOKIE URIPATH')} ${on('SQLiExtendedPatterns', 'QUERYARGUMENTS BODY')}`],
  ['Linux', 200, 6, on('LFI', 'URIPATH QUERYSTRING HEADER')],
  ['Unix', 100, 3, on('UNIXShellCommandsVariables', 'QUERYSTRING BODY HEADER')],
  ['Windows', 200, 3, `${on('WindowsShellCommands', 'COOKIE QUERYARGUMENTS BODY')} ${on('PowerShellCommands', 'COOKIE QUERYARGUMENTS BODY')}`],
  ['PHP', 100, 2, on('PHPHighRiskMethodsVariables', 'HEADER QUERYSTRING BODY')],
  ['WordPress', 100, 3, 'WordPressExploitableCommands_QUERYSTRING WordPressExploitablePaths_URIPATH'],
  ['AmazonIpReputationList', 25, undefined, 'AWSManagedIPReputationList AWSManagedReconnaissanceList AWSManagedIPDDoSList'],
  ['AnonymousIpList', 50, undefined, 'AnonymousIPList HostingProviderIPList'],
  ['BotControl', 50, 5, [
    'CategoryAdvertising CategoryArchiver CategoryContentFetcher CategoryEmailClient CategoryHttpLibrary CategoryLinkChecker CategoryMiscellaneous',
    'CategoryMonitoring CategoryPagePreview CategoryScrapingFramework CategorySearchEngine CategorySecurity CategorySeo CategorySocialMedia',
    'CategoryWebhooks CategoryAI SignalAutomatedBrowser SignalKnownBotDataCenter SignalNonBrowserUserAgent',
    'TGT_VolumetricIpTokenAbsent TGT_TokenAbsent TGT_VolumetricSession TGT_VolumetricSessionMaximum TGT_SignalAutomatedBrowser',
    'TGT_SignalBrowserAutomationExtension TGT_SignalBrowserInconsistency',
    ...['ML_CoordinatedActivity', 'TokenReuseIp', 'TokenReuseCountry', 'TokenReuseAsn'].flatMap((rule) => ['Low', 'Medium', 'High'].map((level) => `TGT_${rule}${level}`)),
  ].join(' ')],
  ['ATP', 50, 2, [
    'UnsupportedCognitoIDP VolumetricIpHigh VolumetricSession AttributeCompromisedCredentials AttributeUsernameTraversal AttributePasswordTraversal',
    'AttributeLongSession TokenRejected SignalMissingCredential VolumetricIpFailedLoginResponseHigh VolumetricSessionFailedLoginResponseHigh',
  ].join(' ')],
  ['ACFP', 50, 1, [
    'UnsupportedCognitoIDP AllRequests RiskScoreHigh SignalCredentialCompromised SignalClientHumanInteractivityAbsentLow AutomatedBrowser',
    'BrowserInconsistency VolumetricIpHigh VolumetricSessionHigh AttributeUsernameTraversalHigh VolumetricPhoneNumberHigh VolumetricAddressHigh',
    'VolumetricAddressLow VolumetricIPSuccessfulResponse VolumetricSessionSuccessfulResponse VolumetricSessionTokenReuseIp',
  ].join(' ')],
  ['AntiDDoS', 50, 0, 'ChallengeAllDuringEvent ChallengeDDoSRequests DDoSRequests'],
];

// Groups for intelligent threat mitigation need to be told what they protect; Bot Control alone has a default.
const configured: readonly string[] = ['ATP', 'ACFP', 'AntiDDoS'];

const groups: ReadonlyMap<string, RuleGroup> = new Map(
  table.map(([short, capacity, newest, rules]) => {
    const name = `AWSManagedRules${short}${short.endsWith('List') ? '' : 'RuleSet'}`;
    return [name, { name, capacity, rules: rules.split(' '), needsConfig: configured.includes(short), ...(newest !== undefined && { newest }) }];
  }),
);

/** Vendors on AWS Marketplace; accounts here have subscribed to none of their groups. */
const sellers: ReadonlySet<string> = new Set(['Cyber Security Cloud Inc.', 'Cloudbric Corp.', 'F5', 'Fortinet', 'GeoGuard', 'Imperva', 'MonitorApp', 'ThreatSTOP']);

/** Throws what AWS is assumed to answer to a group that it does not have: its pages do not say. */
export const findGroup = ({ VendorName: vendor, Name: name }: Pick<ManagedRuleGroupStatement, 'VendorName' | 'Name'>): RuleGroup => {
  if (vendor === undefined || name === undefined) throw invalidParameter('MANAGED_RULE_SET', name, 'VendorName and Name are required');
  if (sellers.has(vendor)) throw wafFault('WAFSubscriptionNotFoundException', 'You tried to use a managed rule group that’s available by subscription, but you aren’t subscribed to it yet.');
  const group = vendor === 'AWS' ? groups.get(name) : undefined;
  if (group === undefined) throw nonexistent();
  return group;
};

/** Whether the group ever had that version. */
export const isVersion = ({ newest = -1 }: RuleGroup, version: string): boolean => Number(/^Version_1\.(0|[1-9]\d?)$/.exec(version)?.[1] ?? Infinity) <= newest;

/** What a statement costs that has been checked, all versions alike. */
export const capacityOfGroup = (statement: ManagedRuleGroupStatement): number => findGroup(statement).capacity;
