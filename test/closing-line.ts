import type { Reporter, TestCase, TestModule } from 'vitest/node';

const statesOf = (modules: readonly TestModule[]): readonly string[] =>
  modules.flatMap((module) => [...module.children.allTests()].map((test: TestCase) => test.result().state));

/** Ends a run with one plain line that people and machines read alike. A file that could not be loaded counts as a failure. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = statesOf(modules);
    const count = (state: string): number => states.filter((each) => each === state).length;
    const broken = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`;
    // After all reporters of this run have had their say.
    process.on('exit', () => {
      process.stdout.write(`${count('passed')} passed, ${count('failed') + broken + errors.length} failed${skipped}\n`);
    });
  }
}
