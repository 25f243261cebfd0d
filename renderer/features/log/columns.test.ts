import { describe, expect, it } from "vitest";
import { defaultColumns, moved, readColumns, sized, tracksOf, withShown, type Column } from "./columns";

const ids = (columns: readonly Column[]): string[] =>
  columns.filter(({ shown }) => shown).map(({ id }) => id);

describe("the columns of the log", () => {
  it("are read as they were left, with what is new behind them, hidden", () => {
    const left = [
      { id: "type", shown: true, width: 200 },
      { id: "time", shown: true, width: 92 },
    ];
    const read = readColumns(left);
    expect(ids(read)).toEqual(["type", "time"]);
    expect(read).toHaveLength(defaultColumns.length);
    expect(read[0]?.width).toBe(200);
  });

  it.each([
    [undefined],
    [null],
    ["columns"],
    [[]],
    [[{ id: "constructor", shown: true, width: 10 }]],
    [[{ id: "time", shown: false, width: 90 }]],
  ])("are the usual ones where %j was remembered", (value) => {
    expect(readColumns(value)).toEqual(defaultColumns);
  });

  it("hold each once, in a width that makes sense", () => {
    const time = (width: number) => ({ id: "time", shown: true, width });
    const read = readColumns([time(1e9), time(50)]);
    expect(read.filter(({ id }) => id === "time")).toEqual([{ id: "time", shown: true, width: 800 }]);
  });

  it("are hidden but for the last", () => {
    const one = defaultColumns.reduce<Column[]>(
      (columns, { id }) => withShown(columns, id, false),
      [...defaultColumns],
    );
    expect(ids(one)).toHaveLength(1);
  });

  it("are moved within the ends", () => {
    expect(ids(moved(defaultColumns, "type", -2)).slice(0, 3)).toEqual(["time", "type", "direction"]);
    expect(moved(defaultColumns, "time", -1)).toEqual(defaultColumns);
    expect(moved(defaultColumns, "time", 99).at(-1)?.id).toBe("time");
  });

  it("fill the row", () => {
    const few = readColumns([{ id: "time", shown: true, width: 92 }]);
    expect(tracksOf(few)).toBe("92px 1fr");
    expect(tracksOf(sized(withShown(few, "summary", true), "time", 100))).toBe("100px minmax(80px, 1fr)");
  });
});
