/** What is to happen, in the order of time; at one time, in the order in which it was planned. A binary heap. */
export interface Queue {
  add(at: number, run: (at: number) => void): void;
  /** Runs all that is planned before `until`, and what that plans in turn. */
  runUntil(until: number): void;
}

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly run: (at: number) => void;
}

export function createQueue(): Queue {
  const heap: Planned[] = [];
  let order = 0;

  const isBefore = (one: Planned, other: Planned) =>
    one.at < other.at || (one.at === other.at && one.order < other.order);

  function swapIfBefore(child: number, parent: number): boolean {
    const [below, above] = [heap[child], heap[parent]];
    if (below === undefined || above === undefined || !isBefore(below, above)) return false;
    [heap[child], heap[parent]] = [above, below];
    return true;
  }

  function takeFirst(): void {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let parent = 0, moved = true; moved;) {
      const [left, right] = [heap[2 * parent + 1], heap[2 * parent + 2]];
      const child =
        left !== undefined && right !== undefined && isBefore(right, left) ? 2 * parent + 2 : 2 * parent + 1;
      moved = swapIfBefore(child, parent);
      parent = child;
    }
  }

  return {
    add(at, run) {
      heap.push({ at, order: order++, run });
      for (let child = heap.length - 1; child > 0 && swapIfBefore(child, (child - 1) >> 1);) child = (child - 1) >> 1;
    },
    runUntil(until) {
      for (let next = heap[0]; next !== undefined && next.at < until; next = heap[0]) {
        takeFirst();
        next.run(next.at);
      }
    },
  };
}
