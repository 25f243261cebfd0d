import { expect, test } from "vitest";
import { readableText } from "./readable-text";

test("JSON is indented for reading, and as it came when raw is wanted", () => {
  expect(readableText('{"a":1}', true)).toEqual({ text: '{\n  "a": 1\n}', note: null, longLines: false });
  expect(readableText('{"a":1}', false).text).toBe('{"a":1}');
});

test("a body over 1 MB is shown as it came, and the view says so", () => {
  const body = `[${"1,".repeat(600_000)}1]`;
  const readable = readableText(body, true);
  expect(readable.text).toBe(body);
  expect(readable.note).toContain("Longer than 1 MB");
  expect(readable.note).toContain("20,000 characters");
  expect(readable.longLines).toBe(true);
});

test("what only begins like JSON is shown as it came, and the view says so", () => {
  expect(readableText("{ not json", true)).toMatchObject({ text: "{ not json", note: expect.any(String) });
});

test("text that is not JSON at all needs no remark", () => {
  expect(readableText("<html></html>", true)).toMatchObject({ text: "<html></html>", note: null });
});

test("a number with more digits than can be kept is never changed by indenting", () => {
  const body = '{"order":12345678901234567890}';
  expect(readableText(body, true).text).toBe(body);
});
