import { describe, expect, it } from "vitest";
import type { EntryRow } from "../../../shared/model/entry";
import { blockSize, RowWindow } from "./row-window";
import { rowForTests } from "../../../shared/model/entry-for-tests";

const row = rowForTests;

/** What the log answers: rows in falling seq, of a log that holds seq 1 to `total`. */
const page = (total: number, offset: number, limit: number): EntryRow[] =>
  Array.from({ length: Math.min(limit, total - offset) }, (_, index) => row(total - offset - index));

describe("the window over a long list of rows", () => {
  it("puts the oldest row at position 0 and the newest last", () => {
    const rows = new RowWindow();
    rows.take(page(250, 0, 100), 0, 250);
    expect(rows.total).toBe(250);
    expect(rows.at(249)?.seq).toBe(250);
    expect(rows.at(150)?.seq).toBe(151);
    expect(rows.at(149)).toBeUndefined();
  });

  it("asks for just the blocks that are not in memory, counted from the newest row", () => {
    const rows = new RowWindow();
    rows.take(page(250, 0, 50), 0, 250);
    expect(rows.missing(190, 249)).toEqual([{ block: 1, offset: 50, limit: blockSize }]);
    rows.take(page(250, 50, 100), 50, 250);
    expect(rows.missing(190, 249)).toEqual([]);
  });

  it("keeps positions while new rows come in at the end", () => {
    const rows = new RowWindow();
    rows.take(page(3, 0, 100), 0, 3);
    expect(rows.upsert([row(5), row(4)])).toBe(2);
    expect([0, 1, 2, 3, 4].map((position) => rows.at(position)?.seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it("changes a row in place and never puts an older state over a newer one", () => {
    const rows = new RowWindow();
    rows.take([row(1, { state: "pending", revision: 1 })], 0, 1);
    expect(rows.upsert([row(1, { revision: 9, status: 400 })])).toBe(0);
    rows.take([row(1, { state: "pending", revision: 1 })], 0, 1);
    expect(rows.at(0)).toMatchObject({ state: "done", status: 400, revision: 9 });
  });

  it("does not take a changed row of the past for a new one", () => {
    const rows = new RowWindow();
    rows.take(page(300, 0, 100), 0, 300);
    expect(rows.upsert([row(12, { revision: 400 })])).toBe(0);
    expect(rows.total).toBe(300);
  });

  it("keeps a pushed row when a page that was asked for before it comes late", () => {
    const rows = new RowWindow();
    rows.take([row(1)], 0, 1);
    rows.upsert([row(2)]);
    rows.take([row(1)], 0, 1);
    expect(rows.total).toBe(2);
    expect(rows.at(1)?.seq).toBe(2);
  });

  it("counts a new row once when a page of older ones tells of it before its push comes", () => {
    const rows = new RowWindow();
    rows.take(page(300, 0, 100), 0, 300);
    rows.take(page(302, 200, 100), 200, 302);
    expect(rows.upsert([row(301), row(302)])).toBe(2);
    expect(rows.total).toBe(302);
    expect([300, 301, 302].map((position) => rows.at(position)?.seq)).toEqual([301, 302, undefined]);
  });

  it("gives rows no place before the first page has said where they stand", () => {
    const rows = new RowWindow();
    expect(rows.upsert([row(250)])).toBe(0);
    rows.take(page(250, 0, 100), 0, 250);
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
      const offset = total - (block + 1) * blockSize;
      rows.take(page(total, offset, blockSize), offset, total);
    }
    expect(rows.at(total - 1)).toBeUndefined();
    expect(rows.at(0)?.seq).toBe(1);
    expect(rows.missing(total - 1, total - 1)).toHaveLength(1);
  });
});
