import type { World } from '../world.ts';
import type { Need } from './evaluate.ts';
import { created, inside, type Needs, on, requested, text } from './resources.ts';

const anyCertificate = (world: World): string => `arn:aws:acm:us-east-1:${world.accountId}:certificate/*`;

/** What is asked about one certificate. */
export const certificateNeed = (action: string, world: World, arn: string | undefined): Need => on(action, arn ?? anyCertificate(world), world.certificates.get(arn));

/** What CloudFront asks ACM for in the name of whoever wants a managed certificate; ACM proves those by HTTP. */
export const managedCertificateNeed = (world: World): Need => ({ action: 'acm:RequestCertificate', resource: anyCertificate(world), context: { 'acm:ValidationMethod': 'HTTP' } });

/** By the resources that the authorization reference lists. ACM's refusals of a request name `certificate/*`. */
export const acmNeeds: Needs = {
  RequestCertificate: (world, input) => {
    const exported = inside(input, 'Options', 'Export');
    const asked = { 'acm:ValidationMethod': text(input, 'ValidationMethod') ?? 'EMAIL', ...(typeof exported === 'string' && { 'acm:Export': exported }) };
    return created('acm:RequestCertificate', anyCertificate(world), { tagging: 'acm:AddTagsToCertificate', tags: input['Tags'] }).map((need, index) => (index === 0 ? { ...need, context: { ...need.context, ...asked } } : need));
  },
  DescribeCertificate: (world, input) => [certificateNeed('acm:DescribeCertificate', world, text(input, 'CertificateArn'))],
  DeleteCertificate: (world, input) => [certificateNeed('acm:DeleteCertificate', world, text(input, 'CertificateArn'))],
  ListTagsForCertificate: (world, input) => [certificateNeed('acm:ListTagsForCertificate', world, text(input, 'CertificateArn'))],
  AddTagsToCertificate: (world, input) => {
    const need = certificateNeed('acm:AddTagsToCertificate', world, text(input, 'CertificateArn'));
    return [{ ...need, context: { ...need.context, ...requested(input['Tags']) } }];
  },
};
