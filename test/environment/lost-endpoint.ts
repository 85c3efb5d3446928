import type { Simulator } from './aws/contract.ts';
import type { Zones } from './dns/zones.ts';

/** What is wrong with the endpoint that a customer's DNS leads to, in words: its group serves as long as somebody follows it, whatever group the tenant is in. */
export const lostEndpointOf = (name: string, { zones, simulator }: { readonly zones: Pick<Zones, 'answer'>; readonly simulator: Pick<Simulator, 'inspect'> }): string | undefined => {
  const answer = zones.answer({ name, type: 'CNAME' });
  const [target] = answer.is === 'records' ? answer.records.flatMap((record) => (record.type === 'CNAME' ? [record.target] : [])) : [];
  // Before customers have switched, DNS leads to another host, which is none of ours.
  if (target?.endsWith('.cloudfront.net') !== true) return undefined;
  const group = simulator.inspect.connectionGroups().find(({ endpoint }) => endpoint === target);
  return group?.enabled === true ? undefined : `its DNS leads to ${target}, whose connection group is ${group === undefined ? 'gone' : 'disabled'}`;
};
