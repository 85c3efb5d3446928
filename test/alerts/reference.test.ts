import { expect, test } from 'vitest';
import { familiesOf } from './families.ts';
import { metricsReference } from './metrics-reference.ts';
import { metricsIn } from './promql.ts';

test('docs/metrics.md says what the registry says (npx vitest run test/alerts/reference.test.ts --update)', async () => {
  await expect(await metricsReference()).toMatchFileSnapshot('../../docs/metrics.md');
});

test.each<{ expr: string; want: readonly string[] }>([
  { expr: 'max by (reason) (tenants_by_reason{job="a", reason=~"b|up"}) > 0', want: ['tenants_by_reason'] },
  { expr: 'sum by (class, le) (rate(waits_bucket{job=~"$job"}[$__rate_interval]))', want: ['waits_bucket'] },
  { expr: 'a / on (quota) group_left (unit) b{c="d{e}"} or vector(0)', want: ['a', 'b'] },
  { expr: 'absent(up{job="x"} == 1) and max_over_time(used[7d] offset 7d) > bool 1e3', want: ['used'] },
  { expr: 'histogram_quantile(0.99, sum without (instance) (rate(a:b_c[5m]))) AND inf', want: ['a:b_c'] },
])('the metrics of $expr are $want', ({ expr, want }) => {
  expect(metricsIn(expr)).toEqual(want);
});

test('a page is read family by family, a histogram as one', () => {
  const page = '# HELP b Of b.\n# TYPE b histogram\nb_bucket{le="1",c="x"} 0\nb_bucket{le="+Inf",c="x"} 0\nb_sum{c="x"} 0\nb_count{c="x"} 0\n\n# HELP a Of a.\n# TYPE a gauge\na{l="1"} 2\na{l="2"} 2\n';
  expect(familiesOf(page)).toEqual([
    { name: 'a', type: 'gauge', help: 'Of a.', labels: { l: ['1', '2'] }, samples: ['a'] },
    { name: 'b', type: 'histogram', help: 'Of b.', labels: { c: ['x'] }, samples: ['b_bucket', 'b_sum', 'b_count'] },
  ]);
});
