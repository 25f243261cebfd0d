import { describe, expect, it } from "vitest";
import { BodyDocument } from "./body-document";
import { JsonIndex } from "./json-index";
import { JsonTree } from "./json-tree";
import { printJson } from "./print-json";
import { readJson } from "./read-json";
import { createBodyServer } from "./serve-body";
import { TextRows } from "./text-rows";

const indexOf = (text: string, cut = false): JsonIndex => {
  const read = readJson(text, cut);
  if (!(read instanceof JsonIndex)) throw new Error(JSON.stringify(read));
  return read;
};
const documentOf = (text: string | Uint8Array, truncated = false): BodyDocument =>
  new BodyDocument(typeof text === "string" ? new TextEncoder().encode(text) : text, truncated);
const always = async (): Promise<boolean> => true;

describe("a JSON body", () => {
  const text = '{"a": [1.0, 12345678901234567890, "x\\u00e4"], "a": null, "b/~": {"c": true}, "e": {}}';

  it("keeps every value as it was written, and prints it so", () => {
    const tree = new JsonTree(indexOf(text));
    expect(tree.page(0, 99).map(({ name, value, depth }) => [depth, name, value])).toEqual([
      [0, "", ""],
      [1, "a", ""],
      [2, "0", "1.0"],
      [2, "1", "12345678901234567890"],
      [2, "2", '"x\\u00e4"'],
      [1, "a", "null"],
      [1, "b/~", ""],
      [2, "c", "true"],
      [1, "e", ""],
    ]);
    expect(printJson(tree.index)).toBe(
      '{\n  "a": [\n    1.0,\n    12345678901234567890,\n    "x\\u00e4"\n  ],\n  "a": null,\n  "b/~": {\n    "c": true\n  },\n  "e": {}\n}',
    );
    expect(printJson(indexOf("[]"))).toBe("[]");
  });

  it("agrees with JSON.parse on what is JSON", () => {
    for (const good of ['""', " 1e-5 ", "[[],{}]", '"\\ud800"', "-0", "null"])
      expect(() => indexOf(good)).not.toThrow();
    for (const bad of [
      "",
      "{",
      "[1,]",
      "{,}",
      '{"a"}',
      "01",
      '"\n"',
      "[1 2]",
      "tru",
      '"\\x"',
      "1 1",
      "[-]",
    ]) {
      expect(() => indexOf(bad), bad).toThrow();
      expect(() => JSON.parse(bad), bad).toThrow();
    }
    expect(readJson('{"a": 1,\n  b: 2}')).toEqual({ line: 2, column: 3, why: "a key in quotes is missing" });
  });

  it("opens, closes, points and copies", () => {
    const tree = new JsonTree(indexOf(text));
    tree.set(1, false);
    expect(tree.page(0, 99).map(({ name }) => name)).toEqual(["", "a", "a", "b/~", "c", "e"]);
    tree.setAll(false);
    expect(tree.page(0, 99)).toHaveLength(5);
    expect(tree.unfoldTo(4)).toBe(4);
    expect([tree.pointer(0), tree.pointer(4), tree.pointer(7)]).toEqual(["", "/a/2", "/b~1~0/c"]);
    expect([tree.value(4), tree.value(6)]).toEqual(["xä", '{"c": true}']);
  });

  it("finds keys and values, as they are meant, in any case", async () => {
    const tree = new JsonTree(indexOf('{"Alpha":"x","b":["ALPHA","\\u00c4","10"],"c":1.10}'));
    expect(await tree.find("alpha", always)).toEqual([1, 3]);
    expect(await tree.find("ä", always)).toEqual([4]);
    expect(await tree.find("10", always)).toEqual([5, 6]);
    expect(await tree.find("nothing", always)).toEqual([]);
  });

  it("is as large and as deep as it likes", () => {
    const deep = "[".repeat(300_000) + "]".repeat(300_000);
    const tree = new JsonTree(indexOf(deep));
    tree.setAll(true);
    expect(tree.rows).toHaveLength(300_000);
    expect(tree.pointer(3)).toBe("/0/0/0");
    const wide = new JsonTree(indexOf(`[${"0,".repeat(400_000)}0]`));
    expect(wide.rows).toHaveLength(400_002);
    expect(wide.page(400_000, 400_005).map(({ name }) => name)).toEqual(["399999", "400000"]);
  });
});

describe("what a body turns out to be", () => {
  it("is a tree even where it was cut, as far as it goes", () => {
    const { facts, tree } = documentOf('{"a":[1,2,{"b":"unfini', true);
    expect(facts).toMatchObject({ forms: ["tree", "pretty", "raw"] });
    expect(facts.note).toContain("It was cut");
    expect(tree?.page(0, 9).map(({ name, value }) => [name, value])).toEqual([
      ...[
        ["", ""],
        ["a", ""],
        ["0", "1"],
        ["1", "2"],
        ["2", ""],
      ],
    ]);
    expect(documentOf(new Uint8Array([0x5b, 0x31, 0x2c, 0x22, 0xc3]), true).tree?.rows).toHaveLength(2);
  });

  it("is text, markup that is never drawn, broken JSON, or bytes", () => {
    expect(documentOf("hello").facts).toEqual({ forms: ["raw"], note: null });
    expect(documentOf("<!doctype html><script>alert(1)</script>").facts.note).toContain("never drawn");
    expect(documentOf('{"a": }').facts.note).toBe(
      "It begins like JSON but is none: line 1, column 7, no value stands here.",
    );
    const binary = documentOf(new Uint8Array([0, 1, 0xff, 65]));
    expect(binary.facts.forms).toEqual(["hex"]);
    expect(binary.page("hex", 80, 0, 9).rows).toEqual([
      { line: null, text: `00000000  00 01 ff 41${" ".repeat(38)}...A` },
    ]);
  });
});

describe("rows of text", () => {
  it("go on in the next row, with the line's number at its beginning only", () => {
    const rows = new TextRows("abcdefg\r\n\n\u{1f600}\u{1f600}x\0", 5);
    expect(rows.page(0, 99)).toEqual([
      { line: 1, text: "abcde" },
      { line: null, text: "fg" },
      { line: 2, text: "" },
      { line: 3, text: "\u{1f600}\u{1f600}x" },
      { line: null, text: "\u2400" },
    ]);
  });

  it("find a text literally, in any case, and know its row", () => {
    const rows = new TextRows(`${"x".repeat(95)}\nA.b (a.B)`, 10);
    const found = rows.find("a.b");
    expect(found).toEqual([96, 101]);
    expect(found.map((offset) => rows.rowAt(offset))).toEqual([10, 10]);
    expect(new TextRows("", 10).count).toBe(1);
  });
});

describe("the worker's side", () => {
  it("answers a search only where no newer one has come", async () => {
    const server = createBodyServer();
    await server.open({ source: { text: '{"a":"x","b":"xy"}' }, truncated: false });
    const place = { form: "tree", columns: 80 } as const;
    const first = server.find({ ...place, query: "x" });
    const second = server.find({ ...place, query: "xy" });
    expect(await first).toBeNull();
    expect(await second).toEqual({ count: 1 });
    expect(await server.goTo({ ...place, match: 0 })).toEqual({ row: 2, node: 2 });
    expect(await server.parent({ node: 2 })).toEqual({ row: 0 });
    expect(await server.parent({ node: 0 })).toBeNull();
    await expect(createBodyServer().whole({ form: "raw" })).rejects.toThrow("No body has been opened.");
  });
});
