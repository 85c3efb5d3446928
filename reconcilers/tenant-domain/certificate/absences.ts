/** ACM answers 404 for some seconds after a request (RequestCertificate, API reference): believed only when it lasts this long. */
export const believedAfterMs = 2 * 60_000;

/** Which ARNs ACM does not know, and since when: a cache of one process, which may be lost. */
export type Absences = {
  /** ACM answered that there is none. */
  readonly missed: (arn: string) => void;
  /** ACM showed it. */
  readonly met: (arn: string) => void;
  /** ACM deleted it for us. */
  readonly buried: (arn: string) => void;
  /** ACM deleted it for us, so there is nothing to ask. */
  readonly isBuried: (arn: string) => boolean;
  /** It is gone, and not merely too young to be seen. */
  readonly isGone: (arn: string) => boolean;
};

export const createAbsences = (now: () => Date): Absences => {
  const since = new Map<string, number>();
  return {
    missed: (arn) => {
      if (!since.has(arn)) since.set(arn, now().getTime());
    },
    met: (arn) => {
      since.delete(arn);
    },
    buried: (arn) => {
      since.set(arn, 0);
    },
    isBuried: (arn) => since.get(arn) === 0,
    isGone: (arn) => now().getTime() - (since.get(arn) ?? now().getTime()) >= believedAfterMs,
  };
};
