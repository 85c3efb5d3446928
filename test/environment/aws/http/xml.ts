import type { Fault } from './protocol.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text made safe between two tags; control characters that XML 1.0 cannot carry become `?`. */
export const escapeText = (text: string): string =>
  text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, '?').replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);

/** The error envelope that CloudFront and the query services share. */
export function errorEnvelope(namespace: string, fault: Fault, requestId: string): string {
  const type = fault.side === 'client' ? 'Sender' : 'Receiver';
  return (
    `<?xml version="1.0"?>\n<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${escapeText(fault.name)}</Code>` +
    `<Message>${escapeText(fault.message)}</Message></Error><RequestId>${escapeText(requestId)}</RequestId></ErrorResponse>`
  );
}
