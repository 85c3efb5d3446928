import { certificates, certificatesThere, cloudFrontTier, pointHere, redirectsAre, restart, servedByCloudFront, shop } from './managed-words.ts';
import { minutes, playAll, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const isEmpty = (stage: Stage): boolean => stage.isGone() && certificates(stage).length === 0 && stage.world.simulator.inspect.tenants().length === 0;

const served: Scenario = {
  file: 'managed-certificates-delete',
  name: 'a tenant with a certificate of CloudFront is deleted, and nothing is left of it',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: [shop], until: () => isEmpty(stage) },
  ],
};

const pending: Scenario = {
  file: 'managed-certificates-delete-pending',
  name: 'a tenant that is deleted while its certificate waits for its proof leaves nothing behind',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => redirectsAre(stage, [shop]) },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), until: () => isEmpty(stage) },
  ],
};

const unmarked: Scenario = {
  file: 'managed-certificates-delete-at-once',
  name: 'a tenant that is deleted before its certificate was seen leaves nothing behind',
  knobs: { certificateHiddenMs: [minutes, minutes] },
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => certificates(stage).length === 1 },
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), until: () => isEmpty(stage) },
  ],
};

/** The policy of the controller lets it mark certificates, or not. */
const mayMark = (stage: Stage, isAllowed: boolean): void => void Object.assign(stage.world.simulator.knobs, { deniedActions: isAllowed ? [] : ['acm:AddTagsToCertificate'] });

const marked = (stage: Stage): boolean => certificates(stage).every(({ tags }) => tags['tenantedge.dev/owner'] === 'acme/shop');

const unmarkable: Scenario = {
  file: 'managed-certificates-delete-unmarkable',
  name: 'a tenant whose certificate cannot be marked is deleted by another process once it can, and nothing is left of it',
  given: (stage) => {
    cloudFrontTier(stage);
    mayMark(stage, false);
  },
  steps: (stage) => [
    { name: 'the tenant is applied, and its certificate cannot be marked', act: () => stage.tenant(), until: () => stage.is('Stalled', 'AccessDenied') && !marked(stage) },
    {
      name: 'the tenant is deleted, and another process starts',
      act: () => {
        stage.deleteTenant();
        restart(stage);
      },
      afterMs: 30 * minutes, until: () => stage.world.simulator.inspect.tenants().length === 1,
    },
    { name: 'the permission is given', act: () => mayMark(stage, true), until: () => isEmpty(stage) },
  ],
};

const switched: Scenario = {
  file: 'managed-certificates-switch-unmarkable',
  name: 'a certificate of CloudFront that could not be marked before the tier changed its issuer is not left behind',
  given: (stage) => {
    cloudFrontTier(stage);
    mayMark(stage, false);
  },
  steps: (stage) => [
    { name: 'the tenant is applied, and its certificate cannot be marked', act: () => stage.tenant(), until: () => stage.is('Stalled', 'AccessDenied') && !marked(stage) },
    { name: 'the tier asks ACM instead', act: () => stage.tier('basic'), afterMs: 30 * minutes, until: () => certificates(stage).length === 1 && stage.is('Stalled', 'AccessDenied') },
    { name: 'the permission is given', act: () => mayMark(stage, true), until: () => certificatesThere(stage) === `PENDING_VALIDATION ${shop}` && marked(stage) && stage.is('Ready', 'WaitingForCustomerDNS') },
    { name: 'the customer adds the validation record', act: () => stage.customerAdds(), until: () => stage.isReady() },
  ],
};

const servedUnmarked: Scenario = {
  file: 'managed-certificates-switch-served-unmarkable',
  name: "a tenant that is served with its distribution's certificate is ready, though what CloudFront issued before cannot be marked",
  wildcard: true,
  given: (stage) => {
    cloudFrontTier(stage, { distributionId: stage.distributions.wildcard });
    mayMark(stage, false);
  },
  steps: (stage) => [
    { name: 'the tenant is applied, and its certificate cannot be marked', act: () => stage.tenant(), until: () => stage.is('Stalled', 'AccessDenied') && !marked(stage) },
    { name: "the tier serves with its distribution's", act: () => stage.tier('basic', { distributionId: stage.distributions.wildcard, certificate: { issuer: 'Distribution' } }), afterMs: 30 * minutes, until: () => stage.isReady() && !marked(stage) },
    { name: 'the permission is given', act: () => mayMark(stage, true), until: () => certificates(stage).every(({ managedBy }) => managedBy === undefined) && stage.isReady() },
  ],
};

const growing: Scenario = {
  file: 'managed-certificates-delete-growing',
  name: 'a tenant that is deleted by another process while a second certificate is pending leaves neither behind',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'a name is added', act: () => stage.tenant({ domains: [shop, 'www.acme.example'] }), until: () => redirectsAre(stage, ['www.acme.example']) },
    {
      name: 'the tenant is deleted, and another process starts',
      act: () => {
        stage.deleteTenant();
        restart(stage);
      },
      removes: [shop], until: () => isEmpty(stage),
    },
  ],
};

const again: Scenario = {
  file: 'managed-certificates-recreate',
  name: 'a tenant that is deleted and applied again gets another certificate',
  given: cloudFrontTier,
  steps: (stage) => [
    ...servedByCloudFront(stage),
    { name: 'the tenant is deleted', act: () => stage.deleteTenant(), removes: [shop], until: () => isEmpty(stage) },
    {
      name: 'it is applied again',
      act: () => {
        pointHere(stage, shop);
        stage.tenant();
      },
      until: () => stage.isReady(),
    },
  ],
};

const byHand: Scenario = {
  file: 'managed-certificates-deleted-by-hand',
  name: 'a pending certificate of CloudFront that is deleted by hand is asked for again',
  given: cloudFrontTier,
  steps: (stage) => [
    { name: 'the tenant is applied', act: () => stage.tenant(), until: () => redirectsAre(stage, [shop]) },
    {
      name: 'somebody deletes the certificate', act: () => certificates(stage).forEach(({ arn }) => stage.operator.deleteCertificate(arn)),
      afterMs: 30 * minutes, until: () => certificates(stage).length === 1 && redirectsAre(stage, [shop]) && stage.is('Ready', 'WaitingForValidation'),
    },
    { name: 'the customer points DNS here', act: () => pointHere(stage, shop), until: () => stage.isReady() },
  ],
};

playAll([served, pending, unmarked, unmarkable, switched, servedUnmarked, growing, again, byHand]);
