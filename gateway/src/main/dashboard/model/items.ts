/** The states of a run's items: a snapshot of four bits an item, changed by deltas, counted by bins. */
export const STATES = ['waiting', 'in flight', 'done', 'done with rejected lines', 'failed'] as const;
export const WAITING = 0, IN_FLIGHT = 1, DONE = 2, REJECTED = 3, FAILED = 4;
export const LARGEST_MAP = 10_000;

export class Items {
  readonly states: Uint8Array;
  /** items in one cell of the map: 1, or as many as leave 10,000 cells at most */
  readonly perCell: number;
  readonly cells: number;
  readonly totals = new Uint32Array(STATES.length);
  /** cells that changed since the map was last drawn */
  readonly changed = new Set<number>();
  private readonly counts: Uint32Array;

  constructor(readonly size: number, packed: Uint8Array, public version: number) {
    if (packed.length !== (size + 1) >> 1) throw new RangeError(`${packed.length} bytes cannot hold ${size} items`);
    this.perCell = Math.max(1, Math.ceil(size / LARGEST_MAP));
    this.cells = Math.ceil(size / this.perCell);
    this.states = new Uint8Array(size);
    this.counts = new Uint32Array(this.cells * STATES.length);
    for (let item = 0; item < size; item++) {
      const state = (packed[item >> 1]! >> ((item & 1) * 4)) & 15;
      this.states[item] = state;
      this.totals[state]!++;
      this.counts[Math.floor(item / this.perCell) * STATES.length + state]!++;
    }
  }

  /** How many items of a cell are in a state. */
  count(cell: number, state: number): number {
    return this.counts[cell * STATES.length + state]!;
  }

  /**
   * Changes `from` one version `to` another; false where the delta is of another time and a snapshot is needed.
   * One varint a change: the distance to the last item, shifted by three, and the new state.
   */
  apply(from: number, to: number, delta: Uint8Array): boolean {
    if (to <= this.version) return true;
    if (from > this.version) return false;
    let item = -1;
    for (let at = 0; at < delta.length;) {
      let value = 0, shift = 0, byte: number;
      do {
        byte = delta[at++]!;
        value += (byte & 127) * 2 ** shift;
        shift += 7;
      } while (byte > 127);
      item += Math.floor(value / 8) + 1;
      this.set(item, value & 7);
    }
    this.version = to;
    return true;
  }

  private set(item: number, state: number): void {
    const before = this.states[item]!;
    if (before === state) return;
    const cell = Math.floor(item / this.perCell);
    this.states[item] = state;
    this.totals[before]!--;
    this.totals[state]!++;
    this.counts[cell * STATES.length + before]!--;
    this.counts[cell * STATES.length + state]!++;
    this.changed.add(cell);
  }
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), char => char.charCodeAt(0));
}
