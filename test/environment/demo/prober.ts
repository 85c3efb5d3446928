import type { Simulator } from '../aws/contract.ts';
import type { WebAclSnapshot } from '../aws/snapshots.ts';
import { type Objects, OwedRules } from '../owed-rules.ts';

/** What a prober found: how often it asked, at how many changes in AWS, and each moment that was not as it should be, in words. */
export type Findings = { readonly questions: number; readonly changes: number; readonly unserved: readonly string[]; readonly unprotected: readonly string[] };

/** A name that was served otherwise than the objects said when they were last heard of. */
type Doubt = { readonly name: string; readonly when: string; readonly acl: WebAclSnapshot | undefined };

/**
 * Asks CloudFront's edges as visitors do, right after each change in AWS and whenever it is told to: whether every name that was once
 * served still is, and whether every name that is served has its tier's rules. It hears of the objects later than the controller may have
 * acted on them, so that what looks wrong is judged again when it has heard.
 */
export class Prober {
  readonly #simulator: Simulator;
  readonly #owed = new OwedRules();
  readonly #served = new Set<string>();
  readonly #unserved: string[] = [];
  readonly #unprotected: string[] = [];
  #doubts: readonly Doubt[] = [];
  #questions = 0;
  #changes = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** Asks from now on at each change, somebody's or AWS's own. Returns the way to stop. */
  start(): () => void {
    const forgets = [
      this.#simulator.onMutation(({ operation }) => {
        this.#changes++;
        this.#ask(`after ${operation}`);
      }),
      this.#simulator.onEvent(() => this.#ask('when AWS had done something by itself')),
    ];
    return () => {
      for (const forget of forgets) forget();
    };
  }

  /** Asks now, when the objects are these. */
  look(when: string, objects: Objects): void {
    this.#owed.learn(objects);
    this.#ask(when);
    for (const { name, when: then, acl } of this.#doubts) {
      const wrong = this.#owed.complaint(name, acl);
      if (wrong !== undefined) this.#unprotected.push(`${then}: ${wrong}`);
    }
    this.#doubts = [];
  }

  get findings(): Findings {
    return { questions: this.#questions, changes: this.#changes, unserved: this.#unserved, unprotected: this.#unprotected };
  }

  #ask(when: string): void {
    const { inspect } = this.#simulator;
    const acls = new Map(inspect.webAcls().map((acl) => [acl.arn, acl] as const));
    const names = new Set([...this.#served, ...inspect.tenants().flatMap(({ domains }) => domains.map(({ domain }) => domain))]);
    for (const name of names) {
      this.#questions++;
      const answer = this.#simulator.serves(name);
      if (!answer.served) {
        if (this.#served.has(name)) this.#unserved.push(`${name} ${when}: ${answer.why}`);
        continue;
      }
      this.#served.add(name);
      const acl = acls.get(answer.webAclArn ?? '');
      if (this.#owed.complaint(name, acl) !== undefined) this.#doubts = [...this.#doubts, { name, when, acl }];
    }
  }
}
