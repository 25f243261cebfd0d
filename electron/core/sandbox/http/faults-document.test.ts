import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { noFaultsText, parseFaults } from "./faults-document";

const full = `
- match: { path: /v1.2/events, type: VIEW, nth: 3 }
  fault: status
  status: 500
  times: 2
- { fault: delay, ms: 20 }
- { match: {}, fault: reset }
`;

const mistakes: [string, string, RegExp][] = [
  ["fault: reset", "1:1", /list/],
  ["- reset", "1:3", /map/],
  ["- match: {}", "1:3", /fault/],
  ["- fault: explode", "1:10", /one of delay, status/],
  ["- { match: VIEW, fault: reset }", "1:12", /match is a map/],
  ["- { match: { path: events }, fault: reset }", "1:20", /without its query/],
  ['- { match: { path: "/a?b" }, fault: reset }', "1:20", /without its query/],
  ["- { match: { path: /_sandbox/faults }, fault: reset }", "1:20", /API only/],
  ["- { match: { type: 7 }, fault: reset }", "1:20", /text/],
  ["- { match: { nth: 0 }, fault: reset }", "1:19", /from 1/],
  ["- { match: { nth: 1.5 }, fault: reset }", "1:19", /whole/],
  ["- { fault: delay, ms: 2s }", "1:23", /whole number/],
  ["- { fault: delay, ms: 86400001 }", "1:23", /86400000/],
  ["- { fault: status, status: 199 }", "1:28", /from 200 to 599/],
  ["- { fault: reset, times: 0 }", "1:26", /from 1/],
  ["- [", "1:4", /not YAML/],
];

const messageOf = (text: string): string => {
  try {
    parseFaults(text, "faults");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "valid";
};

const compile = async () => {
  const file = new URL("../../../../docs/schemas/faults.schema.json", import.meta.url);
  return new Ajv2020({ strict: true }).compile(JSON.parse(await readFile(file, "utf8")) as object);
};

describe("faults", () => {
  it("are read as written", () => {
    expect(parseFaults(full, "faults")).toEqual({
      faults: [
        { match: { path: "/v1.2/events", type: "VIEW", nth: 3 }, fault: "status", status: 500, times: 2 },
        { match: {}, fault: "delay", ms: 20 },
        { match: {}, fault: "reset" },
      ],
      warnings: [],
    });
  });

  it.each(["", "# none", "[]", noFaultsText])("are none in %j", (text) => {
    expect(parseFaults(text, "faults").faults).toEqual([]);
  });

  it("are usable examples in the text that an editor begins with", () => {
    const examples = noFaultsText.replaceAll(/^# (?=[-\s])/gm, "").replace("[]", "");
    expect(parseFaults(examples, "faults")).toMatchObject({
      faults: [{ fault: "status" }, { fault: "delay" }],
      warnings: [],
    });
  });

  it("are told what in them has no effect, with its place", () => {
    const text = "- match: { method: GET }\n  fault: reset\n  ms: 5\n  status: 500\n  note: why\n";
    expect(parseFaults(text, "faults").warnings).toEqual([
      expect.stringMatching(/^faults:5:3: .*"note"/),
      expect.stringMatching(/^faults:1:12: .*"method"/),
      "faults:3:7: ms has no effect on the fault reset.",
      "faults:4:11: status has no effect on the fault reset.",
    ]);
  });

  it.each(mistakes)("that are wrong, as %j, are refused at %s", (text, place, words) => {
    const message = messageOf(text);
    expect(message).toMatch(words);
    expect(message.startsWith(`faults:${place}: `)).toBe(true);
  });
});

describe("the published schema of faults", () => {
  it("takes what the sandbox takes", async () => {
    const validate = await compile();
    for (const text of [full, "[]", "- { fault: reset, note: why }"]) {
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  it.each(mistakes.filter(([text]) => text !== "- ["))("refuses %j too", async (text) => {
    const validate = await compile();
    expect(validate(parse(text))).toBe(false);
  });
});
