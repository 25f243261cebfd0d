import { describe, expect, it } from "vitest";
import type { EntryRow } from "../../../shared/model/entry";
import { blockSize, RowWindow } from "./row-window";
import { rowForTests } from "../../../shared/model/entry-for-tests";

const row = rowForTests;

/** What the log answers: rows in falling seq, of a log that holds seq 1 to `total`. */
const page = (total: number, offset: number, limit: number): EntryRow[] =>
  Array.from({ length: Math.min(limit, total - offset) }, (_, index) => row(total - offset - index));

/** Positions 0 to 249 of a log of 250, read from its newest row on. */
const newestHundred = (): RowWindow => {
  const rows = new RowWindow();
  rows.take(page(250, 0, 100), 150, 250);
  return rows;
};

describe("the window over a long list of rows", () => {
  it("puts the oldest row at position 0 and the newest last", () => {
    const rows = newestHundred();
    expect(rows.total).toBe(250);
    expect(rows.at(249)?.seq).toBe(250);
    expect(rows.at(150)?.seq).toBe(151);
    expect(rows.at(149)).toBeUndefined();
  });

  it("asks for just the blocks that are not in memory, by a position that stays while others come", () => {
    const rows = newestHundred();
    expect(rows.missing(190, 249)).toEqual([{ block: 1, position: 100, limit: blockSize }]);
    rows.take(page(400, 200, 100), 100, 400);
    expect(rows.missing(190, 199)).toEqual([]);
    expect(rows.at(100)?.seq).toBe(101);
  });

  it("keeps positions while new rows come in at the end", () => {
    const rows = new RowWindow();
    rows.take(page(3, 0, 100), 0, 3);
    rows.grow([row(5), row(4)], 5);
    expect([0, 1, 2, 3, 4].map((position) => rows.at(position)?.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it("gives new rows no place where they are not all that came, and asks for what is shown", () => {
    const rows = newestHundred();
    // An older entry's newest change may come behind a newer entry's: both are unknown, and more came between them.
    rows.grow([row(252, { revision: 260 }), row(251, { revision: 261 })], 255);
    expect(rows.total).toBe(255);
    expect(rows.at(250)).toBeUndefined();
    expect(rows.missing(250, 254)).toEqual([{ block: 2, position: 200, limit: blockSize }]);
    rows.take(page(255, 0, 55), 200, 255);
    expect(rows.at(254)?.seq).toBe(255);
    expect(rows.missing(200, 254)).toEqual([]);
  });

  it("changes a row in place and never puts an older state over a newer one", () => {
    const rows = new RowWindow();
    rows.take([row(1, { state: "pending", revision: 1 })], 0, 1);
    rows.grow([row(1, { revision: 9, status: 400 })], 1);
    rows.take([row(1, { state: "pending", revision: 1 })], 0, 1);
    expect(rows.at(0)).toMatchObject({ state: "done", status: 400, revision: 9 });
  });

  it("does not take a changed row of the past for a new one", () => {
    const rows = new RowWindow();
    rows.take(page(300, 0, 100), 200, 300);
    rows.grow([row(12, { revision: 400 })], 300);
    expect(rows.total).toBe(300);
  });

  it("keeps a pushed row when a page that was asked for before it comes late", () => {
    const rows = new RowWindow();
    rows.take([row(1)], 0, 1);
    rows.grow([row(2)], 2);
    rows.take([row(1)], 0, 1);
    expect(rows.total).toBe(2);
    expect(rows.at(1)?.seq).toBe(2);
  });

  it("counts a new row once when a page of older ones tells of it before its push comes", () => {
    const rows = new RowWindow();
    rows.take(page(300, 0, 100), 200, 300);
    rows.take(page(302, 202, 100), 0, 302);
    rows.grow([row(301), row(302)], 302);
    expect(rows.total).toBe(302);
    expect(rows.missing(300, 301)).toHaveLength(1);
  });

  it("shows what it has until newer rows come, where nobody says what has changed", () => {
    const rows = newestHundred();
    expect(rows.missing(200, 249)).toEqual([]);
    rows.doubt();
    expect(rows.at(249)?.seq).toBe(250);
    expect(rows.missing(200, 249)).toHaveLength(1);
    rows.take([row(250, { revision: 900, status: 500 }), ...page(249, 0, 49)], 200, 250);
    expect(rows.at(249)?.status).toBe(500);
    expect(rows.missing(200, 249)).toEqual([]);
    expect(rows.missing(150, 199)).toHaveLength(1);
  });

  it("gives rows no place before the first page has said where they stand", () => {
    const rows = new RowWindow();
    rows.grow([row(250)], 250);
    rows.take(page(250, 0, 100), 150, 250);
    expect(rows.at(0)).toBeUndefined();
    expect(rows.positionOf("id-250")).toBe(249);
  });

  it("shrinks when a filter no longer wants a row", () => {
    const rows = new RowWindow();
    rows.take([row(2), row(1)], 0, 2);
    rows.take([row(2)], 0, 1, true);
    expect(rows.total).toBe(1);
    expect(rows.at(0)?.seq).toBe(2);
  });

  it("starts again when rows have moved because others left the list", () => {
    const rows = new RowWindow();
    rows.take([row(5), row(3), row(1)], 0, 3);
    rows.take([row(5), row(1)], 0, 2, true);
    expect([0, 1, 2].map((position) => rows.at(position)?.seq)).toEqual([1, 5, undefined]);
    expect(rows.positionOf("id-3")).toBeUndefined();
  });

  it("leaves out changes of rows that the filter did not bring in", () => {
    const rows = new RowWindow();
    rows.take([row(7)], 0, 1);
    rows.replaceKnown([row(8), row(7, { revision: 20, ingestion: "failed" })]);
    expect(rows.total).toBe(1);
    expect(rows.at(0)?.ingestion).toBe("failed");
  });

  it("forgets what was wanted longest ago, so that memory stays bounded", () => {
    const rows = new RowWindow();
    const total = 100 * blockSize;
    for (let block = 99; block >= 0; block--) {
      rows.take(page(total, total - (block + 1) * blockSize, blockSize), block * blockSize, total);
    }
    expect(rows.at(total - 1)).toBeUndefined();
    expect(rows.at(0)?.seq).toBe(1);
    expect(rows.missing(total - 1, total - 1)).toHaveLength(1);
  });
});
