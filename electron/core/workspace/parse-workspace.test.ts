import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/contract/errors";
import { parseWorkspace } from "./parse-workspace";

const messageOf = (text: string): string => {
  try {
    parseWorkspace(text);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe("WORKSPACE_INVALID");
    return (error as AppError).message;
  }
  throw new Error("It was taken as valid.");
};

describe("reading bellhop.yaml", () => {
  it.each([
    ["bellhop: 2\n", "bellhop.yaml, line 1, column 10: bellhop must be 1"],
    ["# empty\n", "bellhop.yaml, line 1, column 1: the file must be a map"],
    ["environments: {}\n", "bellhop.yaml, line 1, column 1: bellhop is missing"],
    ["bellhop: 1\nenvironments: []\n", "line 2, column 15: environments must be a map of names"],
    ["bellhop: 1\nenvironments:\n  qa:\n", "line 3, column 6: environments.qa must be a map of fields"],
    ["bellhop: 1\nenvironments:\n  qa: {}\n", "line 3, column 3: environments.qa.baseUrl is missing"],
    [
      "bellhop: 1\nenvironments:\n  qa:\n    baseUrl: https://cdp.example\n    pos: 12\n",
      "line 5, column 10: environments.qa.pos must be text",
    ],
    [
      "bellhop: 1\nenvironments:\n  qa:\n    baseUrl: ftp://x\n",
      "line 4, column 14: environments.qa.baseUrl must be http://",
    ],
    [
      "bellhop: 1\nenvironments:\n  eu:\n    baseUrl: https://evil.example\n",
      "line 3, column 3: environments.eu is built in and cannot be redefined",
    ],
    [
      "bellhop: 1\nenvironments:\n  qa: { baseUrl: https://cdp.example, caFile: ../ca.pem }\n",
      "line 3, column 47: environments.qa.caFile must be a path inside the workspace",
    ],
    [
      "bellhop: 1\nenvironments:\n  qa: &a { baseUrl: https://a.example }\n  qb: *a\n  qa: *a\n",
      "line 5, column 3: qa stands here a second time",
    ],
    ["bellhop: 1\ndefaultEnvironment: nowhere\n", 'line 2, column 21: defaultEnvironment names "nowhere"'],
    ["bellhop: 1\nenvironments: {\n", "line 3, column 1: this is not YAML"],
    ["bellhop: 1\nenvironments: *nothing\n", "nothing"],
    ["bellhop: 1\n---\nbellhop: 1\n", "this is not YAML"],
  ])("says where and what is wrong with %j", (text, message) => {
    expect(messageOf(text)).toContain(message);
  });

  it("reads what people write: comments, anchors, other keys, Windows' line ends", () => {
    const text =
      "# ours\r\nbellhop: 1\r\nteam: web\r\nenvironments:\r\n  a: &a\r\n    baseUrl: https://a.example/ # the old one\r\n  b: *a\r\n";
    expect(parseWorkspace(text).content).toEqual({
      bellhop: 1,
      team: "web",
      environments: { a: { baseUrl: "https://a.example" }, b: { baseUrl: "https://a.example" } },
    });
  });

  const bomb = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (let index = 1; index < 9; index++) {
    const [name, before] = ["abcdefghij"[index], "abcdefghij"[index - 1]];
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`);
  }

  it.each([
    ["an alias bomb", `bellhop: 1\n${bomb.join("\n")}\n`],
    ["a file that is too large", `bellhop: 1\n# ${"x".repeat(300_000)}\n`],
    ["brackets without end", `bellhop: ${"[".repeat(100_000)}`],
    ["braces without end", `bellhop: ${"{a: ".repeat(50_000)}`],
    ["a line of nested keys", `bellhop: ${"? ".repeat(100_000)}`],
    ["nested lists", "- ".repeat(100_000)],
    ["commas without end", `bellhop: [${",".repeat(200_000)}`],
  ])("refuses %s in good time", (_, text) => {
    expect(messageOf(text)).toContain("bellhop.yaml");
  });

  it("takes __proto__ for a key like any other", () => {
    const { content } = parseWorkspace('bellhop: 1\n"__proto__": { polluted: true }\n');
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(content.bellhop).toBe(1);
  });
});
