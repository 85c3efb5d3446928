import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Condition, ObjectMeta } from '../../crds/types.ts';
import { toolPath } from '../environment/tools/tools.ts';

export type Kind = 'EdgeTier' | 'TenantDomain';

/** What an object is judged by. */
export type Judged = {
  readonly kind: Kind;
  readonly metadata: Pick<ObjectMeta, 'name' | 'generation' | 'deletionTimestamp' | 'finalizers'>;
  readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly Condition[] };
};

/** One word for how an object stands, and why. */
export type Verdict = { readonly status: string; readonly message: string };

/** How Argo CD and kstatus (Flux, `helm --wait`) see one object. */
export type Judgement = { readonly argo: Verdict; readonly kstatus: Verdict };

/** Where a kind's health script lies, and its tests. */
export const customizationOf = (kind: Kind): string =>
  fileURLToPath(new URL(`../../helm/argocd/resource_customizations/tenantedge.dev/${kind}/`, import.meta.url));

/** A health script to run as Argo CD does, and the object to run it on. */
export type Question = { readonly script: string; readonly object: unknown };

/** The path of status-judge. The first call on a machine builds it, which takes longer than a test may: call it in a hook. */
export const judgePath = (): Promise<string> => toolPath('status-judge', (line) => void process.stderr.write(`${line}\n`));

/** What each script makes of its object, and what kstatus makes of it, in order. */
export const ask = async (questions: readonly Question[]): Promise<readonly Judgement[]> => {
  const child = spawn(await judgePath(), { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  child.stdin.end(questions.map((question) => JSON.stringify(question)).join('\n'));
  const [answers, complaint, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`judge ${questions.length} objects: status-judge ended with ${String(code)}: ${complaint.trim()}`);
  return answers.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Judgement);
};

/** The verdicts on each object, by our health script for its kind. */
export const judge = (objects: readonly Judged[]): Promise<readonly Judgement[]> =>
  ask(objects.map((object) => ({ script: join(customizationOf(object.kind), 'health.lua'), object })));
