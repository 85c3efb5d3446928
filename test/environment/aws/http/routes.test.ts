import { expect, test } from 'vitest';
import { models } from './codec.ts';
import type { Operation } from './codec.ts';
import { routesOf } from './routes.ts';

const operations = [...models.cloudfront.operations.values()];
const routes = routesOf(operations);
const arn = 'arn:aws:cloudfront::123456789012:distribution-tenant/dt_1';

function addressOf({ http }: Operation): { path: string; query: Record<string, string> } {
  const [path = '', search = ''] = (http?.template ?? '').split('?');
  return { path: path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(arn)), query: Object.fromEntries(new URLSearchParams(search)) };
}

test.each(operations)('$name is found by its own method, path and query, and by no other', (operation) => {
  const { path, query } = addressOf(operation);
  const match = routes(operation.http?.method ?? '', path, { ...query, Resource: arn });
  expect(match?.operation.name).toBe(operation.name);
  expect(Object.values(match?.labels ?? {})).toEqual((operation.http?.template.match(/\{[^}]+\}/g) ?? []).map(() => arn));
});

test('an identifier with a bare slash is another path', () => {
  expect(routes('GET', `/2020-05-31/distribution-tenant/${arn}`, {})).toBeUndefined();
});

test('an empty identifier is no identifier', () => {
  expect(routes('GET', '/2020-05-31/distribution-tenant/', {})).toBeUndefined();
});

test('the query tells tagging from untagging, and reading has neither', () => {
  expect(routes('POST', '/2020-05-31/tagging', { Operation: 'Untag' })?.operation.name).toBe('UntagResource');
  expect(routes('POST', '/2020-05-31/tagging', {})).toBeUndefined();
  expect(routes('POST', '/2020-05-31/distribution', { WithTags: '' })?.operation.name).toBe('CreateDistributionWithTags');
  expect(routes('POST', '/2020-05-31/distribution', {})?.operation.name).toBe('CreateDistribution');
});
