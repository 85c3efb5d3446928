/** The services that are simulated: all of them in us-east-1, for one account. */
export const services = ['cloudfront', 'acm', 'wafv2', 'sts'] as const;
/** One of them. */
export type Service = (typeof services)[number];

/** Members of a request or an answer, spelled as in the AWS SDK for JavaScript: `ETag` and `IfMatch` stand beside the others, times are `Date`. */
export type Members = Readonly<Record<string, unknown>>;

/** An error that AWS answered. `members` are those beside the message (WAF: `Field`, `Reason`); `committed` is true where AWS refuses after having acted. */
export class AwsFault extends Error {
  readonly status: number;
  readonly side: 'client' | 'server';
  readonly members: Members;
  readonly committed: boolean;
  requestId = '';

  constructor(name: string, answer: { readonly status: number; readonly message: string; readonly members?: Members; readonly committed?: boolean }) {
    super(answer.message);
    this.name = name;
    this.status = answer.status;
    this.side = answer.status >= 500 ? 'server' : 'client';
    this.members = answer.members ?? {};
    this.committed = answer.committed ?? false;
  }
}

/** The client hears nothing: what the SDK throws when its request time-out is over. Over HTTP: the socket ends without an answer. */
export class LostAnswer extends Error {
  readonly requestId: string;

  constructor(requestId: string) {
    super('the request timed out');
    this.name = 'TimeoutError';
    this.requestId = requestId;
  }
}

/** One line of the call log. A call whose commit comes late has two: the time-out, then the commit, with the same request id. */
export type CallLogEntry = {
  readonly at: Date;
  readonly service: Service;
  readonly operation: string;
  /** Who called: `operator` for `Simulator.operator`. */
  readonly caller: string;
  /** Name, id, ARN or domain that the call was about. */
  readonly subject?: string;
  readonly mutating: boolean;
  /** `ok`, or the name of the error that the caller saw. */
  readonly outcome: string;
  /** Whether the world was changed, whatever the caller saw. */
  readonly committed: boolean;
  readonly requestId: string;
  readonly input: Members;
};
