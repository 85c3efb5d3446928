import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { chartPath, type Helm } from '../../helm/chart.ts';
import type { Manifest } from '../environment/control-plane/apply.ts';
import { textAt } from '../environment/control-plane/json.ts';
import { openHelm } from '../environment/tools/helm.ts';
import type { Values } from './world.ts';

/** A text of the chart's folder. */
export const chartFile = (path: string): string => readFileSync(join(chartPath, path), 'utf8');

/** Values of a set of this folder: `default`, `full`, `minimal`. */
export const valuesOf = (set: string): Values => parse(readFileSync(new URL(`values/${set}.yaml`, import.meta.url), 'utf8')) as Values;

/** A value in a copy of the values, at this path. */
export const withValue = (values: Values, path: readonly string[], value: unknown): Values => {
  const [key = '', ...rest] = path;
  return { ...values, [key]: rest.length === 0 ? value : withValue((values[key] ?? {}) as Values, rest, value) };
};

/** Helm without a cluster. */
export type Renderer = {
  /** What `helm template` says, however it ends; of a release called like the chart, unless told. */
  readonly attempt: (values: Values, args?: readonly string[], release?: string) => Promise<Helm>;
  /** The text that it renders, once for the same values; rejects with what it says instead. */
  readonly text: (values: Values) => Promise<string>;
  readonly lint: (values: Values) => Promise<Helm>;
  /** What a person is told after an installation. */
  readonly notes: (values: Values) => Promise<string>;
  readonly close: () => Promise<void>;
};

export const openRenderer = async (): Promise<Renderer> => {
  const { helm, close } = await openHelm();
  const folder = await mkdtemp(join(tmpdir(), 'tenant-edge-values-'));
  let files = 0;
  const fileOf = async (values: Values): Promise<string> => {
    const path = join(folder, `${++files}.yaml`);
    await writeFile(path, stringify(values, { version: '1.1' })); // helm's YAML: `on` is a boolean there
    return path;
  };
  const attempt: Renderer['attempt'] = async (values, args = [], release = 'tenant-edge') =>
    helm(['template', release, chartPath, '--namespace', 'tenant-edge', '--values', await fileOf(values), ...args]);
  const rendered = new Map<string, Promise<string>>();
  const render = async (values: Values): Promise<string> => {
    const { code, stdout, stderr } = await attempt(values);
    if (code !== 0) throw new Error(`render the chart: ${stderr}`);
    return stdout;
  };
  return {
    attempt,
    text: (values) => {
      const key = JSON.stringify(values);
      const text = rendered.get(key) ?? render(values);
      rendered.set(key, text);
      return text;
    },
    lint: async (values) => helm(['lint', '--strict', chartPath, '--namespace', 'tenant-edge', '--values', await fileOf(values)]),
    notes: async (values) => {
      const { stdout } = await helm(['install', 'tenant-edge', chartPath, '--namespace', 'tenant-edge', '--dry-run=client', '--values', await fileOf(values)]);
      return stdout.split(/^NOTES:\n/m)[1] ?? '';
    },
    close: async () => {
      await Promise.all([close(), rm(folder, { recursive: true, force: true })]);
    },
  };
};

/** The objects in a rendered text, in their order. */
export const objectsIn = (text: string): readonly Manifest[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Manifest | null).filter((object) => object !== null);

/** The rendered texts that do not come from these templates, in their order. */
export const textsExcept = (text: string, templates: readonly string[]): string =>
  text.split(/^---\n/m).filter((each) => each.trim() !== '' && !templates.some((name) => each.startsWith(`# Source: tenant-edge/templates/${name}.yaml\n`))).map((each) => each.trim()).join('\n---\n').concat('\n');

/** The one object of this kind. */
export const objectOf = (objects: readonly Manifest[], kind: string): Manifest => {
  const [found, ...others] = objects.filter((each) => each.kind === kind);
  if (found === undefined || others.length > 0) throw new Error(`find the ${kind} of the chart: there are ${others.length + (found === undefined ? 0 : 1)}: ${objects.map((each) => `${each.kind} ${textAt(each, 'metadata', 'name') ?? ''}`).join(', ')}`);
  return found;
};
