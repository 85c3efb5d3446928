import type { Command } from './commands.ts';
import type { ProgramName } from './substitutions.ts';

/** A run of commands in one world, in the order of the page. */
export type Part = {
  readonly name: string;
  readonly page: string;
  /** The headings whose commands it has; all that no other part of the page has, where absent. */
  readonly headings?: readonly string[];
  /** Where: a cluster that starts empty, the cluster of the part before, or the checkout. */
  readonly in: 'a new cluster' | 'the same cluster' | 'the checkout';
  /** What has to be on the machine; none by default. */
  readonly needs?: readonly ProgramName[];
  /** What is typed first, so that the page finds what it speaks of. */
  readonly before?: readonly Before[];
  /** What happens behind the scenes of a page, after the command that begins so. */
  readonly meanwhile?: { readonly after: string; readonly type: readonly Before[] };
};

/** Commands of a page from under a heading (those that begin with `only`), a command, or kinds that somebody else's program brings. */
export type Before = { readonly page: string; readonly heading: string; readonly only?: string } | { readonly command: string } | { readonly standIns: readonly StandIn[] };

/** A kind of Argo CD's or Flux's, without its schema: what is applied is stored, and nobody acts on it. */
export type StandIn = { readonly group: string; readonly version: string; readonly kind: string; readonly plural: string };

const flux = (group: string, kind: string, version = 'v1'): StandIn => ({ group: `${group}.toolkit.fluxcd.io`, version, kind, plural: `${kind.toLowerCase().replace(/y$/, 'ie')}s` });
const gitops: readonly StandIn[] = [
  { group: 'argoproj.io', version: 'v1alpha1', kind: 'Application', plural: 'applications' },
  flux('kustomize', 'Kustomization'), flux('source', 'GitRepository'), flux('helm', 'HelmRelease', 'v2'),
];

const install = 'docs/install.md';
const installed: readonly Before[] = [{ page: install, heading: 'With Helm' }, { page: install, heading: 'The first tenant' }];

/** The examples, all of them served that can be. */
const examples: readonly Before[] = [
  { command: 'kubectl apply -f examples/namespaces.yaml -f examples/edge-tier-basic.yaml -f examples/edge-tier-express.yaml -f examples/edge-tier-premium.yaml' },
  { command: 'kubectl wait --for=condition=Ready edgetiers --all --timeout=5m' },
  { command: 'kubectl apply -f examples/tenant-domains.yaml' },
  { command: 'kubectl wait --for=condition=Ready -n acme td/shop --timeout=5m' },
];

/** A tenant and a tier that AWS need not be asked to delete: how long that takes, and that nothing is left, is for test/real to see. */
const brief: readonly Before[] = [
  { page: install, heading: 'With Helm' },
  { command: 'kubectl apply -f examples/namespaces.yaml -f examples/edge-tier-express.yaml' },
  { command: 'kubectl wait --for=condition=Ready edgetier/express --timeout=5m' },
  { command: `sed 's/premium/express/' examples/gitops/tenants/bakery/orders.yaml | kubectl apply -f -` },
];

/** Every part, by the test file that runs it: files run side by side, parts of a file one after the other. */
export const runs = {
  install: [{ name: 'installed with Helm, used and stopped', page: install, in: 'a new cluster' }],
  others: [
    { name: 'left for good', page: install, headings: ['Leaving for good'], in: 'a new cluster', before: brief },
    { name: 'installed with kubectl alone', page: install, headings: ['With kubectl alone'], in: 'a new cluster' },
    { name: 'installed with kubectl alone under another id', page: install, headings: ['Another installation id'], in: 'a new cluster', before: [{ page: install, heading: 'With kubectl alone', only: 'cat' }] },
    { name: 'handed to Argo CD and Flux', page: install, headings: ['From Git, with Argo CD or Flux'], in: 'a new cluster', before: [{ standIns: gitops }, { command: 'kubectl create namespace argocd' }, { command: 'kubectl create namespace flux-system' }] },
    { name: 'the same from its own page', page: 'examples/gitops/README.md', in: 'the same cluster' },
    { name: 'installed as the chart says', page: 'helm/tenant-edge/README.md', in: 'the same cluster' },
  ],
  tour: [
    {
      name: 'the tour of the README', page: 'README.md', in: 'a new cluster',
      before: [{ command: 'kubectl create namespace tenant-edge' }, { command: "echo 'aws: {podIdentity: true}' > account.yaml" }, { command: "sed 's/shop/blog/' examples/gitops/tenants/acme/shop.yaml > blog.yaml" }],
      meanwhile: { after: 'kubectl get pods,lease', type: examples },
    },
  ],
  operate: [
    { name: 'conditions', page: 'docs/conditions.md', in: 'a new cluster', before: installed },
    { name: 'the security model', page: 'docs/security.md', in: 'the same cluster' },
    { name: 'the runbook', page: 'docs/runbook.md', in: 'the same cluster' },
    { name: 'operated', page: 'docs/operate.md', in: 'the same cluster', needs: ['jq'] },
  ],
  develop: [{ name: 'developed', page: 'docs/develop.md', in: 'the checkout' }],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

export const parts: readonly Part[] = Object.values(runs).flat();

/** The part that a command is run in: the one that names its heading, else the one of its page that names none. */
export const partOf = ({ page, heading }: Pick<Command, 'page' | 'heading'>): Part | undefined => {
  const candidates = parts.filter((part) => part.page === page);
  return candidates.find(({ headings }) => headings?.includes(heading)) ?? candidates.find(({ headings }) => headings === undefined);
};
