import type {
  DistributionList,
  DistributionSummary,
  ListDistributionsByConnectionModeCommandInput,
  ListDistributionsByWebACLIdCommandInput,
  ListDistributionsCommandInput,
} from '@aws-sdk/client-cloudfront';
import { cloudfrontFault, invalidArgument } from '../errors.ts';
import { pageOf } from '../paging.ts';
import type { World } from '../world.ts';
import { pageSize } from './page-size.ts';

type Paged = { readonly Marker?: string | undefined; readonly MaxItems?: number | string | undefined };

type Listed = { readonly DistributionList: DistributionList };

const listWhere = (world: World, input: Paged, isWanted: (summary: DistributionSummary) => boolean): Listed => {
  const size = pageSize(input.MaxItems);
  const page = pageOf(world, world.distributions, {
    marker: input.Marker === '' ? undefined : input.Marker,
    size,
    show: (distribution) => {
      const summary = distribution.shown.read(world.timeline.nowMs)?.summary;
      return summary !== undefined && isWanted(summary) ? summary : undefined;
    },
    badMarker: () => invalidArgument('The marker is not valid.'),
  });
  return {
    DistributionList: {
      Marker: input.Marker ?? '',
      MaxItems: size,
      IsTruncated: page.next !== undefined,
      Quantity: page.items.length,
      ...(page.items.length > 0 && { Items: [...page.items] }),
      ...(page.next !== undefined && { NextMarker: page.next }),
    },
  };
};

/** ListDistributions, of both connection modes. */
export const listDistributions = (world: World, input: ListDistributionsCommandInput): Listed => listWhere(world, input, () => true);

/** ListDistributionsByConnectionMode. */
export const listDistributionsByConnectionMode = (world: World, input: ListDistributionsByConnectionModeCommandInput): Listed => {
  if (input.ConnectionMode !== 'direct' && input.ConnectionMode !== 'tenant-only') throw invalidArgument('The connection mode is not valid.');
  return listWhere(world, input, (summary) => summary.ConnectionMode === input.ConnectionMode);
};

/** ListDistributionsByWebACLId: `null` asks for those without one. */
export const listDistributionsByWebAclId = (world: World, input: ListDistributionsByWebACLIdCommandInput): Listed => {
  const { WebACLId: id } = input;
  if (id === undefined || (id !== 'null' && !id.startsWith('arn:aws:wafv2:')))
    throw cloudfrontFault('InvalidWebACLId', 'A web ACL id or ARN specified is not valid.');
  return listWhere(world, input, (summary) => summary.WebACLId === (id === 'null' ? '' : id));
};
