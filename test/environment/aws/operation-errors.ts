import type { Service } from './contract.ts';

const words = (text: string): readonly string[] => text.split(' ');

const cloudfrontErrors: Readonly<Record<string, readonly string[]>> = {
  CreateDistributionTenant: words(
    'AccessDenied EntityNotFound EntityAlreadyExists CNAMEAlreadyExists InvalidTagging InvalidAssociation EntityLimitExceeded InvalidArgument',
  ),
  GetDistributionTenant: words('AccessDenied EntityNotFound'),
  GetDistributionTenantByDomain: words('AccessDenied EntityNotFound'),
  UpdateDistributionTenant: words(
    'PreconditionFailed AccessDenied EntityNotFound EntityAlreadyExists CNAMEAlreadyExists InvalidAssociation EntityLimitExceeded InvalidArgument InvalidIfMatchVersion',
  ),
  DeleteDistributionTenant: words('PreconditionFailed AccessDenied EntityNotFound ResourceNotDisabled InvalidIfMatchVersion'),
  ListDistributionTenants: words('AccessDenied EntityNotFound InvalidArgument'),
  ListDistributionTenantsByCustomization: words('AccessDenied EntityNotFound InvalidArgument'),
  AssociateDistributionTenantWebACL: words('PreconditionFailed AccessDenied EntityNotFound InvalidArgument EntityLimitExceeded InvalidIfMatchVersion'),
  DisassociateDistributionTenantWebACL: words('PreconditionFailed AccessDenied EntityNotFound InvalidArgument InvalidIfMatchVersion'),
  CreateConnectionGroup: words('AccessDenied EntityNotFound EntityAlreadyExists InvalidTagging EntityLimitExceeded InvalidArgument'),
  GetConnectionGroup: words('AccessDenied EntityNotFound'),
  GetConnectionGroupByRoutingEndpoint: words('AccessDenied EntityNotFound'),
  UpdateConnectionGroup: words(
    'PreconditionFailed ResourceInUse AccessDenied EntityNotFound EntityAlreadyExists EntityLimitExceeded InvalidArgument InvalidIfMatchVersion',
  ),
  DeleteConnectionGroup: words('CannotDeleteEntityWhileInUse PreconditionFailed AccessDenied EntityNotFound ResourceNotDisabled InvalidIfMatchVersion'),
  ListConnectionGroups: words('AccessDenied EntityNotFound InvalidArgument'),
  VerifyDnsConfiguration: words('AccessDenied EntityNotFound InvalidArgument'),
  GetManagedCertificateDetails: words('AccessDenied EntityNotFound'),
  ListDomainConflicts: words('AccessDenied EntityNotFound InvalidArgument'),
  UpdateDomainAssociation: words('PreconditionFailed AccessDenied EntityNotFound IllegalUpdate InvalidArgument InvalidIfMatchVersion'),
  CreateDistribution: words(
    'AccessDenied DistributionAlreadyExists InvalidArgument InvalidViewerCertificate InvalidWebACLId NoSuchOrigin CNAMEAlreadyExists TooManyDistributions EntityLimitExceeded InconsistentQuantities',
  ),
  // The model names EntityLimitExceeded for CreateDistribution only.
  CreateDistributionWithTags: words(
    'AccessDenied DistributionAlreadyExists InvalidArgument InvalidViewerCertificate InvalidWebACLId NoSuchOrigin CNAMEAlreadyExists TooManyDistributions InconsistentQuantities InvalidTagging',
  ),
  GetDistribution: words('NoSuchDistribution AccessDenied'),
  GetDistributionConfig: words('NoSuchDistribution AccessDenied'),
  UpdateDistribution: words(
    'AccessDenied InvalidArgument InvalidViewerCertificate InvalidWebACLId NoSuchOrigin CNAMEAlreadyExists EntityLimitExceeded InconsistentQuantities IllegalUpdate NoSuchDistribution PreconditionFailed InvalidIfMatchVersion',
  ),
  DeleteDistribution: words('ResourceInUse NoSuchDistribution PreconditionFailed AccessDenied DistributionNotDisabled InvalidIfMatchVersion'),
  ListDistributions: words('InvalidArgument'),
  ListDistributionsByConnectionMode: words('AccessDenied InvalidArgument'),
  ListDistributionsByWebACLId: words('InvalidWebACLId InvalidArgument'),
  TagResource: words('AccessDenied InvalidTagging InvalidArgument NoSuchResource'),
  UntagResource: words('AccessDenied InvalidTagging InvalidArgument NoSuchResource'),
  ListTagsForResource: words('AccessDenied InvalidTagging InvalidArgument NoSuchResource'),
};

const acmErrors: Readonly<Record<string, readonly string[]>> = {
  RequestCertificate: words(
    'InvalidParameterException TagPolicyException TooManyTagsException InvalidArnException InvalidTagException InvalidDomainValidationOptionsException LimitExceededException',
  ),
  DescribeCertificate: words('InvalidArnException ValidationException ResourceNotFoundException'),
  ListCertificates: words('InvalidArgsException ValidationException'),
  SearchCertificates: words('ValidationException'),
  DeleteCertificate: words('ResourceInUseException InvalidArnException ConflictException ValidationException ResourceNotFoundException'),
  AddTagsToCertificate: words(
    'InvalidParameterException TagPolicyException TooManyTagsException InvalidArnException InvalidTagException ValidationException ResourceNotFoundException',
  ),
  RemoveTagsFromCertificate: words(
    'InvalidParameterException TagPolicyException InvalidArnException InvalidTagException ValidationException ResourceNotFoundException',
  ),
  ListTagsForCertificate: words('InvalidArnException ValidationException ResourceNotFoundException'),
  ImportCertificate: words(
    'InvalidParameterException TagPolicyException TooManyTagsException InvalidArnException InvalidTagException ConflictException LimitExceededException ValidationException ResourceNotFoundException',
  ),
  GetCertificate: words('InvalidArnException RequestInProgressException ValidationException ResourceNotFoundException'),
};

const waf = (text: string): readonly string[] => words(text).map((name) => `WAF${name}Exception`);

const wafv2Errors: Readonly<Record<string, readonly string[]>> = {
  CreateWebACL: waf(
    'InvalidParameter DuplicateItem OptimisticLock LimitsExceeded InvalidResource UnavailableEntity NonexistentItem TagOperation SubscriptionNotFound InvalidOperation ConfigurationWarning ExpiredManagedRuleGroupVersion',
  ),
  GetWebACL: waf('InvalidParameter NonexistentItem InvalidOperation'),
  UpdateWebACL: waf(
    'InvalidParameter NonexistentItem DuplicateItem OptimisticLock LimitsExceeded InvalidResource UnavailableEntity SubscriptionNotFound InvalidOperation ExpiredManagedRuleGroupVersion ConfigurationWarning',
  ),
  DeleteWebACL: waf('InvalidParameter NonexistentItem OptimisticLock AssociatedItem TagOperation InvalidOperation'),
  ListWebACLs: waf('InvalidParameter InvalidOperation'),
  CheckCapacity: waf(
    'InvalidParameter NonexistentItem LimitsExceeded InvalidResource UnavailableEntity SubscriptionNotFound ExpiredManagedRuleGroupVersion InvalidOperation',
  ),
  CreateIPSet: waf('InvalidParameter DuplicateItem OptimisticLock LimitsExceeded TagOperation InvalidOperation'),
  GetIPSet: waf('InvalidParameter NonexistentItem InvalidOperation'),
  UpdateIPSet: waf('InvalidParameter NonexistentItem DuplicateItem OptimisticLock LimitsExceeded InvalidOperation'),
  DeleteIPSet: waf('InvalidParameter NonexistentItem OptimisticLock AssociatedItem TagOperation InvalidOperation'),
  ListIPSets: waf('InvalidParameter InvalidOperation'),
  TagResource: waf('InvalidParameter NonexistentItem LimitsExceeded TagOperation InvalidOperation'),
  UntagResource: waf('InvalidParameter NonexistentItem TagOperation InvalidOperation'),
  ListTagsForResource: waf('InvalidParameter NonexistentItem TagOperation InvalidOperation'),
};

/**
 * The errors that AWS declares for each operation, from the service models. Beside them any operation may be throttled, fail with 5xx or be
 * denied. The simulator refuses to answer anything else: that would be a fault of its own.
 */
export const operationErrors: Readonly<Record<Service, Readonly<Record<string, readonly string[]>>>> = {
  cloudfront: cloudfrontErrors,
  acm: acmErrors,
  wafv2: wafv2Errors,
  sts: { GetCallerIdentity: [] },
};
