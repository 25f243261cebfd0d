import { describe, expect, it } from "vitest";
import { highlightJson } from "./highlight-json";

const join = (text: string): string =>
  highlightJson(text)
    .map((line) => line.map((part) => part.text).join(""))
    .join("\n");

describe("colouring JSON", () => {
  it("tells a key from a string value", () => {
    expect(highlightJson('  "type": "VIEW",')[0]).toEqual([
      { text: "  ", kind: "plain" },
      { text: '"type"', kind: "key" },
      { text: ":", kind: "punctuation" },
      { text: " ", kind: "plain" },
      { text: '"VIEW"', kind: "string" },
      { text: ",", kind: "punctuation" },
    ]);
  });

  it("knows numbers and keywords", () => {
    const kinds = highlightJson("[-1.5e3, true, null]")[0]?.map((part) => part.kind);
    expect(kinds).toEqual([
      "punctuation",
      "number",
      "punctuation",
      "plain",
      "keyword",
      "punctuation",
      "plain",
      "keyword",
      "punctuation",
    ]);
  });

  it("loses no character, whatever the text is", () => {
    for (const text of ['{"a": "b\\"c"}', '"never closed', "not json at - all", '{\n  "é": "→"\n}', ""]) {
      expect(join(text)).toBe(text);
    }
  });
});
