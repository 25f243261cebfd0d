import type { EntryRow } from "../../../shared/model/entry";

/** Rows are fetched in blocks of this many. */
export const blockSize = 100;

/** Blocks kept at most, so that a long scroll does not fill the memory. */
const blocksKept = 40;

/** A part of the list that is not in memory: what to ask the log for. */
export interface MissingBlock {
  block: number;
  /** Of the block's oldest row. */
  position: number;
  limit: number;
}

/**
 * The part of a long list that is in memory. Position 0 is the oldest row that fits the filter, so that positions
 * stay as they are while new rows come in at the end.
 */
export class RowWindow {
  readonly #byPosition = new Map<number, EntryRow>();
  readonly #positionOf = new Map<string, number>();
  /** Least recently wanted first. */
  readonly #blocks = new Set<number>();
  /** Blocks whose rows may have changed since. They stay in view until newer ones come. */
  readonly #stale = new Set<number>();
  #total = 0;
  #highestSeq = 0;
  /** Whether a page has come; until then nobody knows where a row stands. */
  #isPlaced = false;

  /** How many rows fit the filter. */
  get total(): number {
    return this.#total;
  }

  /** The row at a position, or undefined while it is not in memory. */
  at(position: number): EntryRow | undefined {
    return this.#byPosition.get(position);
  }

  /** Where a row stands, or undefined where it is not in memory. */
  positionOf(id: string): number | undefined {
    return this.#positionOf.get(id);
  }

  /** Which blocks are missing to show positions `from` to `to` (both included). */
  missing(from: number, to: number): MissingBlock[] {
    const wanted: MissingBlock[] = [];
    const last = Math.min(to, this.#total - 1);
    for (let block = Math.floor(Math.max(from, 0) / blockSize); block * blockSize <= last; block++) {
      if (this.#blocks.delete(block)) {
        this.#blocks.add(block);
        if (this.#isWhole(block)) continue;
      }
      wanted.push({ block, position: block * blockSize, limit: blockSize });
    }
    return wanted;
  }

  /**
   * Takes a page as the log answered it.
   *
   * @param rows in falling `seq`
   * @param position of the last of them
   * @param total the log's count at that moment
   * @param mayShrink whether rows can have left the list, as they do when a filter no longer wants them
   */
  take(rows: readonly EntryRow[], position: number, total: number, mayShrink = false): void {
    this.#isPlaced = true;
    const newest = position + rows.length - 1;
    if (mayShrink && rows.some((row, index) => this.#standsElsewhere(row.id, newest - index))) this.clear();
    this.#total = mayShrink ? total : Math.max(this.#total, total);
    for (const [index, row] of rows.entries()) this.#put(newest - index, row);
    for (const block of this.#stale) {
      const end = Math.min((block + 1) * blockSize, this.#total);
      if (block * blockSize >= position && end - 1 <= newest) this.#stale.delete(block);
    }
    this.#forget();
  }

  /**
   * Takes rows that are new or changed while no filter narrows the list. New ones find their places only where they are
   * all that came since; otherwise the list only grows, and what is in view of it is asked for.
   *
   * @param total the log's count at that moment
   */
  grow(rows: readonly EntryRow[], total: number): void {
    if (!this.#isPlaced) return;
    this.replaceKnown(rows);
    const added = rows
      .filter(({ id, seq }) => !this.#positionOf.has(id) && seq > this.#highestSeq)
      .sort((a, b) => a.seq - b.seq);
    if (added.length === total - this.#total) for (const row of added) this.#put(this.#total++, row);
    this.#total = Math.max(this.#total, total);
    this.#forget();
  }

  /** Takes changes of rows that are in memory; others are left out, as a filter may not want them. */
  replaceKnown(rows: readonly EntryRow[]): void {
    for (const row of rows) {
      const position = this.#positionOf.get(row.id);
      if (position !== undefined) this.#replace(position, row);
    }
  }

  /** Rows have changed, and nobody says which: those in memory count as missing, and are shown until others come. */
  doubt(): void {
    for (const block of this.#blocks) this.#stale.add(block);
  }

  clear(): void {
    this.#byPosition.clear();
    this.#positionOf.clear();
    this.#blocks.clear();
    this.#stale.clear();
    this.#total = 0;
    this.#highestSeq = 0;
  }

  /** Where rows have left the list, those after them have moved. */
  #standsElsewhere(id: string, position: number): boolean {
    const known = this.#positionOf.get(id);
    return known !== undefined && known !== position;
  }

  #isWhole(block: number): boolean {
    if (this.#stale.has(block)) return false;
    const end = Math.min((block + 1) * blockSize, this.#total);
    for (let position = block * blockSize; position < end; position++) {
      if (!this.#byPosition.has(position)) return false;
    }
    return true;
  }

  /** A late page must not put an older state of a row over a newer one. */
  #replace(position: number, row: EntryRow): void {
    const known = this.#byPosition.get(position);
    if (!known || known.id !== row.id || known.revision <= row.revision) this.#byPosition.set(position, row);
  }

  #put(position: number, row: EntryRow): void {
    const before = this.#byPosition.get(position);
    if (before && before.id !== row.id) this.#positionOf.delete(before.id);
    this.#replace(position, row);
    this.#positionOf.set(row.id, position);
    this.#blocks.add(Math.floor(position / blockSize));
    this.#highestSeq = Math.max(this.#highestSeq, row.seq);
  }

  #forget(): void {
    for (const block of this.#blocks) {
      if (this.#blocks.size <= blocksKept) return;
      this.#blocks.delete(block);
      this.#stale.delete(block);
      for (let position = block * blockSize; position < (block + 1) * blockSize; position++) {
        const row = this.#byPosition.get(position);
        if (row) this.#positionOf.delete(row.id);
        this.#byPosition.delete(position);
      }
    }
  }
}
