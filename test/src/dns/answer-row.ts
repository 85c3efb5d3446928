import type { DnsAnswer, RecordType } from '../../../reconcilers/ports/dns.ts';
import type { Zones } from '../../environment/dns/zones.ts';

/**
 * One behaviour of DNS, and what the port makes of it, through packets and in process alike. `over`: the packets that the question
 * takes, one over UDP unless told.
 */
export type AnswerRow = {
  readonly name: string;
  readonly given: (zones: Zones) => void;
  readonly ask: { readonly name: string; readonly type: RecordType };
  readonly want: DnsAnswer;
  readonly over?: readonly ('udp' | 'tcp')[];
};

export const found = (...values: readonly string[]): DnsAnswer => ({ is: 'found', values });
export const failed = (reason: string): DnsAnswer => ({ is: 'failed', reason });
export const missing: DnsAnswer = { is: 'missing' };
/** The question that most rows ask. */
export const shop = (type: RecordType) => ({ name: 'shop.brand.test', type });
