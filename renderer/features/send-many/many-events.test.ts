import { expect, it } from "vitest";
import { holdsMany, isLinesFile } from "./many-events";

it("a list of events and an event a line are several; one event, and what is no event, is not", () => {
  expect(holdsMany('\ufeff [ {"type":"VIEW"}')).toBe(true);
  expect(holdsMany('{"type":"VIEW"}\r\n\r\n{"type":"ADD"}\r\n')).toBe(true);
  expect(holdsMany('{"type":"VIEW"}\n')).toBe(false);
  expect(holdsMany('{\n  "type": "VIEW",\n  "ext": {\n}}')).toBe(false);
  expect(holdsMany("[1, 2]")).toBe(false);
  expect(holdsMany("some text\nof two lines")).toBe(false);
  expect(holdsMany("")).toBe(false);
});

it("files of lines are known by their name", () => {
  expect(["a.ndjson", "A.JSONL", "a.json", "ndjson"].map(isLinesFile)).toEqual([true, true, false, false]);
});
