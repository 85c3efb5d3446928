import type { ZoneType, ZoneValue } from './records.ts';
import { zoneTypes } from './records.ts';
import type { Misbehaviour, Zones } from './zones.ts';
import { createZones, misbehaviours } from './zones.ts';

/**
 * Zones from the text of a JSON file: names, then types, then values; under `misbehave` how the name fails, if it does.
 * ```json
 * {
 *   "shop.example.com": { "CNAME": ["d111.cloudfront.net"] },
 *   "example.com": { "TXT": ["one text", ["two", "strings"]], "CAA": ["0 issue \"amazon.com\""] },
 *   "lame.example.com": { "misbehave": "servfail" }
 * }
 * ```
 * @throws with the name at fault.
 */
export const zonesFrom = (json: string): Zones => {
  const zones = createZones();
  for (const [name, owner] of entriesOf(JSON.parse(json), 'the file')) {
    for (const [key, value] of entriesOf(owner, `"${name}"`)) {
      if (key === 'misbehave' && isMisbehaviour(value)) zones.misbehave(name, value);
      else if (isZoneType(key) && isValues(value)) zones.set(name, key, value);
      else throw new Error(`read zones: "${name}" has "${key}": ${wanted}`);
    }
  }
  return zones;
};

const wanted = `want ${zoneTypes.join(', ')} with a list of values, or misbehave with ${misbehaviours.join(', ')}`;

const entriesOf = (value: unknown, where: string): readonly (readonly [string, unknown])[] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`read zones: ${where} holds no object`);
  return Object.entries(value);
};

const isZoneType = (key: string): key is ZoneType => zoneTypes.some((type) => type === key);

const isMisbehaviour = (value: unknown): value is Misbehaviour => misbehaviours.some((how) => how === value);

const isString = (value: unknown): value is string => typeof value === 'string';

const isValues = (value: unknown): value is readonly ZoneValue[] =>
  Array.isArray(value) && value.every((one) => isString(one) || (Array.isArray(one) && one.every(isString)));
