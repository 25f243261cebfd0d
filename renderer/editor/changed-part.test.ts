import { describe, expect, test } from "vitest";
import { changedPart } from "./changed-part";

const applied = (before: string, after: string): string => {
  const part = changedPart(before, after);
  return part === null ? before : before.slice(0, part.start) + part.content + before.slice(part.end);
};

describe("the part by which two texts differ", () => {
  test("is nothing where they are the same", () => {
    expect(changedPart("a: 1\n", "a: 1\n")).toBeNull();
  });

  test("leaves what stands before and behind", () => {
    expect(changedPart("a: 1\nb: 2\nc: 3\n", "a: 1\nb: 20\nc: 3\n")).toEqual({
      start: 9,
      end: 9,
      content: "0",
    });
  });

  test("does not count a repeated stretch twice", () => {
    expect(applied("aaa", "aa")).toBe("aa");
    expect(applied("aa", "aaa")).toBe("aaa");
    expect(applied("abab", "ab")).toBe("ab");
  });

  test("never halves a character or a line end", () => {
    expect(applied("x😀y", "x😁y")).toBe("x😁y");
    expect(changedPart("x😀y", "x😁y")).toEqual({ start: 1, end: 3, content: "😁" });
    expect(changedPart("a\r\nb", "a\nb")).toEqual({ start: 1, end: 3, content: "\n" });
  });
});
