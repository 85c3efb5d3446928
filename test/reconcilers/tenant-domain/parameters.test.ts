import { describe, expect, test } from 'vitest';
import type { EdgeTierSpec, Parameter } from '../../../crds/types.ts';
import type { ParameterDefinition } from '../../../reconcilers/tier-facts.ts';
import { type Parameters, parametersOf } from '../../../reconcilers/tenant-domain/parameters.ts';
import { facts } from '../builders.ts';

const set = (name: string, value: string): Parameter => ({ name, value });
const optional: ParameterDefinition = { name: 'path', required: false };
const required: ParameterDefinition = { name: 'path', required: true };
const allowing = (over: object): Partial<EdgeTierSpec> => ({ tenantOverrides: { parameters: [{ name: 'path', ...over }] } });
const ok = (...value: readonly Parameter[]): Parameters => ({ ok: true, value });
const no = (reason: 'OverrideNotAllowed' | 'ParameterUndefined' | 'ParameterMissing', message: string): Parameters => ({ ok: false, problem: { reason, message } });

type Row = { readonly name: string; readonly because: string; readonly own?: readonly Parameter[]; readonly tier?: Partial<EdgeTierSpec>; readonly definitions?: readonly ParameterDefinition[]; readonly want: Parameters };
const rows: readonly Row[] = [
  { name: 'none', because: 'none are asked for', definitions: [], want: ok() },
  { name: "the tier's", because: 'tenants inherit it', tier: { parameters: [set('path', '/a')] }, want: ok(set('path', '/a')) },
  { name: "the tenant's over the tier's", because: 'a tenant wins by name', own: [set('path', '/b')], tier: { parameters: [set('path', '/a')], ...allowing({ format: 'Path' }) }, want: ok(set('path', '/b')) },
  { name: 'both, under two names', because: 'sorted, so that equal settings are equal lists', own: [set('path', '/b')], tier: { parameters: [set('zone', 'a')], ...allowing({ format: 'Path' }) }, definitions: [{ name: 'zone', required: false }, optional], want: ok(set('path', '/b'), set('zone', 'a')) },
  { name: 'one that the tier does not let be set', because: 'it reaches the address of an origin', own: [set('path', '/b')], want: no('OverrideNotAllowed', 'spec.parameters "path" is not allowed by tier "gold": remove it, or have the tier\'s tenantOverrides.parameters name it') },
  { name: 'one of the values', because: 'the tier lists it', own: [set('path', '/b')], tier: allowing({ values: ['/a', '/b'] }), want: ok(set('path', '/b')) },
  { name: 'none of the values', because: 'the tier does not list it', own: [set('path', '/c')], tier: allowing({ values: ['/a', '/b'] }), want: no('OverrideNotAllowed', 'spec.parameters "path": "/c" is not one of "/a", "/b" that tier "gold" allows: use one of these, or have the tier\'s tenantOverrides.parameters list it') },
  { name: 'a label', because: 'it has the form', own: [set('path', 'client-brand')], tier: allowing({ format: 'Label' }), want: ok(set('path', 'client-brand')) },
  { name: 'no label', because: 'a dot would name another host', own: [set('path', 'evil.example')], tier: allowing({ format: 'Label' }), want: no('OverrideNotAllowed', 'spec.parameters "path": "evil.example" does not have the form Label that tier "gold" asks for: correct it, or have the tier\'s tenantOverrides.parameters ask for another') },
  { name: 'a path of two segments', because: 'it has the form', own: [set('path', '/clients/brand_1.2')], tier: allowing({ format: 'Path' }), want: ok(set('path', '/clients/brand_1.2')) },
  ...['/..', '/a/../b', 'a', '/a/', '//a', '/', '/.hidden', '/a b', ''].map((value): Row => ({
    name: `no path: "${value}"`, because: 'a path that climbs or ends oddly reaches what it should not', own: [set('path', value)], tier: allowing({ format: 'Path' }),
    want: no('OverrideNotAllowed', `spec.parameters "path": "${value}" does not have the form Path that tier "gold" asks for: correct it, or have the tier's tenantOverrides.parameters ask for another`),
  })),
  { name: 'one that the distribution does not define', because: 'AWS would refuse it', tier: { parameters: [set('pth', '/a')] }, want: no('ParameterUndefined', 'distribution E2EXAMPLE of tier "gold" defines no parameter "pth"; it defines "path": correct the name, or define it in the distribution') },
  { name: 'one where the distribution defines none', because: 'AWS would refuse it', tier: { parameters: [set('pth', '/a')] }, definitions: [], want: no('ParameterUndefined', 'distribution E2EXAMPLE of tier "gold" defines no parameter "pth"; it defines none: correct the name, or define it in the distribution') },
  { name: 'one missing that is required', because: 'AWS would refuse it', definitions: [required], want: no('ParameterMissing', 'distribution E2EXAMPLE of tier "gold" requires parameter "path": set it in the tier\'s parameters, or in spec.parameters where the tier allows it') },
  { name: 'one missing that has a default', because: 'CloudFront takes the default', definitions: [{ ...required, defaultValue: '/' }], want: ok() },
];

describe('parametersOf', () => {
  test.each(rows)('$name: $because', ({ own = [], tier, definitions = [optional], want }) => {
    expect(parametersOf(own, facts(tier), definitions)).toEqual(want);
  });
});
