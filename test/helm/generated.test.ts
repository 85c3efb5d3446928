import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { chartCopyOf } from '../../helm/crd-copies.ts';
import { explainedValues, unexplainedValues } from '../../helm/values-comments.ts';
import { described, type Schema, typeWords } from '../../helm/values-schema.ts';
import { valuesTables, withTables } from '../../helm/values-table.ts';

const run = promisify(execFile);

const yaml = `## One

# -- What it is called.
name: ""

## Two

limits:
  # A remark that is no explanation.
  # -- How many | how few.
  count: 3
# -- Peers.
peers:
  - to: {all: true}
`;

const schema: Schema = {
  $defs: { count: { title: 'a count', type: 'integer' } },
  properties: {
    name: { type: 'string', enum: ['a', 'b'] },
    limits: { type: 'object', properties: { count: { $ref: '#/$defs/count' } } },
    peers: { type: 'array', items: { type: 'integer', minimum: 1, maximum: 9 } },
  },
};

describe('what is generated for the chart', () => {
  test('is what its sources say', async () => {
    await expect(run(process.execPath, [fileURLToPath(new URL('../../helm/generate.ts', import.meta.url)), '--check'])).resolves.toMatchObject({ stderr: '' });
  });

  test('has every value of a file with its explanation, by sections', () => {
    expect(explainedValues(yaml)).toEqual([
      { path: ['name'], section: 'One', description: 'What it is called.' },
      { path: ['limits', 'count'], section: 'Two', description: 'How many | how few.' },
      { path: ['peers'], section: 'Two', description: 'Peers.' },
    ]);
  });

  test('tells values, types and defaults in tables', () => {
    expect(valuesTables(yaml, schema)).toBe([
      '### One', '', '| value | | type | default |', '|---|---|---|---|', '| `name` | What it is called. | `a`, `b` | none |', '',
      '### Two', '', '| value | | type | default |', '|---|---|---|---|', '| `limits.count` | How many \\| how few. | a count | `3` |', '| `peers` | Peers. | list of integer, 1 to 9 | `[{"to":{"all":true}}]` |',
    ].join('\n'));
  });

  test('is not made of a value that nothing is said of', () => {
    expect(unexplainedValues({ limits: { count: 3, other: 4 }, empty: {} }, explainedValues(yaml))).toEqual(['limits.other', 'empty']);
    expect(() => valuesTables(`${yaml}other: 1\n`, schema)).toThrow('values.yaml says nothing of other');
    expect(() => valuesTables(`${yaml}# -- Other.\nother: 1\n`, schema)).toThrow('describe other: values.schema.json does not have it');
  });

  test('puts the explanations into the schema, in the place of older ones', () => {
    const once = described(schema, explainedValues(yaml));
    expect(once.properties?.['limits']?.properties?.['count']).toEqual({ description: 'How many | how few.', $ref: '#/$defs/count' });
    expect(described(once, explainedValues(yaml.replace('What it is called.', 'Its name.'))).properties?.['name']?.description).toBe('Its name.');
    expect(typeWords(once, { $ref: '#/$defs/count' })).toBe('a count');
  });

  test('leaves the rest of a README alone, and wants its marks', () => {
    const marks = ['<!-- values, from values.yaml and values.schema.json by helm/generate.ts -->', '<!-- end of values -->'];
    expect(withTables(`before\n${marks.join('\nold\n')}\nafter\n`, 'new')).toBe(`before\n${marks.join('\n\nnew\n\n')}\nafter\n`);
    expect(() => withTables('no marks', 'new')).toThrow('write the values into the README of the chart');
  });

  test('copies a CustomResourceDefinition and has helm keep it', () => {
    expect(chartCopyOf('kind: X\nmetadata:\n  name: x\nspec: {}\n', 'crds/x.yaml'))
      .toBe('# Generated from crds/x.yaml by helm/generate.ts: change that, then `npm run generate`.\nkind: X\nmetadata:\n  name: x\n  annotations:\n    helm.sh/resource-policy: keep\nspec: {}\n');
    expect(() => chartCopyOf('metadata:\n  name: x\n  annotations: {}\n', 'crds/x.yaml')).toThrow('its metadata is not just a name');
  });
});
