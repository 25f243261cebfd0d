import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScenario } from "./read-scenario";

const withSteps = (steps: string): string => `bellhop: 1\nsteps:\n${steps}\n`;

describe("what no person wrote", () => {
  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (let index = 1; index < 9; index++) {
    const [name, before] = ["abcdefghij"[index], "abcdefghij"[index - 1]];
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`);
  }
  const large = `big: &big [${"1,".repeat(12_000)}1]\nall: [${Array.from({ length: 90 }, () => "*big").join(",")}]\n`;

  it.each([
    ["an alias bomb", `bellhop: 1\n${bomb.join("\n")}\n`],
    ["aliases that repeat a large list", `bellhop: 1\n${large}`],
    ["a file over 1 MB", `bellhop: 1\n# ${"x".repeat(1_000_000)}\n`],
    ["brackets without end", `bellhop: ${"[".repeat(900_000)}`],
    ["braces without end", `bellhop: ${"{a: ".repeat(200_000)}`],
    ["lists in lists", "- ".repeat(400_000)],
    ["question marks", `bellhop: ${"? ".repeat(400_000)}`],
    ["commas without end", `bellhop: [${",".repeat(900_000)}`],
    ["quotes without end", `bellhop: ${'"'.repeat(200_000)}`],
    ["anchors without end", "&a ".repeat(60_000)],
    ["tags without end", "! ".repeat(60_000)],
    ["lines of a broken text", `a: "${"x\n".repeat(60_000)}"`],
    ["a thousand levels", Array.from({ length: 1000 }, (_, index) => `${" ".repeat(index)}a:\n`).join("")],
    ["directives", "%\n".repeat(60_000)],
    ["a null byte", `bellhop: 1\nsteps: "\u0000"\u0000`],
  ])("%s is refused, with one of its issues at a place of the file", (_, text) => {
    const { issues } = readScenario(text, "a");
    expect(issues.length).toBeGreaterThan(0);
    expect(issues.length).toBeLessThan(120);
    for (const { line, column } of issues) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ["a null byte in a text", `bellhop: 1\nname: "a\u0000b"\nsteps: [{ note: x }]`, "2:9", "zero byte"],
    ["an alias bomb", `bellhop: 1\n${bomb.join("\n")}\n`, "1:1", "With what its aliases repeat"],
  ])("%s is refused in words", (_, text, place, words) => {
    const [issue] = readScenario(text, "a").issues;
    expect(`${issue?.line}:${issue?.column}`).toBe(place);
    expect(issue?.message).toContain(words);
  });

  it("keys named __proto__ and constructor are keys like any other", () => {
    const { outline } = readScenario(
      withSteps('  - send: V\n    event: { "__proto__": { polluted: true }, constructor: 1 }'),
      "a",
    );
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.keys(outline?.steps[0]?.step["event"] ?? {})).toEqual(["__proto__", "constructor"]);
  });

  it("never makes it throw", () => {
    const words = [
      "bellhop: 1\n",
      "steps:\n",
      "  - ",
      "send: ",
      "{{ x }}",
      '"',
      "'",
      "[",
      "}",
      ": ",
      "&a",
      "*a",
      "\t",
      "é",
      "|\n",
      "? ",
      "- ",
      "!!set ",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 5 })), { maxLength: 40 }),
        (parts) => {
          readScenario(parts.join(""), "a");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("a megabyte of good steps is read whole", () => {
    const step =
      '  - send: VIEW\n    event: { page: "https://shop.example/", n: 3 }\n    expect: { status: 201 }\n';
    const text = `bellhop: 1\nsteps:\n${step.repeat(Math.floor(980_000 / step.length))}`;
    const { outline, issues } = readScenario(text, "a");
    expect(issues).toEqual([]);
    expect(outline?.steps.at(-1)?.lines.last).toBe(text.trimEnd().split("\n").length);
  });
});
