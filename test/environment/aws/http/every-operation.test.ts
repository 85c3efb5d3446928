import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Members } from '../contract.ts';
import { models } from './codec.ts';
import type { SdkService, Shape } from './codec.ts';
import { sendByName } from './commands.ts';
import { nonconformity } from './conform.ts';
import { scripted, serve } from './served.ts';
import type { Served } from './served.ts';

// Deep enough for a whole distribution, shallow enough for WAF statements, which contain one another.
const maxDepth = 7;

/** A value with every member, two items in each list, and text that XML and URLs must escape. Undefined below the depth. */
function sample(shape: Shape, name: string, depth = 0): unknown {
  if (depth > maxDepth) return undefined;
  if (shape.isStructSchema()) return sampleStructure(shape, depth);
  if (shape.isListSchema())
    return [1, 2].map((n) => sample(shape.getValueSchema(), `${name}${String(n)}`, depth + 1)).filter((item) => item !== undefined);
  if (shape.isMapSchema()) return { [`key of ${name}`]: sample(shape.getValueSchema(), name, depth + 1) };
  if (shape.isTimestampSchema()) return new Date('2026-09-26T12:34:56.000Z');
  if (shape.isBooleanSchema()) return name.length % 2 === 0;
  if (shape.isNumericSchema()) return name.length;
  if (shape.isBlobSchema()) return new Uint8Array(Buffer.from(`bytes of ${name}`));
  return `arn:aws:x::1/${name}?<&"é`;
}

function sampleStructure(shape: Shape, depth: number): Members {
  const members = [...shape.structIterator()].map(([name, member]) => [name, sample(member, name, depth + 1)] as const);
  const present = members.filter(([, value]) => value !== undefined);
  return Object.fromEntries(shape.isUnionSchema() ? present.slice(0, 1) : present);
}

type Row = { readonly service: SdkService; readonly operation: string };

const rows = (['cloudfront', 'acm', 'wafv2'] as const).flatMap((service) =>
  [...models[service].operations.keys()].map((operation): Row => ({ service, operation })),
);

/** What travels in a header is ASCII. */
function asciiHeaders(shape: Shape, value: Members): Members {
  const inHeader = (name: string): boolean => shape.getMemberSchema(name).getMergedTraits().httpHeader !== undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typeof member === 'string' && inHeader(name) ? `E-${name}` : member]),
  );
}

const valueOf = (shape: Shape): Members => (shape.isStructSchema() ? asciiHeaders(shape, sampleStructure(shape, 0)) : {});

describe('every operation the SDK knows', () => {
  let output: Members = {};
  const backend = scripted(() => output);
  let served: Served;
  beforeAll(async () => {
    served = await serve(backend);
  });
  afterAll(() => served.stop());

  test('is there to be tested', () => {
    expect(rows.length).toBeGreaterThan(200);
  });

  test.each(rows)('$service $operation carries every member there and back', async (row) => {
    const operation = models[row.service].operations.get(row.operation);
    if (operation === undefined) throw new Error('no such operation');
    const input = valueOf(operation.input);
    output = valueOf(operation.output);
    expect(nonconformity(operation.input, input)).toBeUndefined();

    const received = await sendByName(served, { ...row, input });

    expect(backend.heard.at(-1)).toEqual({ ...row, input, caller: 'AKIAIOSFODNN7EXAMPLE' });
    expect(received).toEqual(output);
  });
});
