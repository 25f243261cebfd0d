import { describe, expect, test } from "vitest";
import { buildEvent } from "../../shared/build-event";
import { judge, messageTypes } from "../../shared/catalog/catalog";
import type { CatalogName } from "../../shared/model/verdict";
import { inlineWords, isWritten, marksOfText, marksOfVerdict, type Mark } from "./marks";
import { readEventText } from "./read-event-text";

const environment = { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" };
const guest = { browserId: "b-1", sessionId: "s-1" };

const marked = (text: string, messageType: string, catalog: CatalogName = "spec", target = environment) => {
  const read = readEventText(text);
  if (read.state !== "event") throw new Error("The text must be an event.");
  const built = buildEvent({ environment: target, catalog, messageType, event: read.event, guest });
  const verdict = judge(built.event, catalog);
  return { text, verdict, tree: read.tree, marks: marksOfVerdict(read.tree, verdict) };
};

const markedText = ({ text }: { text: string }, mark: Mark | undefined) =>
  mark && text.slice(mark.range.start, mark.range.end);

const events: [words: string, messageType: string, text: string][] = [
  ...messageTypes("spec").map(({ name, example }): [string, string, string] => [
    `the example of ${name}`,
    name,
    JSON.stringify(example, null, 2),
  ]),
  ["a bad e-mail and gender", "IDENTITY", '{ "email": "ada@lovelace", "gender": "F" }'],
  ["a missing e-mail", "IDENTITY", '{ "type": "IDENTITY" }'],
  ["a null that leaves out an inherited field", "VIEW", '{ "pos": null }'],
  ["a wrong inherited field, overridden", "VIEW", '{ "currency": "EURO", "channel": "TV" }'],
  [
    "a deep mistake",
    "ORDER_CHECKOUT",
    '{ "reference_id": "A", "total_price": "9", "items": [{ "sku": 1 }] }',
  ],
  ["a slip in a name", "SEARCH", '{ "serch_term": "shoes" }'],
  ["a reserved name", "CUSTOM", '{ "type": "SC_THING" }'],
  ["nothing at all", "CUSTOM", "{}"],
  ["names that a pointer escapes", "VIEW", '{ "ext": { "a/b~c": 1 }, "page": 3 }'],
];

describe("the editor's marks", () => {
  test.each(events)("say just what the verdict says: %s", (_words, messageType, text) => {
    for (const catalog of ["spec", "sitecore"] as const) {
      const { marks, verdict } = marked(text, messageType, catalog);
      expect(marks.map(({ severity, code, path, message }) => ({ severity, code, path, message }))).toEqual(
        verdict.issues.map(({ severity, code, path, message }) => ({ severity, code, path, message })),
      );
      for (const { range } of marks) {
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(text.length);
      }
    }
  });

  test("stand on the value of the field", () => {
    const result = marked('{ "email": "ada@lovelace" }', "IDENTITY");
    expect(markedText(result, result.marks[0])).toBe('"ada@lovelace"');
  });

  test("stand on the name where the name is the mistake", () => {
    const result = marked('{ "search_term": "x", "num_result": 3 }', "SEARCH");
    expect(markedText(result, result.marks[0])).toBe('"num_result"');
  });

  test("stand on the opening brace where a field of the event is missing", () => {
    const result = marked(' { "type": "IDENTITY" }', "IDENTITY");
    expect(result.marks[0]).toMatchObject({ path: "/email", range: { start: 1, end: 2 } });
  });

  test("stand on the parent's key where a deeper field is missing", () => {
    const result = marked('{ "product": { "name": "Tee" } }', "ADD");
    expect(result.marks[0]?.path).toBe("/product/sku");
    expect(markedText(result, result.marks[0])).toBe('"product"');
  });

  test("stand on the brace of the list's item where a field of that item is missing", () => {
    const text = '{ "reference_id": "A", "total_price": 1, "items": [{ "quantity": 1, "price": 2 }] }';
    const result = marked(text, "ORDER_CHECKOUT");
    const mark = result.marks.find(({ path }) => path === "/items/0/sku");
    expect(mark?.range).toEqual({ start: text.indexOf("{", 1), end: text.indexOf("{", 1) + 1 });
  });

  test("stand on the last of repeated fields, the one that counts", () => {
    const text = '{ "gender": "Female", "gender": "F", "email": "ada@example.com" }';
    const result = marked(text, "IDENTITY");
    expect(result.marks[0]?.range.start).toBe(text.indexOf('"F"'));
  });

  test("blame the opening brace for what the environment supplies wrongly", () => {
    const result = marked("{}", "VIEW", "spec", { ...environment, channel: "TV" });
    expect(result.marks[0]).toMatchObject({ path: "/channel", range: { start: 0, end: 1 } });
    expect(isWritten(result.tree, "/channel")).toBe(false);
  });

  test("carry the text's own problems without a path", () => {
    const read = readEventText("{ ,");
    const problems = read.state === "unreadable" ? read.problems : [];
    expect(marksOfText(problems)).toHaveLength(problems.length);
    expect(marksOfText(problems)[0]).toMatchObject({ path: null, severity: "error" });
  });
});

describe("the words after a line", () => {
  test("leave out the field, which is in that line", () => {
    const { marks } = marked('{ "email": "ada@lovelace", "gender": "F" }', "IDENTITY");
    const words = marks.filter(({ severity }) => severity === "error").map(inlineWords);
    expect(words).toEqual(["the domain has no dot", "must be Male, Female, Other or Unknown"]);
  });

  test("name a field that is missing, which is in no line", () => {
    const { marks } = marked("{}", "IDENTITY");
    expect(inlineWords(marks[0] as Mark)).toBe("email is missing");
  });
});
