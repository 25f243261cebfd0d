import { describe, expect, test } from "vitest";
import { lineAndColumn, readEventText } from "./read-event-text";

const problemsOf = (text: string) => {
  const read = readEventText(text);
  return read.state === "unreadable" ? read.problems : [];
};
const messagesOf = (text: string) => problemsOf(text).map(({ message }) => message);

describe("reading the editor's text", () => {
  test("gives the event of an object", () => {
    expect(readEventText('{ "type": "VIEW", "ext": { "a": [1, null] } }')).toMatchObject({
      state: "event",
      event: { type: "VIEW", ext: { a: [1, null] } },
      warnings: [],
    });
  });

  test.each([
    ['{ "type": "VIEW", }', "There is a comma too many before this brace.", 18],
    ['{ "a": [1, ] }', "There is a comma too many before this bracket.", 11],
    ['{ "a": tru }', "tru is not a JSON value", 7],
    ['{ "a": "x" "b": 1 }', "A comma is missing before this.", 11],
    ['{ "a" 1 }', "A colon is expected between", 6],
    ['{ "a": "x }', "The closing double quote of this text is missing.", 7],
    ['{ "a": 1 // why\n}', "JSON has no comments; remove this one.", 9],
    ['{ "a": "\\x" }', "After a backslash stands one of", 7],
    ['{ "a": 1', "The closing brace } is missing.", 7],
    ['{ "a": 1 } { }', "There is more text after the end of the event.", 11],
    ['{ "a": 1e999 }', "This number is too large to be sent as JSON.", 7],
  ])("says in words what is wrong in %s and where", (text, words, offset) => {
    const [first] = problemsOf(text);
    expect(first?.message).toContain(words);
    expect(first?.range.start).toBe(offset);
    expect(first?.range.end).toBeGreaterThan(offset);
  });

  test.each([
    ["[]", "a list"],
    ['"VIEW"', "text"],
    ["12", "a number"],
    ["null", "null"],
  ])("does not take %s for an event", (text, kind) => {
    expect(messagesOf(text)).toEqual([`An event is a JSON object in braces, and this is ${kind}.`]);
  });

  test("says of an empty text that there is nothing to send", () => {
    expect(messagesOf(" \n ")[0]).toContain("There is nothing to send yet");
  });

  test("survives a text of a hundred thousand open brackets", () => {
    expect(messagesOf(`{"a":${"[".repeat(100_000)}`)).toHaveLength(1);
  });

  test("warns of a repeated field at the one that does not count, at any depth", () => {
    const text = '{ "ext": { "a": 1, "a": 2 }, "pos": "x", "pos": "y" }';
    const read = readEventText(text);
    if (read.state !== "event") throw new Error("This is an event.");
    expect(read.warnings.map(({ range }) => range.start)).toEqual([
      text.indexOf('"a"'),
      text.indexOf('"pos"'),
    ]);
    expect(read.warnings[0]?.message).toContain("only the last one counts");
    expect(read.event["pos"]).toBe("y");
  });

  test("counts lines and columns from one", () => {
    expect(lineAndColumn("{\n  x", 4)).toEqual({ line: 2, column: 3 });
    expect(lineAndColumn("{", 0)).toEqual({ line: 1, column: 1 });
  });
});
