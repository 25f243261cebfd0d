import type { GuestRow } from "../../../shared/model/guest-profile";

/** Rows are fetched in blocks of this many, which one question may ask for. */
export const blockSize = 100;

/** The part of the list of guests that is in memory. Rows move while guests are seen, so a block is replaced whole. */
export class ListWindow {
  readonly #blocks: ReadonlyMap<number, readonly GuestRow[]>;
  /** How many guests fit the search. */
  readonly total: number;

  constructor(blocks: ReadonlyMap<number, readonly GuestRow[]> = new Map(), total = 0) {
    this.#blocks = blocks;
    this.total = total;
  }

  at(position: number): GuestRow | undefined {
    return this.#blocks.get(Math.floor(position / blockSize))?.[position % blockSize];
  }

  /** Where a guest stands, or -1 where it is not in memory. */
  positionOf(ref: string): number {
    for (const [block, rows] of this.#blocks) {
      const at = rows.findIndex((row) => row.ref === ref);
      if (at !== -1) return block * blockSize + at;
    }
    return -1;
  }

  find(ref: string): GuestRow | undefined {
    return this.at(this.positionOf(ref));
  }

  /** The blocks that show positions `from` to `to`, both included. */
  blocksOf(from: number, to: number): number[] {
    const first = Math.floor(Math.max(from, 0) / blockSize);
    const last = Math.floor(Math.max(Math.min(to, this.total - 1), 0) / blockSize);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  has(block: number): boolean {
    return this.#blocks.has(block);
  }

  with(block: number, rows: readonly GuestRow[], total: number): ListWindow {
    return new ListWindow(new Map(this.#blocks).set(block, rows), total);
  }
}
