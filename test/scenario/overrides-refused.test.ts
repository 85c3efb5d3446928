import type { TenantDomainSpec } from '../../crds/types.ts';
import { hours, minutes, playAll, type Scenario, type Step } from './scenario.ts';
import type { Stage } from './stage.ts';
import { blueprint, group, read, t1, tierWithGroups } from './tier-words.ts';
import { common } from './web-acl-words.ts';

const managed = { type: 'Managed', managed: { defaultAction: 'Allow', tenantsPerACL: 2, rollout: { pauseSeconds: 0, observe: false }, rules: [common] } } as const;

const parameters = ['site', 'theme', 'path'].map((Name) => ({ Name, Definition: { StringSchema: { Required: false } } }));

/** A choice that is refused changes nothing in AWS, and the message says what to do. */
const refused = (stage: Stage, name: string, choice: () => Partial<TenantDomainSpec>, why: string): readonly Step[] => [
  { name, act: () => t1(stage, choice()), afterMs: minutes, changesNothing: 'in AWS', until: () => stage.is('Ready', why, 'acme/t1') },
  read(stage, ['acme/t1', 'Ready']),
];

const nothing: Scenario = {
  file: 'overrides-refused',
  name: 'what the tier does not let a tenant choose is refused by the setting that would allow it, and the tenant is served as before',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => [
    { name: 'the tier is applied', act: () => tierWithGroups(stage, [group('shared'), group('isolated')], { distributionId: blueprint(stage, { parameters }), webACL: managed }), until: () => stage.isTierSettled() },
    { name: 'the tenant is applied', act: () => t1(stage), until: () => stage.isReady('acme/t1') },
    ...refused(stage, 'a parameter', () => ({ parameters: [{ name: 'site', value: 'acme' }] }), 'OverrideNotAllowed'),
    ...refused(stage, 'countries', () => ({ geoRestriction: { type: 'Deny', countries: ['US'] } }), 'OverrideNotAllowed'),
    ...refused(stage, 'all countries', () => ({ geoRestriction: { type: 'None' } }), 'OverrideNotAllowed'),
    ...refused(stage, 'no web ACL', () => ({ webACL: { type: 'Disabled' } }), 'OverrideNotAllowed'),
    ...refused(stage, "the distribution's web ACL", () => ({ webACL: { type: 'Inherit' } }), 'OverrideNotAllowed'),
    ...refused(stage, 'a web ACL', () => ({ webACL: { type: 'Existing', arn: stage.operator.createWebACL({ name: 'acme' }).arn } }), 'OverrideNotAllowed'),
    ...refused(stage, 'a certificate', () => ({ certificate: { arn: stage.operator.importCertificate({ names: ['t1.acme.example'] }).arn } }), 'OverrideNotAllowed'),
    ...refused(stage, 'another group', () => ({ connectionGroup: 'isolated' }), 'OverrideNotAllowed'),
    { name: 'every choice is taken back', act: () => t1(stage), afterMs: hours, changesNothing: 'in AWS', until: () => stage.isReady('acme/t1') },
  ],
};

const wrong: Scenario = {
  file: 'overrides-wrong',
  name: 'a choice that is allowed in general, and not as it was made, says how it would be right',
  wildcard: true,
  given: () => undefined,
  steps: (stage) => {
    let acl = '';
    let certificate = '';
    return [
      {
        name: 'the tier is applied',
        act: () => {
          acl = stage.operator.createWebACL({ name: 'acme' }).arn;
          certificate = stage.operator.importCertificate({ names: ['t1.acme.example'] }).arn;
          tierWithGroups(stage, [group('shared'), group('isolated')], {
            distributionId: blueprint(stage, { parameters }), webACL: managed,
            tenantOverrides: {
              parameters: [{ name: 'site', format: 'Label' }, { name: 'theme', values: ['dark', 'light'] }, { name: 'path', format: 'Path' }],
              geoRestriction: { allow: ['Allow'] }, webACL: { allow: ['TaggedARN'] }, certificate: { allow: ['TaggedARN'] }, connectionGroup: { allow: ['isolated'] },
            },
          });
        },
        until: () => stage.isTierSettled(),
      },
      { name: 'the tenant is applied', act: () => t1(stage), until: () => stage.isReady('acme/t1') },
      ...refused(stage, 'a value that is not listed', () => ({ parameters: [{ name: 'theme', value: 'pink' }] }), 'OverrideNotAllowed'),
      ...refused(stage, 'a value that is no label', () => ({ parameters: [{ name: 'site', value: 'a/b' }] }), 'OverrideNotAllowed'),
      ...refused(stage, 'a value that is no path', () => ({ parameters: [{ name: 'path', value: 'shop' }] }), 'OverrideNotAllowed'),
      ...refused(stage, 'a parameter that the distribution does not know', () => ({ parameters: [{ name: 'colour', value: 'red' }] }), 'ParameterUndefined'),
      ...refused(stage, 'another form of restriction', () => ({ geoRestriction: { type: 'Deny', countries: ['US'] } }), 'OverrideNotAllowed'),
      ...refused(stage, 'a web ACL without the tag', () => ({ webACL: { type: 'Existing', arn: acl } }), 'WebACLNotAllowed'),
      { name: 'its owner adds the tag', act: () => stage.operator.tag(acl, { 'tenantedge.dev/allow-namespace': 'acme' }), until: () => stage.isReady('acme/t1'), withinMs: 30 * minutes },
      ...refused(stage, 'a certificate without the tag', () => ({ webACL: { type: 'Existing', arn: acl }, certificate: { arn: certificate } }), 'CertificateNotAllowed'),
      { name: 'its owner adds the tag to the certificate', act: () => stage.operator.tag(certificate, { 'tenantedge.dev/allow-namespace': 'acme' }), until: () => stage.isReady('acme/t1'), withinMs: 30 * minutes },
      { name: 'every choice is taken back', act: () => t1(stage), until: () => stage.isReady('acme/t1') },
    ];
  },
};

playAll([nothing, wrong]);
