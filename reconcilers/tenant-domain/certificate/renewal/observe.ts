import type { CertificateDetail } from '@aws-sdk/client-acm';
import type { Look } from '../../../contract.ts';
import { seen, unlessMissing } from '../../../failure.ts';
import type { Aws } from '../../../ports/aws.ts';
import type { Fleet, RenewalSummary } from '../../../ports/fleet.ts';
import { type CertificateView, concern, type RenewalTrouble } from '../certificate.ts';

type Ports = { readonly aws: Aws; readonly fleet: Fleet };

/** The polls keep the list no older than they are paced, and a renewal takes days: nothing here is worth a search of its own. */
const asOldAsThePolls = new Date(0);

/** What Describe says of a renewal in trouble; undefined where it is in none any more. */
const troubleFrom = ({ RenewalSummary: renewal }: CertificateDetail, names: readonly string[]): RenewalTrouble | undefined => {
  const status = renewal?.RenewalStatus;
  if (renewal === undefined || (status !== 'PENDING_VALIDATION' && status !== 'FAILED')) return undefined;
  const options = renewal.DomainValidationOptions ?? [];
  const open = options.filter(({ ValidationStatus }) => ValidationStatus !== 'SUCCESS').flatMap(({ DomainName }) => (DomainName === undefined ? [] : [DomainName.toLowerCase()]));
  return { status, open: options.length === 0 ? names : open.toSorted(), cause: renewal.RenewalStatusReason };
};

/**
 * Looks whether ACM can renew the certificate of ours that serves. It is asked of one search for the whole fleet, and only a hit is
 * described, once for as long as it lasts and with each live look.
 */
export const renewalObserver = ({ aws, fleet }: Ports): ((servingArn: string | undefined, view: CertificateView, look: Look) => Promise<CertificateView>) => {
  const described = new Map<string, { readonly status: RenewalSummary['status']; readonly trouble: RenewalTrouble | undefined }>();

  const troubleOf = async (arn: string, names: readonly string[], look: Look): Promise<RenewalTrouble | undefined> => {
    const hit = await fleet.renewals.get(arn, { notBefore: asOldAsThePolls, signal: look.signal });
    const known = described.get(arn);
    if (hit === undefined) {
      described.delete(arn);
      return undefined;
    }
    if (known?.status === hit.status && look.depth(concern) === 'shared') return known.trouble;
    const answer = await unlessMissing(aws.describeCertificate({ CertificateArn: arn }, look.signal), ['ResourceNotFoundException']);
    const trouble = answer?.Certificate && troubleFrom(answer.Certificate, names);
    described.set(arn, { status: hit.status, trouble });
    return trouble;
  };

  return async (servingArn, view, look) => {
    const serving = view.known.find(({ arn, ours, status }) => ours && arn === servingArn && status === 'ISSUED');
    if (serving === undefined) return view;
    const answer = await seen(troubleOf(serving.arn, serving.names, look));
    // A warning that cannot be read is no reason to stop seeing to the certificate: what was known of it stands, and the polls try again.
    const renewal = answer.known ? answer.value : described.get(serving.arn)?.trouble;
    return { ...view, known: view.known.map((certificate) => (certificate === serving ? { ...certificate, renewal } : certificate)) };
  };
};
