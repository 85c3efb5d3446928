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

type IsBefore<Item> = (left: Item, right: Item) => boolean;

/** An empty heap, first what comes before all others. While an item lies in it, what `isBefore` reads of it must not change. */
export const createHeap = <Item extends Heaped>(isBefore: IsBefore<Item>): Heap<Item> => {
  const items: Item[] = [];
  return {
    size: () => items.length,
    first: () => items[0],
    add: (item) => {
      put(items, item, items.length);
      rise(items, item, isBefore);
    },
    remove: (item) => {
      const last = items.pop();
      if (last === undefined || last === item) return;
      put(items, last, item.position);
      rise(items, last, isBefore);
      sink(items, last, isBefore);
    },
  };
};

const put = <Item extends Heaped>(items: Item[], item: Item, position: number): void => {
  items[position] = item;
  item.position = position;
};

const rise = <Item extends Heaped>(items: Item[], item: Item, isBefore: IsBefore<Item>): void => {
  while (item.position > 0) {
    const parentAt = (item.position - 1) >> 1;
    const parent = items[parentAt];
    if (parent === undefined || !isBefore(item, parent)) return;
    put(items, parent, item.position);
    put(items, item, parentAt);
  }
};

const sink = <Item extends Heaped>(items: Item[], item: Item, isBefore: IsBefore<Item>): void => {
  for (;;) {
    const [left, right] = [items[item.position * 2 + 1], items[item.position * 2 + 2]];
    const child = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
    if (child === undefined || !isBefore(child, item)) return;
    const childAt = child.position;
    put(items, child, item.position);
    put(items, item, childAt);
  }
};
