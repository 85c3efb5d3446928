import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/closing-line.ts';
import { SlowFirst } from './test/slow-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
    // The first file that needs a control plane builds it, on a new machine.
    hookTimeout: 900_000,
    // A golden file that is missing fails, as in CI; `--update` writes it.
    update: 'none',
    pool: 'forks',
    // Most files wait for a control plane or a clock rather than compute.
    maxWorkers: 6,
    sequence: { sequencer: SlowFirst },
  },
});
