import { chartPath, type RunHelm } from './chart.ts';

// Who applies it owns it: these say that helm does, and mean nothing to the cluster.
const helmsOwn = /^ +(?:helm\.sh\/[\w-]+|app\.kubernetes\.io\/managed-by): .*\n/gm;
const emptied = /^( *)(?:annotations|labels):\n(?!\1 )/gm;

const head = `# Generated from helm/tenant-edge by helm/generate.ts: change that, then \`npm run generate\`.
#
# Everything that Tenant Edge needs in a cluster, for those without Helm: kubectl apply --server-side -f install.yaml
# The image has no registry: say yours with kustomize (\`images:\`) before the first time. The IAM role is an annotation of the ServiceAccount, or an
# association of EKS Pod Identity, which also needs the NetworkPolicy patch of docs/install.md. The installation is called main, in three places, which
# have to agree: another id goes into all of them, here eu-prod.
#
#   patches:
#     - target: {kind: Deployment, name: tenant-edge}
#       patch: |-
#         - {op: test, path: /spec/template/spec/containers/0/args/0, value: --installation-id=main}
#         - {op: replace, path: /spec/template/spec/containers/0/args/0, value: --installation-id=eu-prod}
#         - {op: replace, path: /metadata/annotations/tenantedge.dev~1installation-id, value: eu-prod}
#     - target: {kind: Role, name: tenant-edge}
#       patch: |-
#         - {op: test, path: /rules/1/resourceNames/0, value: tenant-edge-main}
#         - {op: replace, path: /rules/1/resourceNames/0, value: tenant-edge-eu-prod}
apiVersion: v1
kind: Namespace
metadata:
  name: tenant-edge
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;

/** The chart with its default values as one file for kubectl, its namespace first. */
export const installManifest = async (helm: RunHelm): Promise<string> => {
  const { code, stdout, stderr } = await helm(['template', 'tenant-edge', chartPath, '--namespace', 'tenant-edge', '--set', 'installationId=main']);
  if (code !== 0) throw new Error(`render the chart: ${stderr.trim()}`);
  const objects = stdout.split(/^---\n/m).map((text) => text.replaceAll(/^# (?:Source|Generated).*\n/gm, '').replaceAll(helmsOwn, '').replaceAll(emptied, '').trim());
  return [head.trim(), ...objects.filter((text) => text !== '')].join('\n---\n').concat('\n');
};
