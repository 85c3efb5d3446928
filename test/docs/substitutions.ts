/*
 * All that differs between a page and what is run of it: what stands for a placeholder, what is made faster, and what is not run. Nothing else does.
 */

/** What stands for a placeholder. No image is pulled: the Pods are processes of this checkout, so that any registry and role will do. */
export const placeholders: Readonly<Record<string, string>> = {
  '<YOUR_CERTIFICATE_ARN>': '$(kubectl get td shop -n acme -o jsonpath={.status.certificates[0].arn})',
  '<YOUR_CLUSTER>': 'platform',
  '<YOUR_DISTRIBUTION>': 'E1SAASEXAMPLE',
  '<YOUR_DOMAIN>': 'acme.example',
  '<YOUR_GROUP_ARN>': '$(kubectl get et basic -o jsonpath={.status.connectionGroups[0].arn})',
  '<YOUR_INSTALLATION_ID>': 'eu-prod',
  '<YOUR_QUOTA_CODE>': 'L-00000000',
  '<YOUR_REGISTRY>': 'registry.example',
  '<YOUR_ROLE_ARN>': 'arn:aws:iam::123456789012:role/tenant-edge',
  '<YOUR_TENANT_ARN>': '$(kubectl get td shop -n acme -o jsonpath={.status.distributionTenant.arn})',
  '<YOUR_WEB_ACL_ARN>': '$(kubectl get et basic -o jsonpath={.status.webACLs[0].arn})',
};

/** What the processes are told otherwise than the Pods say, so that nobody waits for an hour. */
export const hastened: Readonly<Record<string, string>> = { '--connection-group-linger': '5s', '--fleet-poll': '30s' };

/**
 * Commands that are not wholly run, as docs/develop.md names them (`what`, `because`). With `ends` one is run as far as it goes, and has to end with
 * these words: its arguments were understood, and what it asks for is there. With `after` it is run with this before it.
 */
export type NotRun = { readonly command: RegExp; readonly what: string; readonly because: string; readonly ends?: RegExp; readonly after?: string };

/** In the place of `aws`: judges the options and reads the files that they name, and asks nobody. */
const judgedAws = 'aws() { command aws "$@" --generate-cli-skeleton > /dev/null; }';

export const notRun: readonly NotRun[] = [
  { command: /^kubectl .*\blogs\b/, what: '`kubectl logs`', because: 'run as far as it finds the pods: there is no kubelet to ask for logs. What the process logs is read in `test/real`', ends: /this-machine|connection refused|previous terminated container/ },
  { command: /^docker (?:build|push)\b/, what: '`docker`', because: 'there is no registry; `test/image` builds the image with buildah, where that is installed, and runs it' },
  { command: /^aws (?:iam|eks)\b|^for set in [\s\S]*aws iam/, what: '`aws iam`, `aws eks`', because: 'only their options are judged: the simulated account has neither. That the policies suffice, and no more, is tested in `test/privilege`', after: judgedAws },
  { command: /^aws service-quotas\b|^for service in [\s\S]*aws service-quotas/, what: '`aws service-quotas`', because: 'only its options are judged: the simulated account has no Service Quotas', after: judgedAws },
  { command: /--update$/, what: '`vitest --update`', because: 'it writes pages; `test/docs/generated.test.ts` compares them' },
  { command: /^(?:npm ci && )?npm run demo\b/, what: '`npm run demo`', because: 'it takes minutes, and its exit code says whether all came as told; `test/environment/demo` plays its acts in process' },
  { command: /^npm ci\b|^npm run verify\b/, what: '`npm ci`, `npm run verify`', because: 'the tests are part of it: whoever reads their result has run it' },
];

/** Programs that a page may take for granted and a machine may lack: what ends well where they are there, and new enough. Parts that need one are skipped without it, commands of `aws` not run. kubectl and helm are built. */
export const programs = {
  jq: 'jq --version',
  // Version 1 knows distribution tenants from 1.45 on; version 2 has numbers of its own.
  aws: 'aws cloudfront list-distribution-tenants --generate-cli-skeleton',
} as const;
export type ProgramName = keyof typeof programs;

/** Why the command is not run; undefined where it is. */
export const reasonNotToRun = (command: string): NotRun | undefined => notRun.find((each) => each.command.test(command));

/** A command with what stands for its placeholders. */
export const filledIn = (command: string): string => Object.entries(placeholders).reduce((text, [placeholder, value]) => text.replaceAll(placeholder, value), command);
