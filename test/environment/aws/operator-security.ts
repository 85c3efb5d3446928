import { findCertificate } from './acm/find.ts';
import { addCertificate, ageCertificate, expireCertificate, failCertificate, issueCertificate, removeCertificate, revokeCertificate } from './acm/lifecycle.ts';
import type { Deed, Operator } from './operator.ts';
import { tagList } from './operator-cloudfront.ts';
import { createWebAcl, removeWebAcl } from './wafv2/web-acls.ts';
import { createIpSet, removeIpSet } from './wafv2/ip-sets.ts';
import { nonexistent } from './wafv2/refusals.ts';
import type { World } from './world.ts';

type CertificateDeeds = Pick<
  Operator,
  'issueCertificate' | 'ageCertificate' | 'failCertificate' | 'expireCertificate' | 'revokeCertificate' | 'deleteCertificate' | 'importCertificate' | 'setCaa'
>;

const about = (operation: string, arn: string) => ({ service: 'acm' as const, operation, input: { CertificateArn: arn }, subject: arn });

/** What a person or Amazon's certificate authority does to certificates. */
export const certificateDeeds = (world: World, deed: Deed): CertificateDeeds => {
  const find = (arn: string) => findCertificate(world, arn);
  return {
    issueCertificate: (arn, notAfter) => {
      deed(about('IssueCertificate', arn), () => {
        issueCertificate(world, find(arn), notAfter);
      });
    },
    ageCertificate: (arn, notAfter) => {
      deed(about('AgeCertificate', arn), () => {
        ageCertificate(world, find(arn), notAfter);
      });
    },
    failCertificate: (arn, reason = 'OTHER') => {
      deed(about('FailCertificate', arn), () => {
        failCertificate(find(arn), reason);
      });
    },
    expireCertificate: (arn) => {
      deed(about('ExpireCertificate', arn), () => {
        expireCertificate(world, find(arn));
      });
    },
    revokeCertificate: (arn) => {
      deed(about('RevokeCertificate', arn), () => {
        revokeCertificate(world, find(arn));
      });
    },
    deleteCertificate: (arn) => {
      deed(about('DeleteCertificate', arn), () => {
        removeCertificate(world, find(arn));
      });
    },
    importCertificate: (order) =>
      deed({ service: 'acm', operation: 'ImportCertificate', input: order }, () => {
        const { names, notAfter, keyAlgorithm = 'RSA_2048', tags = {} } = order;
        const certificate = addCertificate(world, {
          names,
          keyAlgorithm,
          type: 'IMPORTED',
          tags: new Map(Object.entries(tags)),
          ...(notAfter !== undefined && { notAfter }),
        });
        certificate.knownToCloudFrontFromMs = 0;
        certificate.shown.catchUp();
        return { arn: certificate.id };
      }),
    setCaa: (domain, rule) => {
      deed({ service: 'acm', operation: 'SetCaa', input: { domain, rule }, subject: domain }, () => {
        if (rule === 'forbids') world.caaForbidden.add(domain);
        else world.caaForbidden.delete(domain);
      });
    },
  };
};

type WafDeeds = Pick<Operator, 'createWebACL' | 'deleteWebACL' | 'createIPSet' | 'deleteIPSet' | 'expireRuleGroupVersion'>;

const living = <Thing extends { readonly gone: boolean }>(thing: Thing | undefined): Thing => {
  if (thing === undefined || thing.gone) throw nonexistent();
  return thing;
};

/** What a person does to web ACLs and IP sets, and AWS to its rule groups. */
export const wafDeeds = (world: World, deed: Deed): WafDeeds => ({
  createWebACL: ({ id, name, rules = [], tags }) =>
    deed({ service: 'wafv2', operation: 'CreateWebACL', input: { name, rules, tags }, subject: name }, () => {
      const acl = createWebAcl(
        world,
        {
          Name: name,
          Scope: 'CLOUDFRONT',
          DefaultAction: { Allow: {} },
          VisibilityConfig: { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: name },
          Rules: [...rules],
          ...(tags !== undefined && { Tags: tagList(tags) }),
        },
        { propagationMs: 0, ...(id !== undefined && { id }) },
      );
      acl.shown.catchUp();
      return { arn: acl.id, id: acl.uuid };
    }),
  deleteWebACL: (arn) => {
    deed({ service: 'wafv2', operation: 'DeleteWebACL', input: { ARN: arn }, subject: arn }, () => {
      removeWebAcl(world, living(world.webAcls.get(arn)));
    });
  },
  createIPSet: ({ id, name, version = 'IPV4', addresses = [], tags }) =>
    deed({ service: 'wafv2', operation: 'CreateIPSet', input: { name, version, addresses, tags }, subject: name }, () => {
      const set = createIpSet(
        world,
        { Name: name, Scope: 'CLOUDFRONT', IPAddressVersion: version, Addresses: [...addresses], ...(tags !== undefined && { Tags: tagList(tags) }) },
        { propagationMs: 0, ...(id !== undefined && { id }) },
      );
      set.shown.catchUp();
      return { arn: set.id, id: set.uuid };
    }),
  deleteIPSet: (arn) => {
    deed({ service: 'wafv2', operation: 'DeleteIPSet', input: { ARN: arn }, subject: arn }, () => {
      removeIpSet(world, living(world.ipSets.get(arn)));
    });
  },
  expireRuleGroupVersion: ({ name, version }) => {
    deed({ service: 'wafv2', operation: 'PutManagedRuleSetVersions', input: { name, version }, subject: name }, () => {
      world.expiredVersions.add(`${name} ${version}`);
    });
  },
});
