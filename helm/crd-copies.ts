const head = (source: string): string => `# Generated from ${source} by helm/generate.ts: change that, then \`npm run generate\`.\n`;

/**
 * A CustomResourceDefinition as the chart has it: helm may bring it up to date, and must never delete it, for with it would go every object of its kind.
 *
 * @see https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource
 */
export const chartCopyOf = (manifest: string, source: string): string => {
  const named = /^metadata:\n {2}name: \S+\n/m;
  if (!named.test(manifest) || /^ {2}annotations:/m.test(manifest)) throw new Error(`copy ${source} into the chart: its metadata is not just a name`);
  return head(source) + manifest.replace(named, (metadata) => `${metadata}  annotations:\n    helm.sh/resource-policy: keep\n`);
};
