import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Those that take minutes, the longest first: begun last, each of them would be waited for alone. Vitest itself goes by size on a new machine. */
const slow = [
  'test/faults/', 'test/real/replicas', 'test/image/', 'test/real/', 'test/privilege/', 'test/docs/run/', 'test/helm/', 'test/gitops/', 'test/alerts/', 'test/crds/',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = slow.findIndex((part) => moduleId.includes(part));
  return rank < 0 ? slow.length : rank;
};

/** Begins with the slow files, and leaves the order to vitest besides. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- of the base, and no array's
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
