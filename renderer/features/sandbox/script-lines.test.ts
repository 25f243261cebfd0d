import { describe, expect, it } from "vitest";
import { scriptLines } from "./script-lines";

describe("the lines for a script", () => {
  it("all go to the sandbox's own inspection, and can be pasted as they are", () => {
    for (const { line } of scriptLines("http://127.0.0.1:4681")) {
      expect(line).toMatch(/^curl -s .*http:\/\/127\.0\.0\.1:4681\/_sandbox\//);
      expect(line.split("'").length % 2).toBe(1);
      const [, body] = / -d '(.*)'$/.exec(line) ?? [];
      if (body !== undefined) expect(() => void JSON.parse(body)).not.toThrow();
    }
  });
});
