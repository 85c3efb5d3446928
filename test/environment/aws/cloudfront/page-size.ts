import { invalidArgument } from '../errors.ts';

// Neither default nor maximum is documented for tenants and groups; 100 is what distributions have.
const maxPage = 100;

/** How many items a page holds; more than the maximum is not an error. */
export const pageSize = (maxItems: number | string | undefined): number => {
  const size = maxItems === undefined ? maxPage : Number(maxItems);
  if (!Number.isInteger(size) || size < 1) throw invalidArgument('The maximum number of items is not valid.');
  return Math.min(size, maxPage);
};
