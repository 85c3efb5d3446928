import { describe, expect, test } from 'vitest';
import type { ManagedWebACL } from '../../../../crds/types.ts';
import { tagsFor } from '../../../../reconcilers/aws/mark.ts';
import { type Form, formFrom, observing, rulesOf, settingsOf } from '../../../../reconcilers/edge-tier/web-acl/form.ts';
import { addressesFrom, formOf, ipSetsOf } from '../../../../reconcilers/edge-tier/web-acl/rules.ts';
import { createStage, type Stage } from '../../stage.ts';
import { tierOwner } from './builders.ts';
import { everyRule, managed } from './form-specs.ts';

const { signal } = new AbortController();

/** The form of a spec whose IP sets were made in the account, and read again. */
const formIn = async ({ aws, landed }: Stage, spec: ManagedWebACL): Promise<Form> => {
  const arns = new Map<string, string>();
  for (const { rule, family, addresses } of ipSetsOf(spec)) {
    const input = { Name: `${rule}-${family}`, Scope: 'CLOUDFRONT' as const, Tags: tagsFor(tierOwner), IPAddressVersion: family, Addresses: [...addresses] };
    const { Summary: { Id: id, ARN: arn = '' } = {} } = await landed(aws.createIpSet(input, signal));
    const { IPSet: set } = await landed(aws.getIpSet({ Name: input.Name, Scope: input.Scope, Id: id }, signal));
    expect(addressesFrom(set?.Addresses ?? [])).toEqual(addresses);
    arns.set(input.Name, arn);
  }
  const form = formOf(spec, (rule, family) => arns.get(`${rule}-${family}`));
  if (form === undefined) throw new Error('an IP set was not made');
  return form;
};

describe.each(['plain', 'verbose'] as const)('where WAF gives rules back in %s form', (webAclNormalisation) => {
  test('the form that is read is the one that was sent, after create and after update, and costs what was said', async () => {
    const stage = createStage({ webAclNormalisation });
    const { aws, landed } = stage;
    const form = await formIn(stage, managed(...everyRule));
    const { Capacity: capacity } = await landed(aws.checkCapacity({ Scope: 'CLOUDFRONT', Rules: rulesOf(form) }, signal));
    const { Summary: { Id: id, ARN: arn } = {} } = await landed(aws.createWebAcl({ Name: 'gold-1', Scope: 'CLOUDFRONT', Tags: tagsFor(tierOwner), ...settingsOf(form, 'gold-1', undefined) }, signal));
    const read = () => landed(aws.getWebAcl({ ARN: arn }, signal));
    const { WebACL: made, LockToken: token } = await read();
    if (made === undefined) throw new Error('the web ACL is not there');
    expect(formFrom(made)).toEqual(form);
    expect(made.Capacity).toBe(capacity);

    const next: Form = { defaultAction: 'Block', rules: [...form.rules.slice(0, 2).map(observing), ...form.rules.toReversed()] };
    await landed(aws.updateWebAcl({ Name: 'gold-1', Scope: 'CLOUDFRONT', Id: id, LockToken: token, ...settingsOf(next, 'gold-1', made) }, signal));
    const { WebACL: changed } = await read();
    expect(changed && formFrom(changed)).toEqual(next);
  });
});
