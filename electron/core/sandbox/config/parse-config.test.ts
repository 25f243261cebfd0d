import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "./parse-config";
import { defaultConfig } from "./sandbox-config";

const messageOf = (text: string): string => {
  try {
    parseConfig(text, "sandbox.yaml");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "valid";
};

const full = `# A second brand
clientKey: mine
apiToken: token
pointsOfSale:
  - name: shop
    timeout: 20m
  - name: app
sites: { shop-site: shop }
catalog: spec
delay: 2s
strict: true
allowedHosts: [CDP.test, "api.test:4680", "[::1]:80"]
quota: 500MB
`;

describe("a configuration", () => {
  it("changes each of its settings", () => {
    const { config, warnings } = parseConfig(full, "sandbox.yaml");
    expect(warnings).toEqual([]);
    expect(config).toEqual({
      clientKey: "mine",
      apiToken: "token",
      pointsOfSale: [
        { name: "shop", timeout: 1_200_000 },
        { name: "app", timeout: 1_800_000 },
      ],
      sites: new Map([["shop-site", "shop"]]),
      catalog: "spec",
      delay: 2000,
      strict: true,
      allowedHosts: ["cdp.test", "api.test:4680", "[::1]:80"],
      quota: 500 * 1024 ** 2,
    });
  });

  it.each(["", "# nothing", "{}"])("that says nothing (%j) leaves the defaults", (text) => {
    expect(parseConfig(text, "sandbox.yaml").config).toEqual(defaultConfig);
  });

  it("may be JSON", () => {
    expect(parseConfig('{"strict": true}', "sandbox.json").config.strict).toBe(true);
  });

  it("loses the default site with the default point of sale", () => {
    expect(parseConfig("pointsOfSale: [{ name: shop }]", "sandbox.yaml").config.sites).toEqual(new Map());
  });

  it("is told which keys have no effect, with their place", () => {
    const { warnings } = parseConfig(
      "strict: true\nidentityRules: [email]\npointsOfSale:\n  - name: shop\n    colour: red\n",
      "sandbox.yaml",
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^sandbox\.yaml:2:1: .*"identityRules"/),
      expect.stringMatching(/^sandbox\.yaml:5:5: .*"colour"/),
    ]);
  });
});

/** Text, where the message points, and what it says. */
const mistakes: [string, string, RegExp][] = [
  ["strict: yes please", "1:9", /true or false/],
  ["clientKey: 5", "1:12", /text/],
  ["clientKey: ''", "1:12", /empty/],
  ["clientKey: a:b", "1:12", /colon/],
  ["delay: 5", "1:8", /duration/],
  ["delay: 2d", "1:8", /at most 1d/],
  ["catalog: both", "1:10", /by-transport/],
  ["pointsOfSale: shop", "1:15", /list/],
  ["pointsOfSale: []", "1:15", /at least one/],
  ["pointsOfSale:\n  - name: shop\n    timeout: soon", "3:14", /duration/],
  ["pointsOfSale:\n  - timeout: 5m", "2:5", /./],
  ["pointsOfSale:\n  - name: a\n  - name: a", "3:11", /twice/],
  ["sites:\n  web: nowhere", "2:8", /not one of: bellhop, kiosk/],
  ["quota: 5MBs", "1:8", /size/],
  ["quota: 1", "1:8", /64KB/],
  ["allowedHosts: ['http://x']", "1:16", /name/],
  ["- a", "1:1", /map/],
  ["strict: [", "1:10", /not YAML or JSON/],
];

describe("a mistake in a configuration", () => {
  it.each(mistakes)("such as %j is found at %s", (text, place, words) => {
    const message = messageOf(text);
    expect(message).toMatch(words);
    expect(message.startsWith(`sandbox.yaml:${place}: `)).toBe(true);
  });

  it("that blows up by aliases is refused", () => {
    const levels = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de"].map((pair) => pair.split(""))) {
      levels.push(`${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(", ")}]`);
    }
    expect(messageOf(levels.join("\n"))).toMatch(/alias/i);
  });
});

describe("the published schema", () => {
  const compile = async () => {
    const file = new URL("../../../../docs/schemas/sandbox.schema.json", import.meta.url);
    return new Ajv2020({ strict: true }).compile(JSON.parse(await readFile(file, "utf8")) as object);
  };

  it("takes what the sandbox takes", async () => {
    const validate = await compile();
    for (const text of [full, "{}", "identityRules: [email]", "quota: 1000000"]) {
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  /** What only the whole file shows, or what is no YAML, is beyond a schema. */
  const beyond = /twice|not one of|not YAML|at most 1d/;
  it.each(mistakes.filter(([, , words]) => !beyond.test(words.source)))("refuses %j too", async (text) => {
    const validate = await compile();
    expect(validate(parse(text))).toBe(false);
  });
});
