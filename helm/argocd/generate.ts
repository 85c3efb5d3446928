import { readdir, readFile, writeFile } from 'node:fs/promises';

/*
 * Writes helm/argocd/argocd-cm.yaml from the health scripts beside it; with --check it only compares, and exits 1 where they differ.
 */

const home = new URL('resource_customizations/', import.meta.url);

const head = `# Generated from helm/argocd/resource_customizations by helm/argocd/generate.ts: change those, then \`npm run generate\`.
#
# What Argo CD has to be told of Tenant Edge. Without it an Application is Healthy as soon as its objects are stored, and sync waves wait
# for none of them. Apply it as below, and other keys of your argocd-cm stay as they are:
#   kubectl apply --server-side --field-manager=tenant-edge -f argocd-cm.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: argocd-cm
  namespace: argocd
  labels:
    # Argo CD reads only ConfigMaps with this label.
    app.kubernetes.io/part-of: argocd
data:
`;

const tail = `  # A tier counts its tenants. That changes nothing of its health, and need not wake Argo CD.
  resource.customizations.ignoreResourceUpdates.tenantedge.dev_EdgeTier: |
    jsonPointers:
      - /status/tenants
`;

const entry = (key: string, text: string): string => `  ${key}: |\n${text.trimEnd().replaceAll(/^(?=.)/gm, '    ')}\n`;

/** The keys of argocd-cm, one for each kind that has a script. @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/ */
const entries = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const group of (await readdir(home)).toSorted()) {
    for (const kind of (await readdir(new URL(`${group}/`, home))).toSorted()) {
      const script = await readFile(new URL(`${group}/${kind}/health.lua`, home), 'utf8');
      found.push(entry(`resource.customizations.health.${group}_${kind}`, script));
    }
  }
  return found;
};

const target = new URL('argocd-cm.yaml', import.meta.url);
const generated = head + (await entries()).join('') + tail;
if (!process.argv.includes('--check')) {
  await writeFile(target, generated);
} else if ((await readFile(target, 'utf8').catch(() => '')) !== generated) {
  process.stderr.write('helm/argocd/argocd-cm.yaml is not what the health scripts say: run npm run generate\n');
  process.exitCode = 1;
}
