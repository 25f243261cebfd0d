import type { DataPage } from "../../../../shared/contract/commands";

/** Rows are fetched in blocks of this many. */
export const blockSize = 200;

/** Blocks kept in memory: a person looks at one place of a file at a time. */
const keptBlocks = 20;

/** The part of a data file that is in memory. Never changed in place. */
export class RowBlocks {
  readonly #blocks: ReadonlyMap<number, readonly string[][]>;
  readonly columns: DataPage["columns"];
  readonly total: number;

  constructor(
    columns: DataPage["columns"] = [],
    total = 0,
    blocks: ReadonlyMap<number, readonly string[][]> = new Map(),
  ) {
    this.#blocks = blocks;
    this.columns = columns;
    this.total = total;
  }

  at(position: number): readonly string[] | undefined {
    return this.#blocks.get(Math.floor(position / blockSize))?.[position % blockSize];
  }

  /** The blocks that are missing to show positions `from` to `to`, both included. */
  missing(from: number, to: number): number[] {
    const first = Math.floor(Math.max(from, 0) / blockSize);
    const last = Math.floor(Math.max(Math.min(to, this.total - 1), 0) / blockSize);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter(
      (block) => !this.#blocks.has(block),
    );
  }

  with(block: number, page: DataPage): RowBlocks {
    const blocks = new Map(this.#blocks).set(block, page.rows);
    const [oldest] = blocks.keys();
    if (blocks.size > keptBlocks && oldest !== undefined) blocks.delete(oldest);
    return new RowBlocks(page.columns, page.total, blocks);
  }
}
