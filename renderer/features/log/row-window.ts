import type { EntryRow } from "../../../shared/model/entry";

/** Rows are fetched in blocks of this many. */
export const blockSize = 100;

/** Blocks kept at most, so that a long scroll does not fill the memory. */
const blocksKept = 40;

/**
 * The part of a long list that is in memory. Position 0 is the oldest row that fits the filter, so that positions
 * stay as they are while new rows come in at the end.
 */
export class RowWindow {
  readonly #byPosition = new Map<number, EntryRow>();
  readonly #positionOf = new Map<string, number>();
  /** Least recently wanted first. */
  readonly #blocks = new Set<number>();
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

  /**
   * Which blocks are missing to show positions `from` to `to` (both included).
   * @returns for each what to ask for: `offset` counts from the newest row, as the log does
   */
  missing(from: number, to: number): { block: number; offset: number; limit: number }[] {
    const wanted: { block: number; offset: number; limit: number }[] = [];
    const last = Math.min(to, this.#total - 1);
    for (let block = Math.floor(Math.max(from, 0) / blockSize); block * blockSize <= last; block++) {
      if (this.#blocks.delete(block)) {
        this.#blocks.add(block);
        if (this.#isWhole(block)) continue;
      }
      const end = Math.min((block + 1) * blockSize, this.#total);
      wanted.push({ block, offset: this.#total - end, limit: end - block * blockSize });
    }
    return wanted;
  }

  /**
   * Takes a page in falling `seq` as the log answered it.
   *
   * @param total the log's count at that moment
   * @param mayShrink whether rows can have left the list, as they do when a filter no longer wants them; where
   *   they cannot, the list grows up to the page's newest row: what is newer comes by a push, which counts it then
   */
  take(rows: readonly EntryRow[], offset: number, total: number, mayShrink = false): void {
    this.#isPlaced = true;
    const newest = total - 1 - offset;
    if (mayShrink && rows.some((row, index) => this.#standsElsewhere(row.id, newest - index))) this.clear();
    this.#total = mayShrink ? total : Math.max(this.#total, newest + 1);
    for (const [index, row] of rows.entries()) this.#put(newest - index, row);
    this.#forget();
  }

  /**
   * Takes rows that are new or changed while no filter narrows the list. What comes before the first page is in it.
   * @returns how many of them were new
   */
  upsert(rows: readonly EntryRow[]): number {
    if (!this.#isPlaced) return 0;
    let added = 0;
    for (const row of [...rows].sort((a, b) => a.seq - b.seq)) {
      const position = this.#positionOf.get(row.id);
      if (position !== undefined) this.#replace(position, row);
      else if (row.seq > this.#highestSeq) {
        this.#put(this.#total++, row);
        added++;
      }
    }
    this.#forget();
    return added;
  }

  /** Takes changes of rows that are in memory; others are left out, as a filter may not want them. */
  replaceKnown(rows: readonly EntryRow[]): void {
    for (const row of rows) {
      const position = this.#positionOf.get(row.id);
      if (position !== undefined) this.#replace(position, row);
    }
  }

  clear(): void {
    this.#byPosition.clear();
    this.#positionOf.clear();
    this.#blocks.clear();
    this.#total = 0;
    this.#highestSeq = 0;
  }

  /** Where rows have left the list, those after them have moved. */
  #standsElsewhere(id: string, position: number): boolean {
    const known = this.#positionOf.get(id);
    return known !== undefined && known !== position;
  }

  #isWhole(block: number): boolean {
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
      for (let position = block * blockSize; position < (block + 1) * blockSize; position++) {
        const row = this.#byPosition.get(position);
        if (row) this.#positionOf.delete(row.id);
        this.#byPosition.delete(position);
      }
    }
  }
}
