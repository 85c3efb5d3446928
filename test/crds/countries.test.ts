import { readFileSync } from 'node:fs';
import { CountryCode } from '@aws-sdk/client-wafv2';
import { expect, test } from 'vitest';

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode('A'.charCodeAt(0) + index));
const pairs = letters.flatMap((first) => letters.map((second) => first + second));

test.each([
  { file: 'edgetiers.yaml', places: 2 },
  { file: 'tenantdomains.yaml', places: 1 },
])('$file takes the country codes that AWS knows, and no other', ({ file, places }) => {
  const crd = readFileSync(new URL(`../../crds/${file}`, import.meta.url), 'utf8');
  const rules = [...crd.matchAll(/rule: self\.matches\('(\^\(A\[.+\)\$)'\)$/gm)].map(([, pattern = '']) => new RegExp(pattern));
  expect(rules.map((rule) => pairs.filter((code) => rule.test(code)))).toEqual(Array.from({ length: places }, () => Object.values(CountryCode).toSorted()));
});
