import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entryForTests } from "./model/entry-for-tests";
import { csvHead, toCsvLine } from "./to-csv";

const read = (line: string): Record<string, string>[] =>
  parse(csvHead + line, { columns: true, record_delimiter: "\r\n" });

describe("an entry as a line of CSV", () => {
  it("has a column for what one sorts by", () => {
    expect(read(toCsvLine(entryForTests()))).toEqual([
      expect.objectContaining({ seq: "1", type: "VIEW", status: "201", event: '{"type":"VIEW"}', error: "" }),
    ]);
  });

  it.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("makes no formula of %j", (type) => {
    expect(read(toCsvLine(entryForTests({ type })))).toMatchObject([{ type: `'${type}` }]);
  });

  it("keeps every other text as it is, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const type = `x${text}`;
        expect(read(toCsvLine(entryForTests({ type })))).toMatchObject([{ type }]);
      }),
    );
  });
});
