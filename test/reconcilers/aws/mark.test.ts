import { describe, expect, test } from 'vitest';
import { createMarks, markFrom, owns, type Tag, tagsFor } from '../../../reconcilers/aws/mark.ts';
import { Failure } from '../../../reconcilers/failure.ts';
import { type Aws, layered, type Layer } from '../../../reconcilers/ports/aws.ts';
import { createAccount } from '../../src/aws/account.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const owner = { installation: 'prod', namespace: 'client-brand', name: 'shop', uid: 'u1' };
const signal = new AbortController().signal;

describe('a mark', () => {
  test('is read back from the tags it was written as', () => {
    expect(markFrom(tagsFor(owner))).toEqual(owner);
  });

  test.each<{ name: string; tags: Tag[] }>([
    { name: 'no tags', tags: [] },
    { name: 'other tags', tags: [{ Key: 'owner', Value: 'client-brand/shop' }] },
    { name: 'no installation', tags: tagsFor(owner).slice(1) },
    { name: 'an empty installation', tags: tagsFor({ ...owner, installation: '' }) },
    { name: 'an owner without a namespace', tags: [...tagsFor(owner).slice(0, 1), { Key: 'tenantedge.dev/owner', Value: 'shop' }] },
    { name: 'an owner of three parts', tags: [...tagsFor(owner).slice(0, 1), { Key: 'tenantedge.dev/owner', Value: 'a/b/c' }] },
  ])('is not in $name', ({ tags }) => {
    expect(markFrom(tags)).toBeUndefined();
  });

  test.each([
    { name: 'its own', mark: owner, want: true },
    { name: 'its own after the cluster was rebuilt, with a new uid', mark: { ...owner, uid: 'u2' }, want: true },
    { name: "another installation's", mark: { ...owner, installation: 'test' }, want: false },
    { name: "another namespace's", mark: { ...owner, namespace: 'other' }, want: false },
    { name: "another object's", mark: { ...owner, name: 'other' }, want: false },
    { name: 'something foreign', mark: 'foreign' as const, want: false },
    { name: 'something not seen', mark: undefined, want: false },
  ])('an owner owns $name: $want', ({ mark, want }) => {
    expect(owns(owner, mark)).toBe(want);
  });
});

const tenantArn = 'arn:aws:cloudfront::111122223333:distribution-tenant/dt_1';
const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/1';
const webAclArn = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1';

/** Marks over AWS resources that carry these tags, with the calls that were made. */
const setUp = (tags: Readonly<Record<string, readonly Tag[]>>) => {
  const clock = createVirtualClock();
  const resources = new Map<string, readonly Tag[]>(Object.entries(tags));
  const asked: string[] = [];
  const failures: Failure[] = [];
  const tagsOf = (arn = ''): Tag[] => {
    const failure = failures.pop();
    if (failure !== undefined) throw failure;
    return [...(resources.get(arn) ?? [])];
  };
  const tagged: Aws = {
    ...createAccount(clock).aws,
    listTagsForCloudFront: async ({ Resource }) => ({ Tags: { Items: tagsOf(Resource) } }),
    listTagsForCertificate: async ({ CertificateArn }) => ({ Tags: tagsOf(CertificateArn) }),
    listTagsForWaf: async ({ ResourceARN }) => ({ TagInfoForResource: { TagList: tagsOf(ResourceARN) } }),
  };
  const noted: Layer = (name, call) => (input, abort) => {
    asked.push(name);
    return call(input, abort);
  };
  const told: string[] = [];
  const marks = createMarks(layered(tagged, noted), clock.now, (arn, { namespace, name }) => told.push(`${arn} ${namespace}/${name}`));
  return { clock, resources, asked, failures, told, marks };
};

describe('marks', () => {
  test.each([
    { arn: tenantArn, call: 'listTagsForCloudFront' },
    { arn: certificateArn, call: 'listTagsForCertificate' },
    { arn: webAclArn, call: 'listTagsForWaf' },
  ])('of $arn are read with $call, once in the life of a process', async ({ arn, call }) => {
    const { marks, asked, clock } = setUp({ [arn]: tagsFor(owner) });
    await expect(marks.of(arn, signal)).resolves.toEqual(owner);
    await clock.advance(24 * 3_600_000);
    await expect(marks.of(arn, signal)).resolves.toEqual(owner);
    expect(asked).toEqual([call]);
  });

  test('of what this process created are not read at all', async () => {
    const { marks, asked } = setUp({});
    marks.learn(tenantArn, owner);
    await expect(marks.of(tenantArn, signal)).resolves.toEqual(owner);
    expect(asked).toEqual([]);
  });

  test('that are not there are looked for again after 10 minutes: tags appear late, or a person adds them', async () => {
    const { marks, resources, asked, clock } = setUp({ [certificateArn]: [{ Key: 'team', Value: 'web' }] });
    await expect(marks.of(certificateArn, signal)).resolves.toBe('foreign');
    resources.set(certificateArn, tagsFor(owner));
    await clock.advance(9 * 60_000);
    await expect(marks.of(certificateArn, signal)).resolves.toBe('foreign');
    await clock.advance(60_000);
    await expect(marks.of(certificateArn, signal)).resolves.toEqual(owner);
    expect(asked).toHaveLength(2);
  });

  test('that cannot be read are a failure and not foreign, and are read again the next time', async () => {
    const { marks, failures } = setUp({ [certificateArn]: tagsFor(owner) });
    failures.push(new Failure({ kind: 'throttled', reason: 'Throttled', code: 'ThrottlingException', message: 'no' }));
    await expect(marks.of(certificateArn, signal)).rejects.toMatchObject({ code: 'ThrottlingException' });
    await expect(marks.of(certificateArn, signal)).resolves.toEqual(owner);
  });

  test('are told once each, read or learned; what is foreign is not', async () => {
    const { marks, told } = setUp({ [tenantArn]: tagsFor(owner), [webAclArn]: [] });
    await marks.of(tenantArn, signal);
    await marks.of(tenantArn, signal);
    await marks.of(webAclArn, signal);
    marks.learn(certificateArn, { ...owner, name: 'other' });
    expect(told).toEqual([`${tenantArn} client-brand/shop`, `${certificateArn} client-brand/other`]);
  });

  test('of something gone are foreign', async () => {
    const { marks, failures } = setUp({});
    failures.push(new Failure({ kind: 'conflict', reason: 'Conflict', code: 'ResourceNotFoundException', message: 'gone' }));
    await expect(marks.of(certificateArn, signal)).resolves.toBe('foreign');
  });

  describe('that admit a namespace', () => {
    const shared = { live: false, signal };
    const live = { live: true, signal };
    const tagged = () => setUp({ [webAclArn]: [{ Key: 'tenantedge.dev/allow-namespace', Value: 'a' }] });

    test('are believed until AWS itself is to be asked', async () => {
      const { marks, resources, asked, clock } = tagged();
      await expect(marks.admits(webAclArn, 'a', shared)).resolves.toBe(true);
      resources.set(webAclArn, []);
      await clock.advance(60 * 60_000);
      await expect(marks.admits(webAclArn, 'a', shared)).resolves.toBe(true);
      expect(asked).toHaveLength(1);
      await expect(marks.admits(webAclArn, 'a', live)).resolves.toBe(false);
      await expect(marks.admits(webAclArn, 'a', shared)).resolves.toBe(false);
    });

    test('admit no other one, and are asked again 10 minutes after a no', async () => {
      const { marks, resources, clock } = tagged();
      await expect(marks.admits(webAclArn, 'b', shared)).resolves.toBe(false);
      resources.set(webAclArn, [{ Key: 'tenantedge.dev/allow-namespace', Value: 'b' }]);
      await expect(marks.admits(webAclArn, 'b', shared)).resolves.toBe(false);
      await clock.advance(10 * 60_000);
      await expect(marks.admits(webAclArn, 'b', shared)).resolves.toBe(true);
    });
  });
});
