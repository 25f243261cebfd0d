import fc from "fast-check";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataError, parseData, readData } from "./read-data";

const errorOf = (text: string, file: string): string => {
  try {
    parseData(text, file);
  } catch (error) {
    if (error instanceof DataError) return `${error.line}:${error.column} ${error.message}`;
    throw error;
  }
  throw new Error("It was read.");
};

describe("a CSV", () => {
  it("is read by RFC 4180: quotes, quotes in quotes, delimiters and line ends in values, CRLF, a BOM", () => {
    const text = '\uFEFFname,words\r\n"Ada, Countess","She said ""hi""\r\nand left"\r\nBob,\r\n\r\n';
    expect(parseData(text, "a.csv")).toMatchObject({
      file: "a.csv",
      columns: ["name", "words"],
      rows: [
        { name: "Ada, Countess", words: 'She said "hi"\r\nand left' },
        { name: "Bob", words: "" },
      ],
    });
  });

  it("has texts, but for the columns whose header says otherwise; an empty typed value is null", () => {
    const text = "zip,price:number,qty:integer,vip:boolean,note:string\n01234,19.90,3,true,5\n5,-1e3,,no,\n";
    const { types, rows } = parseData(text, "a.csv");
    expect(types.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...["zip string", "price number", "qty integer", "vip boolean", "note string"],
    ]);
    expect(rows).toEqual([
      { zip: "01234", price: 19.9, qty: 3, vip: true, note: "5" },
      { zip: "5", price: -1000, qty: null, vip: false, note: "" },
    ]);
  });

  it("may have another delimiter; a .tsv has tabs", () => {
    expect(parseData("a;b\n1;2\n", "a.csv", { delimiter: ";" }).rows).toEqual([{ a: "1", b: "2" }]);
    expect(parseData("a\tb\n1\t2\n", "a.tsv").rows).toEqual([{ a: "1", b: "2" }]);
  });

  it("keeps columns named __proto__ and constructor to themselves", () => {
    const { rows } = parseData("__proto__,constructor\n1,2\n", "a.csv");
    expect(Object.keys(rows[0] ?? {})).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["1"]).toBeUndefined();
  });

  it("gives back whatever texts were written", () => {
    const cell = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(","));
        const read = parseData(["a,b", ...quoted].join("\n"), "a.csv").rows;
        expect(read.map(({ a, b }) => [a, b])).toEqual(rows);
      }),
    );
  });

  it.each([
    ["", "1:1 is empty"],
    ["a,a\n", "1:1 has two columns called a"],
    ["a,\n", "1:1 has no name for column 2"],
    ["a:float\n", "1:1 has a column of the unknown type float: a:float"],
    ["a:number\n1\n1,5\n", "3:1 has 2 values in this line, and 1 columns"],
    ['a:number\n"1,5"\n', '2:1 has "1,5" in a, which must be a number, with a point before its decimals'],
    ["a:integer\n1\n1.5\n", '3:1 has "1.5" in a, which must be a whole number'],
    ["a:boolean\nmaybe\n", '2:1 has "maybe" in a, which must be true or false'],
    ['a\n"open\n', "is no CSV"],
    ['a\nx"y"z\n', "is no CSV"],
  ])("%j is refused with its line", (text, message) => {
    expect(errorOf(text, "a.csv")).toContain(message);
  });
});

describe("JSON and NDJSON", () => {
  it("keep the types of their values, and find the columns of all rows", () => {
    const rows = [{ a: 1, b: "x" }, { a: 1.5, c: { d: [true] } }, { a: null }];
    const json = parseData(JSON.stringify(rows), "a.json");
    expect(json.rows).toEqual(rows);
    expect(json.types).toEqual([
      { name: "a", type: "number" },
      { name: "b", type: "string" },
      { name: "c", type: "json" },
    ]);
    const lines = rows.map((row) => `${JSON.stringify(row)}\r\n`).join("\n");
    expect(parseData(lines, "a.ndjson")).toMatchObject({ rows, types: json.types });
  });

  it.each([
    ["{}", "a.json", "1:1 is no list of rows"],
    ['[{"a":1},\n 5]', "a.json", "2:2 has a row 2 that is no map"],
    ['[{"a":1}\n{"a":2}]', "a.json", "2:1 is no JSON"],
    ["", "a.json", "is no JSON"],
    [`[${'{"a":'.repeat(200)}1${"}".repeat(200)}]`, "a.json", "nested deeper"],
    ['{"a":1}\n{"a":}\n', "a.ndjson", "2:6 is no JSON"],
    ['{"a":1}\n[1]\n', "a.jsonl", "2:1 has a line that is no map"],
    ["a", "a.xlsx", "is no data file that Bellhop reads"],
  ])("%.30s in %s is refused with line and column", (text, file, message) => {
    expect(errorOf(text, file)).toContain(message);
  });
});

it("brackets without end are refused", () => {
  expect(errorOf("[".repeat(1_000_000), "a.json")).toBe("1:1 is nested too deeply");
});

describe("a data file", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "bellhop-data-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is read from the disk under its name", async () => {
    await writeFile(join(folder, "guests.csv"), "a\n1\n");
    expect(await readData(join(folder, "guests.csv"))).toMatchObject({
      file: "guests.csv",
      rows: [{ a: "1" }],
    });
  });

  it("that is not there, no file, or not UTF-8 is refused", async () => {
    await writeFile(join(folder, "latin.csv"), new Uint8Array([0x61, 0x0a, 0xe9]));
    await expect(readData(join(folder, "none.csv"))).rejects.toThrow("is not there");
    await expect(readData(folder)).rejects.toThrow("is a folder, a pipe or a device");
    await expect(readData(join(folder, "latin.csv"))).rejects.toThrow("is not UTF-8");
  });
});
