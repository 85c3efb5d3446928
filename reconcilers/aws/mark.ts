import { unlessMissing } from '../failure.ts';
import type { Aws } from '../ports/aws.ts';

/** Whom something in AWS belongs to; an EdgeTier has the empty namespace. */
export type Owner = { readonly installation: string; readonly namespace: string; readonly name: string; readonly uid: string };

/** Our tags as read from AWS: whose it is. `uid` is informative, since a cluster rebuilt from Git gives new ones (R1). */
export type Mark = { readonly installation: string; readonly namespace: string; readonly name: string; readonly uid: string | undefined };

/** Our tags' keys. `allowNamespace` is set by people: who may use this certificate or web ACL. */
export const tagKeys = {
  installation: 'tenantedge.dev/installation',
  owner: 'tenantedge.dev/owner',
  uid: 'tenantedge.dev/uid',
  allowNamespace: 'tenantedge.dev/allow-namespace',
} as const;

/** A tag as all three services write it. */
export type Tag = { Key: string; Value: string };

type TagRead = { readonly Key?: string | undefined; readonly Value?: string | undefined };

/** The tags to create something with. */
export const tagsFor = (owner: Owner): Tag[] => [
  { Key: tagKeys.installation, Value: owner.installation },
  { Key: tagKeys.owner, Value: ownerKeyOf(owner) },
  { Key: tagKeys.uid, Value: owner.uid },
];

/** The mark that tags say, or undefined where they are not, or not wholly, ours. */
export const markFrom = (tags: readonly TagRead[]): Mark | undefined => {
  const valueOf = (key: string): string | undefined => tags.find((tag) => tag.Key === key)?.Value;
  const installation = valueOf(tagKeys.installation);
  const [namespace, name, ...more] = valueOf(tagKeys.owner)?.split('/') ?? [];
  if (!installation || namespace === undefined || !name || more.length > 0) return undefined;
  return { installation, namespace, name, uid: valueOf(tagKeys.uid) };
};

/** The value of the owner tag: `namespace/name`. */
export const ownerKeyOf = ({ namespace, name }: Pick<Owner, 'namespace' | 'name'>): string => `${namespace}/${name}`;

/** Whether what carries `mark` is this owner's. */
export const owns = (owner: Omit<Owner, 'uid'>, mark: Mark | 'foreign' | undefined): boolean =>
  mark !== undefined && mark !== 'foreign' && mark.installation === owner.installation && mark.namespace === owner.namespace && mark.name === owner.name;

/** The marks of certificates, tenants and web ACLs, by ARN. */
export type Marks = {
  /** Whose it is. Rejects with a `Failure` where the tags cannot be read, which is not `foreign`; something gone is `foreign`. */
  readonly of: (arn: string, signal: AbortSignal) => Promise<Mark | 'foreign'>;
  /**
   * Whether its owner's tag lets this namespace use it. A yes is believed until AWS itself is to be asked (`live`), a no for 10
   * minutes, since people add the tag when they are told that it is missing.
   */
  readonly admits: (arn: string, namespace: string, look: { readonly live: boolean; readonly signal: AbortSignal }) => Promise<boolean>;
  /** What this process created itself, so that it need not be asked for. */
  readonly learn: (arn: string, mark: Mark) => void;
};

/**
 * How long tags are believed that are not our mark. People add them later, and AWS shows the tags of something new late: a create
 * whose answer was lost may look foreign at first.
 */
const tagsKeptForMs = 10 * 60_000;

// What these names say is "there is nothing to have tags": the answer of three services.
const missing = ['NoSuchResource', 'EntityNotFound', 'ResourceNotFoundException', 'WAFNonexistentItemException'];

const readTags = async (aws: Aws, arn: string, signal: AbortSignal): Promise<readonly TagRead[]> => {
  const service = arn.split(':')[2];
  if (service === 'acm') return (await aws.listTagsForCertificate({ CertificateArn: arn }, signal)).Tags ?? [];
  if (service === 'cloudfront') return (await aws.listTagsForCloudFront({ Resource: arn }, signal)).Tags?.Items ?? [];
  // WAF gives up to 100 tags a page and allows 50 a resource, so one page holds them all (WAFv2 ListTagsForResource, Limit).
  return (await aws.listTagsForWaf({ ResourceARN: arn, Limit: 100 }, signal)).TagInfoForResource?.TagList ?? [];
};

/**
 * Reads tags once per ARN and process where they are our mark (R14), every 10 minutes at most where they are not. Failures are not kept.
 * `onMark` is told of each mark once, when it is read or learned: the fleet finds certificates by it.
 */
export const createMarks = (aws: Aws, now: () => Date, onMark: (arn: string, mark: Mark) => unknown = () => undefined): Marks => {
  const ours = new Map<string, Mark>();
  const admitted = new Set<string>();
  const read = new Map<string, { readonly tags: readonly TagRead[]; readonly atMs: number }>();
  const underWay = new Map<string, Promise<readonly TagRead[]>>();

  const isFresh = ({ atMs }: { readonly atMs: number }): boolean => now().getTime() - atMs < tagsKeptForMs;

  const tags = async (arn: string, signal: AbortSignal): Promise<readonly TagRead[]> => {
    const kept = read.get(arn);
    if (kept !== undefined && isFresh(kept)) return kept.tags;
    return shared(arn, signal);
  };

  const ask = async (arn: string, signal: AbortSignal): Promise<readonly TagRead[]> => {
    const atMs = now().getTime();
    const fresh = await unlessMissing(readTags(aws, arn, signal), missing);
    // What is gone is not kept in mind: it may have come too late to be seen.
    if (fresh === undefined) return [];
    read.delete(arn);
    read.set(arn, { tags: fresh, atMs });
    // The oldest come first.
    for (const [other, kept] of read) {
      if (isFresh(kept)) break;
      read.delete(other);
    }
    return fresh;
  };

  /** After a restart all tenants ask for the tags of their tier's web ACL at once: one read answers them all. */
  const shared = async (arn: string, signal: AbortSignal): Promise<readonly TagRead[]> => {
    const other = underWay.get(arn);
    if (other !== undefined) {
      // Whoever asked may have been ended in the middle of it, which says nothing of the tags.
      const answer = await other.catch(() => undefined);
      signal.throwIfAborted();
      return answer ?? shared(arn, signal);
    }
    const reading = ask(arn, signal).finally(() => underWay.delete(arn));
    underWay.set(arn, reading);
    return reading;
  };

  const keep = (arn: string, mark: Mark): void => {
    read.delete(arn);
    ours.set(arn, mark);
    onMark(arn, mark);
  };

  return {
    of: async (arn, signal) => {
      const known = ours.get(arn);
      if (known !== undefined) return known;
      const mark = markFrom(await tags(arn, signal));
      if (mark === undefined) return 'foreign';
      keep(arn, mark);
      return mark;
    },
    admits: async (arn, namespace, { live, signal }) => {
      const use = `${namespace} ${arn}`;
      if (!live && admitted.has(use)) return true;
      const admits = (await tags(arn, signal)).some(({ Key, Value }) => Key === tagKeys.allowNamespace && Value === namespace);
      if (admits) admitted.add(use);
      else admitted.delete(use);
      return admits;
    },
    learn: keep,
  };
};
