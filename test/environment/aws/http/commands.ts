import * as acmSdk from '@aws-sdk/client-acm';
import * as cloudfrontSdk from '@aws-sdk/client-cloudfront';
import * as wafv2Sdk from '@aws-sdk/client-wafv2';
import type { Members } from '../contract.ts';
import type { SdkService } from './codec.ts';
import type { Clients } from './served.ts';

type CommandClass = new (input: Members) => unknown;
type Sender = { readonly send: (command: unknown) => Promise<Members> };

const sdks: Readonly<Record<SdkService, Readonly<Record<string, unknown>>>> = { cloudfront: cloudfrontSdk, acm: acmSdk, wafv2: wafv2Sdk };

const isCommandClass = (exported: unknown): exported is CommandClass => typeof exported === 'function';
const isSender = (client: unknown): client is Sender => typeof client === 'object' && client !== null && 'send' in client;

/**
 * What the SDK's command of that name returns, without its metadata. That a command and a client fit together is known by their names
 * only, which is what lets one test speak of every operation. Rejects with what the SDK throws.
 */
export async function sendByName(
  clients: Clients,
  call: { readonly service: SdkService; readonly operation: string; readonly input: Members },
): Promise<Members> {
  const Command = sdks[call.service][`${call.operation}Command`];
  const client: unknown = clients[call.service];
  if (!isCommandClass(Command) || !isSender(client)) throw new Error(`send ${call.operation}: the SDK has no such command`);
  const output = await client.send(new Command(call.input));
  // The SDK has byte arrays of its own class; a clone has plain ones.
  return structuredClone(Object.fromEntries(Object.entries(output).filter(([name]) => name !== '$metadata')));
}
