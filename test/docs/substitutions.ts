/*
 * All that differs between a page and what is run of it: what stands for a placeholder, what is made faster, and what is not run. Nothing else does.
 */

/** What stands for a placeholder. No image is pulled: the Pods are processes of this checkout, so that any registry and role will do. */
export const placeholders: Readonly<Record<string, string>> = {
  '<YOUR_ARN>': '$(kubectl get td shop -n acme -o jsonpath={.status.distributionTenant.arn})',
  '<YOUR_CLUSTER>': 'platform',
  '<YOUR_DISTRIBUTION>': 'E1SAASEXAMPLE',
  '<YOUR_QUOTA_CODE>': 'L-00000000',
  '<YOUR_REGISTRY>': 'registry.example',
  '<YOUR_ROLE_ARN>': 'arn:aws:iam::123456789012:role/tenant-edge',
};

/** What the processes are told otherwise than the Pods say, so that nobody waits for an hour. */
export const hastened: Readonly<Record<string, string>> = { '--connection-group-linger': '5s', '--fleet-poll': '30s' };

/**
 * A command that is not run here, and why. With `ends` it is run as far as it goes, and has to end with these words: its arguments were
 * understood, and what it asks for is there.
 */
export type NotRun = { readonly command: RegExp; readonly because: string; readonly ends?: RegExp };

export const notRun: readonly NotRun[] = [
  { command: /^kubectl .*\blogs\b/, because: 'there is no kubelet to ask for logs: the Pods are processes, and what they log is read in test/real', ends: /this-machine|connection refused|previous terminated container/ },
  { command: /^docker (?:build|push)\b/, because: 'there is no registry here; test/image builds the image and runs it' },
  { command: /^aws (?:iam|eks)\b|^for set in [\s\S]*aws iam/, because: 'the simulated account has no IAM and no EKS; that the policies suffice and no more is tested in test/privilege' },
  { command: /^aws service-quotas\b/, because: 'the simulated account has no Service Quotas' },
  { command: /--update$/, because: 'it writes pages and transcripts; test/docs/generated.test.ts compares them' },
  { command: /^(?:npm ci\b|npm run (?:verify|demo|bench|types|lint|generate|build)\b|npm test\b)/, because: 'this test is part of what it runs; .ci/run does all of it from a clean clone' },
];

/** Programs that a page may take for granted and a machine may lack: how it is seen that they are there. Parts that need one are skipped without it, commands of `aws` not run. */
export const programs = {
  kubectl: 'kubectl version --client',
  jq: 'jq --version',
  // Distribution tenants came with 1.45.
  aws: "aws --version 2>&1 | grep -E 'aws-cli/(1[.](4[5-9]|[5-9][0-9])|[2-9])'",
} as const;
export type ProgramName = keyof typeof programs;

/** Why the command is not run; undefined where it is. */
export const reasonNotToRun = (command: string): NotRun | undefined => notRun.find((each) => each.command.test(command));

/** A command with what stands for its placeholders. */
export const filledIn = (command: string): string => Object.entries(placeholders).reduce((text, [placeholder, value]) => text.replaceAll(placeholder, value), command);
