import { describe, expect, it } from "vitest";
import { rangeOfPlace } from "./place-in-text";

const marked = (text: string, line: number, column: number): string => {
  const { start, end } = rangeOfPlace(text, line, column);
  return text.slice(start, end);
};

describe("the stretch that a place underlines", () => {
  const text = "delay: soon  \nstrict: yes please\n";

  it("goes from the place to the end of what is written in its line", () => {
    expect(marked(text, 1, 8)).toBe("soon");
    expect(marked(text, 2, 1)).toBe("strict: yes please");
  });

  it("is a character at least, wherever the place is", () => {
    expect(marked(text, 1, 99)).toBe("n");
    expect(rangeOfPlace("", 1, 1)).toEqual({ start: 0, end: 1 });
    expect(rangeOfPlace(text, 99, 1)).toEqual({ start: text.length, end: text.length + 1 });
  });
});
