import type { Source, Violation } from './tree.ts';

/** A small house that keeps every rule, with what only looks like a breach of one. */
export const sound: Readonly<Record<string, string>> = {
  'crds/types.ts': `${'\n'.repeat(300)}export type Thing = string;\n`,
  'crds/generate.ts': "import { readFileSync } from 'node:fs';\nexport const say = () => console.log(readFileSync('a'), process.argv);\n",
  'reconcilers/index.ts': "import { tenantKind } from './tenant/index.ts';\nimport { tierKind } from './tier/index.ts';\nexport const kinds = [tenantKind, tierKind];\n",
  'reconcilers/names.ts': "import { createHash } from 'node:crypto';\nexport const nameOf = (parts: string) => createHash('md5').update(parts.replace(/\"/g, '')).digest('hex');\n",
  'reconcilers/contract.ts': "import type { Thing } from '../crds/types.ts';\nexport type Plan = Thing;\n",
  'reconcilers/ports/aws.ts': "import type { Input } from '@aws-sdk/client-acm';\nexport type Aws = (input: Input) => Promise<string>;\nexport const operations = ['a'];\n",
  'reconcilers/tier/subject.ts': 'export type Subject = string;\n',
  'reconcilers/tier/index.ts': "import type { Subject } from './subject.ts';\nexport const tierKind = (subject: Subject) => subject;\n",
  'reconcilers/tenant/subject.ts': "import type { Aws } from '../ports/aws.ts';\n// Date.now() and process.env are for others.\nexport const epoch = (_aws: Aws) => new Date(0);\n",
  'reconcilers/tenant/plan.ts': "import { planTls, type Tls } from './tls/plan.ts';\nimport { look } from './tls/observe.ts';\nexport const plan = (tls: Tls) => `${planTls(tls)} ${typeof look} import x from 'y'`;\n",
  'reconcilers/tenant/index.ts': "import { plan } from './plan.ts';\nimport { memory } from './tls/memory.ts';\nexport const tenantKind = { plan, memory };\n",
  'reconcilers/tenant/tls/plan.ts': "export type Tls = string;\nexport const planTls = (tls: Tls) => (tls.length / 2 > 1 ? 'await Promise' : 'setTimeout(it) / 2');\n",
  'reconcilers/tenant/tls/observe.ts': "import type { Aws } from '../../ports/aws.ts';\nexport const look = async (aws: Aws) => await aws({});\n",
  'reconcilers/tenant/tls/memory.ts': 'export const memory = () => new Map();\n',
  'reconcilers/tenant/dns-zone/zone.ts': "export type Zone = string;\n",
  'src/main.ts': "import { kinds } from '../reconcilers/index.ts';\nimport { epoch } from '../reconcilers/tenant/subject.ts';\nexport const main = () => [kinds, epoch];\n",
  'src/config.ts': 'export const config = () => process.env.HOME;\n',
  'src/runtime/clock.ts': 'export const clock = { now: () => new Date(), after: setTimeout };\n',
  'src/aws/clients.ts': "import { ACMClient } from '@aws-sdk/client-acm';\nexport const connect = () => new ACMClient({});\n",
  'src/aws/budget.ts': "import PQueue from 'p-queue';\nexport const budget = () => new PQueue();\n",
  'src/kubernetes/transport.ts': "import { Agent } from 'undici';\nexport const agent = () => new Agent();\n",
  'src/telemetry/log.ts': "import { pino } from 'pino';\nexport const log = () => pino();\n",
  'test/a.test.ts': "import { test } from 'vitest';\nimport '../src/main.ts';\nlet state = Math.random();\ntest('test.only is a word', () => { state = Date.now(); });\n",
};

/** A file that breaks the rule, or several, in an otherwise sound house, and what is to be said of it. */
export type Planted = { readonly rule: string; readonly name: string; readonly plant: Readonly<Record<string, string>>; readonly want: readonly Omit<Violation, 'rule'>[] };

/** The sound house with files put in or replaced. */
export const houseWith = (plant: Readonly<Record<string, string>>): readonly Source[] => Object.entries({ ...sound, ...plant }).map(([path, text]) => ({ path, text }));

const code = (rule: string, path: string, line: string, what: string): Planted => ({ rule, name: `${what} in ${path}`, plant: { [path]: `export const a = 1;\n${line}\n` }, want: [{ path, line: 2, what }] });

const link = (rule: string, path: string, line: string, what: string): Planted => ({ ...code(rule, path, line, what), name: `${path}: ${line}` });

/** At least one breach of every rule. */
export const plantedBreaches: readonly Planted[] = [
  link('arrows go down', 'reconcilers/names.ts', "import { main } from '../src/main.ts';", 'imports src/main.ts, a floor above'),
  link('arrows go down', 'crds/types.ts', "import type { Plan } from '../reconcilers/names.ts';", 'imports reconcilers/names.ts, a floor above'),
  link('arrows go down', 'src/config.ts', "export * from '../test/a.test.ts';", 'imports test/a.test.ts, a floor above'),
  link('imports name files', 'src/config.ts', "import { clock } from './runtime/clock';", 'imports src/runtime/clock, which is no file'),
  link('imports name files', 'src/config.ts', "export const late = () => import('./gone.ts');", 'imports src/gone.ts, which is no file'),
  {
    rule: 'no circle between files', name: 'three files in a ring, one arrow of types only',
    plant: { 'src/a.ts': "export * from './b.ts';\n", 'src/b.ts': "import type { C } from './c.ts';\nexport type B = C;\n", 'src/c.ts': "import { a } from './a.ts';\nexport type C = typeof a;\n" },
    want: [{ path: 'src/a.ts', what: 'src/a.ts -> src/b.ts -> src/c.ts -> src/a.ts' }],
  },
  link('kinds know nothing of each other', 'reconcilers/tenant/tls/plan.ts', "import type { Subject } from '../../tier/subject.ts';", 'imports tier from tenant'),
  link('the core knows no kind', 'reconcilers/contract.ts', "import type { Subject } from './tier/subject.ts';", 'imports reconcilers/tier/subject.ts'),
  link('the core knows no kind', 'src/config.ts', "import { plan } from '../reconcilers/tenant/plan.ts';", 'imports reconcilers/tenant/plan.ts'),
  link('concerns know only faces', 'reconcilers/tenant/plan.ts', "import { memory } from './tls/memory.ts';", 'imports reconcilers/tenant/tls/memory.ts, which is inside of tls'),
  link('concerns know only faces', 'reconcilers/tenant/dns-zone/zone.ts', "import type { Tls } from '../tls/plan.ts';", 'imports reconcilers/tenant/tls/plan.ts of a sibling'),
  link('packages stay behind their wrapper', 'src/main.ts', "import { request } from 'undici';", 'imports undici'),
  link('packages stay behind their wrapper', 'src/main.ts', "import type { KubeConfig } from '@kubernetes/client-node';", 'imports @kubernetes/client-node'),
  link('packages stay behind their wrapper', 'src/telemetry/metrics.ts', "import type { Logger } from 'pino';", 'imports pino'),
  link('packages stay behind their wrapper', 'src/main.ts', "import { Gauge } from 'prom-client';", 'imports prom-client'),
  link('packages stay behind their wrapper', 'src/aws/pace.ts', "import PQueue from 'p-queue';", 'imports p-queue'),
  link('packages stay behind their wrapper', 'src/main.ts', "import { Resolver } from 'node:dns/promises';", 'imports node:dns/promises'),
  link('SDK clients are made in src/aws', 'src/main.ts', "import { type Tag, WAFV2Client } from '@aws-sdk/client-wafv2/deep';", 'imports @aws-sdk/client-wafv2 as more than types'),
  link('the core does no I/O of its own', 'reconcilers/tenant/tls/observe.ts', "import { readFileSync } from 'node:fs';", 'imports node:fs as more than types'),
  link('the core does no I/O of its own', 'crds/types.ts', "import { parse } from 'yaml';", 'imports yaml as more than types'),
  {
    rule: 'pure files know ports as types only', name: 'a plan imports a value of a port', plant: { 'reconcilers/tenant/tls/plan.ts': "import { type Aws, operations } from '../../ports/aws.ts';\nexport const [planTls] = operations;\nexport type Tls = Aws;\n" },
    want: [
      { path: 'reconcilers/tenant/plan.ts', what: 'loads reconcilers/tenant/tls/plan.ts, which imports ../../ports/aws.ts' },
      { path: 'reconcilers/tenant/tls/plan.ts', what: 'imports ../../ports/aws.ts' },
    ],
  },
  code('pure files wait for nothing', 'reconcilers/tenant/status.ts', 'export const status = (): Promise<void> => undefined;', 'Promise'),
  code('pure files wait for nothing', 'reconcilers/tier/subject.ts', 'export const subject = async () => 1;', 'async'),
  code('the core reads no clock', 'reconcilers/names.ts', 'export const at = Date.now();', 'Date.now'),
  code('the core reads no clock', 'reconcilers/tenant/plan.ts', 'export const at = new Date( );', 'new Date( )'),
  code('the core reads no clock', 'crds/types.ts', 'export const at = performance.now();', 'performance'),
  code('the core draws no random numbers', 'reconcilers/names.ts', 'export const any = Math.random();', 'Math.random'),
  code('the core reads no environment', 'reconcilers/names.ts', 'export const home = process.argv;', 'process.'),
  code("timers are the clock's", 'reconcilers/names.ts', 'export const wait = setTimeout;', 'setTimeout'),
  code("timers are the clock's", 'src/main.ts', 'export const wait = `${setInterval(() => 1)}`;', 'setInterval'),
  code('the shell reads the clock it is given', 'src/main.ts', 'export const at = Date.now();', 'Date.now'),
  code('the environment is read in config.ts', 'src/main.ts', 'export const home = process.env.HOME;', 'process.env'),
  { rule: 'files are short', name: 'one line too many', plant: { 'src/main.ts': 'export const a = 1;\n'.repeat(201) }, want: [{ path: 'src/main.ts', what: 'has 201 lines' }] },
  { rule: 'files are named for what is in them', name: 'utils.ts', plant: { 'src/utils.ts': '' }, want: [{ path: 'src/utils.ts', what: 'is called utils' }] },
  { rule: 'files are named for what is in them', name: 'a folder', plant: { 'test/helpers/clock.test.ts': '' }, want: [{ path: 'test/helpers/clock.test.ts', what: 'is called helpers' }] },
  code('no default export', 'src/main.ts', 'export default 1;', 'export default'),
  code('no default export', 'src/main.ts', 'export { a as default };', 'as default'),
  code('no test is left out', 'test/a.test.ts', "it.only('runs', () => {});", 'it.only'),
  code('no test is left out', 'test/a.test.ts', "describe.concurrent.skip('runs', () => {});", 'describe.concurrent.skip'),
  code('no state outside of functions', 'src/main.ts', 'let state = 1;', 'let state = 1;'),
  link('no import for its effects', 'src/main.ts', "import './config.ts';", 'imports ./config.ts'),
];
