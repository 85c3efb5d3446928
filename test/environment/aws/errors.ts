import { AwsFault, type Members } from './contract.ts';

/** CloudFront's errors with their HTTP status, from the service model. */
const cloudfrontStatuses = {
  AccessDenied: 403,
  CannotDeleteEntityWhileInUse: 409,
  CNAMEAlreadyExists: 409,
  DistributionAlreadyExists: 409,
  DistributionNotDisabled: 409,
  EntityAlreadyExists: 409,
  EntityLimitExceeded: 400,
  EntityNotFound: 404,
  IllegalUpdate: 400,
  InconsistentQuantities: 400,
  InvalidArgument: 400,
  InvalidAssociation: 409,
  InvalidIfMatchVersion: 400,
  InvalidOrigin: 400,
  InvalidTagging: 400,
  InvalidViewerCertificate: 400,
  InvalidWebACLId: 400,
  NoSuchDistribution: 404,
  NoSuchOrigin: 404,
  NoSuchResource: 404,
  PreconditionFailed: 412,
  ResourceInUse: 409,
  ResourceNotDisabled: 409,
  TooManyDistributions: 400,
} as const;

/** Those that the simulator answers. */
export type CloudFrontError = keyof typeof cloudfrontStatuses;

/** CloudFront refuses, with nothing changed. */
export const cloudfrontFault = (name: CloudFrontError, message: string): AwsFault =>
  new AwsFault(name, { status: cloudfrontStatuses[name], message });

/** The error that CloudFront has for most that is wrong with a request, and for some things that only take time. */
export const invalidArgument = (message: string): AwsFault => cloudfrontFault('InvalidArgument', message);

/** What tenants, groups and what they refer to are missed with. */
export const entityNotFound = (what: string): AwsFault => cloudfrontFault('EntityNotFound', `The specified ${what} does not exist.`);

/** ACM's errors are all 400. */
export const acmFault = (name: string, message: string): AwsFault => new AwsFault(name, { status: 400, message });

/** WAF's client errors are all 400. */
export const wafFault = (name: string, message: string, members: Members = {}): AwsFault => new AwsFault(name, { status: 400, message, members });

/** CloudFront refuses after it has changed something: a tenant can outlive the failure of its certificate request. */
export const committedFault = (name: CloudFrontError, message: string): AwsFault =>
  new AwsFault(name, { status: cloudfrontStatuses[name], message, committed: true });
