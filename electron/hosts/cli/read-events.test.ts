import { describe, expect, it } from "vitest";
import { readEvents } from "./read-events";

describe("reading events of a file", () => {
  it("takes one object", () => {
    expect(readEvents("one.json", '\n{"type":"VIEW"}')).toEqual([
      { event: { type: "VIEW" }, line: 2, column: 1 },
    ]);
  });

  it("takes an array, and says where each event begins", () => {
    expect(readEvents("many.json", '[\n  {"a":1},\n  {"b":2}, {"c":3}\n]')).toEqual([
      { event: { a: 1 }, line: 2, column: 3 },
      { event: { b: 2 }, line: 3, column: 3 },
      { event: { c: 3 }, line: 3, column: 12 },
    ]);
  });

  it("goes through a large array once, not once for each event", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      type: "VIEW",
      page: `https://shop.example/${index}`,
    }));
    const events = readEvents("large.json", JSON.stringify(many, null, 1));
    expect(events.at(-1)).toEqual({ event: many.at(-1), line: 9_999 * 4 + 2, column: 2 });
  });

  it("takes one object a line, with blank lines between and a byte order mark before", () => {
    expect(readEvents("lines.ndjson", '\uFEFF{"a":1}\r\n\r\n {"b":2}\r\n')).toEqual([
      { event: { a: 1 }, line: 1, column: 1 },
      { event: { b: 2 }, line: 3, column: 2 },
    ]);
  });

  it("keeps a field named __proto__ a plain field", () => {
    const [first] = readEvents("odd.json", '{"__proto__":{"x":1}}');
    expect(Object.keys(first?.event ?? {})).toEqual(["__proto__"]);
  });

  it.each([
    ['{"a":}', "bad.json, line 1, column 6: this is not JSON (value expected)."],
    ['{"a":1}\n{"b":}\n', "bad.json, line 2, column 6: this is not JSON"],
    ['[\n{"a":1},\n7]', "bad.json, line 3, column 1: an event is an object, not number."],
    ["", "bad.json, line 1, column 1: this is not JSON"],
    ["[".repeat(100_000), "bad.json, line 1, column 1: this is nested too deeply."],
  ])("names file, line and column of what it cannot read", (text, message) => {
    expect(() => readEvents("bad.json", text)).toThrow(message);
  });
});
