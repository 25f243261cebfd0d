import { describe, expect, it } from "vitest";
import { parseDocument, type Document } from "yaml";
import { keepFormatting } from "./keep-formatting";

const edit = (before: string, change: (document: Document) => void): string => {
  const document = parseDocument(before);
  const printedBefore = document.toString({ indent: 4 });
  change(document);
  return keepFormatting(before, printedBefore, document.toString({ indent: 4 }));
};

describe("an edit of a YAML file", () => {
  const before = `# Ours

bellhop:   1
environments:
    old:     # the first
        baseUrl: 'https://old.example'   # kept
        vars: {a: "1",b: '2'}


    # on its own
    other: {baseUrl: "https://other.example"}
`;

  it("changes one line and leaves every other as it was", () => {
    const after = edit(before, (document) => document.setIn(["environments", "old", "vars", "a"], "3"));
    expect(after.split("\n").filter((line, index) => line !== before.split("\n")[index])).toHaveLength(1);
    expect(after).toContain('a: "3"');
  });

  it("adds at the end and leaves all before as it was", () => {
    const after = edit(before, (document) =>
      document.setIn(["environments", "new"], document.createNode({ baseUrl: "https://new.example" })),
    );
    expect(after.startsWith(before.trimEnd())).toBe(true);
    expect(parseDocument(after).getIn(["environments", "new", "baseUrl"])).toBe("https://new.example");
  });

  it("takes away just what is meant", () => {
    const after = edit(before, (document) => document.deleteIn(["environments", "old"]));
    expect(after).toContain("bellhop:   1");
    expect(after).toContain('other: {baseUrl: "https://other.example"}');
    expect(after).not.toContain("old.example");
  });

  it("keeps the file's line ends", () => {
    const after = edit("a:   1\r\nb:  2\r\n", (document) => document.set("b", 3));
    expect(after).toBe("a:   1\r\nb: 3\r\n");
  });

  it("writes in the printer's manner where the two cannot be brought together, rather than say something else", () => {
    const printed = "a: 1\nb: 2\n";
    expect(keepFormatting("]: not yaml", "x: 1\n", printed)).toBe(printed);
  });
});
