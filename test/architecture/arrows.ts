import { posix } from 'node:path';
import { floorOf, importRule, type Link, type Rule, type Tree } from './tree.ts';

/** `helm` holds what the chart repeats of the floors below, and the generators of that. */
const floors = ['crds', 'reconcilers', 'src', 'helm', 'test'];

/** Nobody imports it, and it runs the chart through the helm that the tests' environment builds. */
const generator = 'helm/generate.ts';

const arrowsDown = importRule('arrows go down', 'the core runs without a cluster, a cloud or a clock because it knows none of them', (file, link) => {
  if (link.to !== 'file' || file.path === generator || floors.indexOf(floorOf(link.file)) <= floors.indexOf(floorOf(file.path))) return undefined;
  return `imports ${link.file}, a floor above`;
});

const resolved = importRule('imports name files', 'Node takes what is written: an import without .ts, or of nothing, fails at start', (_file, link, tree) =>
  link.to !== 'file' || tree.has(link.file) || /\.(?:json|xml|yaml)$/.test(link.file) ? undefined : `imports ${link.file}, which is no file`,
);

/** The shortest way from `start` back to itself along imports, types counted. */
const circleThrough = (tree: Tree, start: string): readonly string[] | undefined => {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const link of tree.get(at)?.links ?? []) {
      if (link.to !== 'file' || cameFrom.has(link.file)) continue;
      cameFrom.set(link.file, at);
      if (link.file === start) return wayBack(cameFrom, start);
      queue.push(link.file);
    }
  }
  return undefined;
};

const wayBack = (cameFrom: ReadonlyMap<string, string>, start: string): readonly string[] => {
  const way = [start];
  for (let at = cameFrom.get(start); at !== undefined && at !== start; at = cameFrom.get(at)) way.unshift(at);
  return [start, ...way];
};

const noCircle: Rule = {
  name: 'no circle between files',
  because: 'what is in a circle can only be understood, tested and moved as one',
  find: (tree) => {
    const told = new Set<string>();
    return [...tree.keys()].toSorted().flatMap((path) => {
      const circle = told.has(path) ? undefined : circleThrough(tree, path);
      for (const member of circle ?? []) told.add(member);
      return circle === undefined ? [] : [{ path, what: circle.join(' -> ') }];
    });
  },
};

/** The kinds of a tree: the folders of `reconcilers` that load a subject. */
const kindOf = (tree: Tree, path: string): string | undefined => {
  const [floor, kind, file] = path.split('/');
  return floor === 'reconcilers' && file !== undefined && tree.has(`reconcilers/${kind}/subject.ts`) ? kind : undefined;
};

/** The concern of a file within its kind, like `certificate`. */
const concernOf = (tree: Tree, path: string): string | undefined => {
  const parts = path.split('/');
  return kindOf(tree, path) !== undefined && parts.length > 3 ? parts[2] : undefined;
};

/** A concern's face: what it decides, sees and does, and its nouns, in a file called like the concern or like its last word. */
const isFace = (concern: string, file: string): boolean => {
  const name = posix.basename(file, '.ts');
  return ['plan', 'observe', 'apply'].includes(name) || concern === name || concern.endsWith(`-${name}`);
};

const kindsApart = importRule('kinds know nothing of each other', 'one kind is read, changed and woken without the other', (file, link, tree) => {
  const [from, to] = [kindOf(tree, file.path), link.to === 'file' ? kindOf(tree, link.file) : undefined];
  return from === undefined || to === undefined || from === to ? undefined : `imports ${to} from ${from}`;
});

const kindsBelow = importRule('the core knows no kind', 'one pass is written once, for every kind there will be', (file, link, tree) => {
  if (link.to !== 'file' || floorOf(file.path) === 'test' || kindOf(tree, file.path) !== undefined || kindOf(tree, link.file) === undefined) return undefined;
  const isComposition = file.path === 'reconcilers/index.ts' || floorOf(file.path) === 'src';
  const isDoor = link.file.split('/').length === 3 && ['index.ts', 'subject.ts'].includes(posix.basename(link.file));
  return isComposition && isDoor ? undefined : `imports ${link.file}`;
});

const concernsApart = importRule('concerns know only faces', 'a concern is one condition and what makes it true; its siblings meet it in the plan of the kind', (file, link, tree) => {
  if (link.to !== 'file' || kindOf(tree, file.path) === undefined) return undefined;
  const [own, other] = [concernOf(tree, file.path), concernOf(tree, link.file)];
  if (other === undefined || (own === other && kindOf(tree, file.path) === kindOf(tree, link.file))) return undefined;
  if (own !== undefined) return `imports ${link.file} of a sibling`;
  const wires = posix.basename(file.path) === 'index.ts';
  return wires || isFace(other, link.file) ? undefined : `imports ${link.file}, which is inside of ${other}`;
});

/** Packages that one place of the shell wraps, so that the rest of it does not know them. */
const wrapped: readonly { readonly package: RegExp; readonly in: RegExp }[] = [
  { package: /^(?:undici|@kubernetes\/client-node)$/, in: /^src\/kubernetes\// },
  { package: /^pino$/, in: /^src\/telemetry\/log\.ts$/ },
  { package: /^prom-client$/, in: /^src\/telemetry\// },
  { package: /^p-queue$/, in: /^src\/aws\/budget\.ts$/ },
  { package: /^node:(?:dns|dns\/promises)$/, in: /^src\/dns\// },
];

const isWrappedElsewhere = (path: string, name: string): boolean => wrapped.some((one) => one.package.test(name) && !one.in.test(path));

const packagesWrapped = importRule('packages stay behind their wrapper', 'what is used in one place can be replaced in one place', (file, link) =>
  link.to === 'package' && floorOf(file.path) !== 'test' && isWrappedElsewhere(file.path, link.package) ? `imports ${link.package}` : undefined,
);

const sdkInAws = importRule('SDK clients are made in src/aws', 'every call passes the budget and the fence; a client made elsewhere passes neither', (file, link: Link) =>
  link.to === 'package' && link.package.startsWith('@aws-sdk/') && !link.typeOnly && floorOf(file.path) !== 'test' && !file.path.startsWith('src/aws/') ? `imports ${link.package} as more than types` : undefined,
);

/** Who may import what. */
export const arrowRules: readonly Rule[] = [arrowsDown, resolved, noCircle, kindsApart, kindsBelow, concernsApart, packagesWrapped, sdkInAws];
