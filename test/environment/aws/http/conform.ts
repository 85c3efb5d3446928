import type { Members } from '../contract.ts';
import type { Shape } from './codec.ts';
import { isMembers } from './protocol.ts';

/**
 * What is wrong with a value that claims to be of a shape, as one line with the path to the first offence; undefined when nothing is. The
 * codecs take what they get, so a text where a list belongs would pass a request and a misspelt member of an answer would vanish.
 * Absent members are fine: what is required is the service's to say.
 */
export function nonconformity(shape: Shape, value: unknown, path = ''): string | undefined {
  if (value === undefined || shape.isDocumentSchema() || shape.isUnitSchema()) return undefined;
  if (shape.isStructSchema()) return isMembers(value) ? strangeMember(shape, value, path) : `${path || 'the document'} is not a structure`;
  if (shape.isListSchema()) return Array.isArray(value) ? strangeItem(shape, value, path) : `${path} is not a list`;
  if (shape.isMapSchema()) return isMembers(value) ? strangeItem(shape, Object.values(value), path) : `${path} is not a map`;
  const wanted = scalarOf(shape);
  return wanted.accepts(value) ? undefined : `${path} is not a ${wanted.name}`;
}

function strangeMember(shape: Shape, value: Members, path: string): string | undefined {
  const members = new Map(shape.structIterator());
  for (const [name, inner] of Object.entries(value)) {
    const member = members.get(name);
    const at = path === '' ? name : `${path}.${name}`;
    const problem = member === undefined ? `${at} is not a member of ${shape.getName() ?? 'the structure'}` : nonconformity(member, inner, at);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function strangeItem(shape: Shape, items: readonly unknown[], path: string): string | undefined {
  const inner = shape.getValueSchema();
  for (const [index, item] of items.entries()) {
    const at = `${path}[${String(index)}]`;
    const problem = item === undefined || item === null ? `${at} is nothing` : nonconformity(inner, item, at);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

type Scalar = { readonly name: string; readonly accepts: (value: unknown) => boolean };

function scalarOf(shape: Shape): Scalar {
  if (shape.isTimestampSchema()) return { name: 'timestamp', accepts: (value) => value instanceof Date && !Number.isNaN(value.getTime()) };
  if (shape.isBooleanSchema()) return { name: 'boolean', accepts: (value) => typeof value === 'boolean' };
  if (shape.isNumericSchema()) return { name: 'number', accepts: (value) => typeof value === 'number' && Number.isFinite(value) };
  if (shape.isBlobSchema()) return { name: 'blob', accepts: (value) => value instanceof Uint8Array };
  if (shape.isBigIntegerSchema()) return { name: 'big integer', accepts: (value) => typeof value === 'bigint' };
  return { name: 'string', accepts: (value) => typeof value === 'string' };
}
