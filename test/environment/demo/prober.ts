import { tagKeys } from '../../../reconcilers/aws/mark.ts';
import type { Simulator } from '../aws/contract.ts';

/** What a prober found: how often it asked, at how many changes in AWS, and each moment that was not as it should be, in words. */
export type Findings = { readonly questions: number; readonly changes: number; readonly unserved: readonly string[]; readonly unprotected: readonly string[] };

/**
 * Asks CloudFront's edges as visitors do, right after each change in AWS and whenever it is told to: whether every name that was once
 * served still is, and whether every name that once had a web ACL of its tier's has one with rules.
 */
export class Prober {
  readonly #simulator: Simulator;
  readonly #served = new Set<string>();
  readonly #protected = new Set<string>();
  readonly #unserved: string[] = [];
  readonly #unprotected: string[] = [];
  #questions = 0;
  #changes = 0;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** Asks from now on at each change. Returns the way to stop. */
  start(): () => void {
    return this.#simulator.onMutation(({ operation }) => {
      this.#changes++;
      this.look(`after ${operation}`);
    });
  }

  look(when: string): void {
    const { inspect } = this.#simulator;
    const guards = new Set(inspect.webAcls().filter(({ tags, rules }) => rules.length > 0 && tags[tagKeys.owner]?.startsWith('/') === true).map(({ arn }) => arn));
    const names = new Set([...this.#served, ...inspect.tenants().flatMap(({ domains }) => domains.map(({ domain }) => domain))]);
    for (const name of names) this.#ask(name, guards, when);
  }

  get findings(): Findings {
    return { questions: this.#questions, changes: this.#changes, unserved: this.#unserved, unprotected: this.#unprotected };
  }

  #ask(name: string, guards: ReadonlySet<string>, when: string): void {
    this.#questions++;
    const answer = this.#simulator.serves(name);
    const isProtected = answer.served && answer.webAclArn !== undefined && guards.has(answer.webAclArn);
    if (answer.served) this.#served.add(name);
    else if (this.#served.has(name)) this.#unserved.push(`${name} ${when}: ${answer.why}`);
    if (isProtected) this.#protected.add(name);
    else if (answer.served && this.#protected.has(name)) this.#unprotected.push(`${name} ${when}: ${answer.webAclArn ?? 'no web ACL'}`);
  }
}
