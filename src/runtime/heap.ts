/** A heap's item: `position` belongs to the heap it lies in, and to nobody else. */
export type Heaped = { position: number };

/** A binary heap whose items can be taken out from the middle. Every change costs O(log n), looking at the first nothing. */
export type Heap<Item extends Heaped> = {
  readonly size: () => number;
  readonly first: () => Item | undefined;
  readonly add: (item: Item) => void;
  /** Takes out an item that lies in this heap. */
  readonly remove: (item: Item) => void;
};

/** An empty heap, first what comes before all others. While an item lies in it, what `isBefore` reads of it must not change. */
export const createHeap = <Item extends Heaped>(isBefore: (left: Item, right: Item) => boolean): Heap<Item> => {
  const items: Item[] = [];

  const put = (item: Item, position: number): void => {
    items[position] = item;
    item.position = position;
  };

  const rise = (item: Item): void => {
    while (item.position > 0) {
      const parentAt = (item.position - 1) >> 1;
      const parent = items[parentAt];
      if (parent === undefined || !isBefore(item, parent)) return;
      put(parent, item.position);
      put(item, parentAt);
    }
  };

  const sink = (item: Item): void => {
    for (;;) {
      const child = firstOf(items[item.position * 2 + 1], items[item.position * 2 + 2]);
      if (child === undefined || !isBefore(child, item)) return;
      const childAt = child.position;
      put(child, item.position);
      put(item, childAt);
    }
  };

  const firstOf = (left: Item | undefined, right: Item | undefined): Item | undefined =>
    left !== undefined && right !== undefined && isBefore(right, left) ? right : left;

  return {
    size: () => items.length,
    first: () => items[0],
    add: (item) => {
      put(item, items.length);
      rise(item);
    },
    remove: (item) => {
      const last = items.pop();
      if (last === undefined || last === item) return;
      put(last, item.position);
      rise(last);
      sink(last);
    },
  };
};
