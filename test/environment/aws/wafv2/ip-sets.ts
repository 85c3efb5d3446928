import type {
  CreateIPSetCommandInput,
  CreateIPSetResponse,
  DeleteIPSetCommandInput,
  GetIPSetCommandInput,
  GetIPSetResponse,
  ListIPSetsCommandInput,
  ListIPSetsResponse,
  UpdateIPSetCommandInput,
  UpdateIPSetResponse,
} from '@aws-sdk/client-wafv2';
import { frozen, type World } from '../world.ts';
import { type AddressVersion, networkFrom, spelledOut } from './cidr.ts';
import { byAddress, checkRoom, checkUnused, type Given, listEntities, lockedBy, newEntity, removeEntity, reviseEntity, summaryOf } from './entities.ts';
import { badFormat, invalidParameter, limitsExceeded, nonexistent } from './refusals.ts';
import { checkIdentity } from './requests.ts';
import type { IpSet } from './state.ts';
import { newTags } from './tags.ts';

// https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const maxAddresses = 10_000;

const checkVersion = (version: string | undefined): AddressVersion => {
  if (version !== 'IPV4' && version !== 'IPV6') throw invalidParameter('IP_ADDRESS_VERSION', version, 'The address version is not valid');
  return version;
};

/**
 * The addresses as they are given back. A network whose host bits are set is refused, as seen of live AWS; that one given twice is
 * refused, in whatever spelling, is assumed.
 */
const networksFrom = (world: World, addresses: readonly string[] | undefined, version: AddressVersion): string[] => {
  if (addresses === undefined) throw invalidParameter('IP_SET', 'Addresses', 'Addresses are required');
  if (addresses.length > maxAddresses) throw limitsExceeded('IPSET_ADDRESSES');
  const networks = new Set<string>();
  for (const address of addresses) {
    const network = networkFrom(address, version);
    if (network === undefined) throw invalidParameter('IP_ADDRESS', address, badFormat);
    if (networks.has(network)) throw invalidParameter('IP_ADDRESS', address, 'The address is a duplicate');
    networks.add(network);
  }
  return world.knobs.ipSetAddresses === 'compressed' ? [...networks] : [...networks].map(spelledOut).toSorted();
};

/** Makes a set as CreateIPSet does. */
export const createIpSet = (world: World, input: CreateIPSetCommandInput, given: Given = {}): IpSet => {
  checkIdentity(input);
  const { Name: name = '', Description: description } = input;
  const version = checkVersion(input.IPAddressVersion);
  const addresses = networksFrom(world, input.Addresses, version);
  checkRoom(world.ipSets, 'ipset', name, world.knobs.maxIpSets);
  const set = newEntity(world, {
    kind: 'ipset',
    name,
    tags: newTags(world, input.Tags),
    sequence: world.ipSets.nextSequence(),
    given,
    configOf: (identity) =>
      frozen({ ...identity, Name: name, ...(description !== undefined && { Description: description }), IPAddressVersion: version, Addresses: addresses }),
  });
  world.ipSets.add(set);
  return set;
};

/** CreateIPSet. */
export const createIpSetOperation = (world: World, input: CreateIPSetCommandInput): CreateIPSetResponse => ({
  Summary: summaryOf(createIpSet(world, input)),
});

/** GetIPSet. */
export const getIpSet = (world: World, input: GetIPSetCommandInput): GetIPSetResponse => {
  const view = byAddress(world.ipSets, input)?.shown.read(world.timeline.nowMs);
  if (view === undefined) throw nonexistent();
  return { IPSet: view.config, LockToken: view.lockToken };
};

/** UpdateIPSet replaces addresses and description. */
export const updateIpSet = (world: World, input: UpdateIPSetCommandInput): UpdateIPSetResponse => {
  checkIdentity(input);
  const set = lockedBy(world.ipSets, input, input.LockToken);
  const { Description: _, ...kept } = set.config;
  const addresses = networksFrom(world, input.Addresses, checkVersion(kept.IPAddressVersion));
  const description = input.Description === undefined ? {} : { Description: input.Description };
  return { NextLockToken: reviseEntity(world, set, frozen({ ...kept, ...description, Addresses: addresses })) };
};

/** Takes the set away, whoever refers to it: callers check first. */
export const removeIpSet = (world: World, set: IpSet): void => {
  removeEntity(world, world.ipSets, set);
};

/** DeleteIPSet: existence, lock token, then use. */
export const deleteIpSet = (world: World, input: DeleteIPSetCommandInput): void => {
  const set = lockedBy(world.ipSets, input, input.LockToken);
  checkUnused(world, set);
  removeIpSet(world, set);
};

/** ListIPSets. */
export const listIpSets = (world: World, input: ListIPSetsCommandInput): ListIPSetsResponse => {
  const { summaries, ...next } = listEntities(world, world.ipSets, input);
  return { IPSets: summaries, ...next };
};
