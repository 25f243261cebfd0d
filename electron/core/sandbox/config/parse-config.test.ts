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
dataModel: 2.0
identityRules: [loyalty, { provider: CRM }, { personalData: [email, lastName] }]
whenNoMatch: new-visitor
unidentifiedOrder: fail
repeatedOrder: accept
currencies: [EUR, USD]
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
      dataModel: "2.0",
      identityRules: [{ provider: "loyalty" }, { provider: "CRM" }, { personalData: ["email", "lastName"] }],
      whenNoMatch: "new-visitor",
      unidentifiedOrder: "fail",
      repeatedOrder: "accept",
      currencies: ["EUR", "USD"],
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
      "strict: true\nforward: eu\npointsOfSale:\n  - name: shop\n    colour: red\nidentityRules:\n  - provider: CRM\n    id: 7\n",
      "sandbox.yaml",
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^sandbox\.yaml:2:1: .*"forward"/),
      expect.stringMatching(/^sandbox\.yaml:5:5: .*"colour"/),
      expect.stringMatching(/^sandbox\.yaml:8:5: .*"id"/),
    ]);
  });

  it("is told which identity rules can never match", () => {
    const { warnings } = parseConfig(
      "identityRules:\n  - personalData: [email]\n  - CRM\n  - CRM\n",
      "x.yaml",
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^x\.yaml:2:5: data model 2\.1 never identifies/),
      expect.stringMatching(/^x\.yaml:4:5: .*twice/),
    ]);
  });

  it.each(["2.1", '"2.1"', "'2.1'"])("may write its data model as %s", (version) => {
    expect(parseConfig(`dataModel: ${version}`, "sandbox.yaml").config.dataModel).toBe("2.1");
  });

  it("counts every currency where it says all", () => {
    expect(parseConfig("currencies: all", "x.yaml").config.currencies).toEqual(defaultConfig.currencies);
  });

  it("is told apart where it says a key, because a change without one leaves the key as it is", () => {
    expect(parseConfig("apiToken: t", "x.yaml").says).toEqual({ clientKey: false, apiToken: true });
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
  ["dataModel: 3", "1:12", /2\.1 or 2\.0/],
  ["identityRules: email", "1:16", /list/],
  ["identityRules: [a, b, c, d, e, f]", "1:16", /at most 5/],
  ["identityRules:\n  - 5", "2:5", /provider/],
  ["identityRules:\n  - provider: ''", "2:15", /empty/],
  ["identityRules:\n  - {}", "2:5", /./],
  ["identityRules:\n  - personalData: [shoeSize]", "2:20", /email, firstName/],
  ["identityRules:\n  - personalData: []", "2:19", /at least one/],
  ["identityRules:\n  - provider: CRM\n    personalData: [email]", "2:15", /either/],
  ["whenNoMatch: nothing", "1:14", /become-customer or new-visitor/],
  ["unidentifiedOrder: yes", "1:20", /accept or fail/],
  ["repeatedOrder: drop", "1:16", /fail or accept/],
  ["currencies: EUR", "1:13", /all, or a list/],
  ["currencies: []", "1:13", /at least one/],
  ["currencies: [eur]", "1:14", /ISO 4217 in capitals/],
  ["currencies: [ABC]", "1:14", /ISO 4217/],
  ['pointsOfSale: [{ name: "a\\tb" }]', "1:24", /control characters/],
  ["- a", "1:1", /map/],
  ["strict: [", "1:10", /not YAML/],
  ["strict: true\n]]]", "2:1", /not YAML/],
  ["strict: true\nstrict: false", "2:1", /strict stands here a second time/],
  ["strict: true\n---\nstrict: false", "2:1", /one document/],
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

  it.each(["[", '{"a":', "- ", "? ", "]\n["])("nested without end by %j is refused", (opening) => {
    expect(messageOf(opening.repeat(50_000 / opening.length))).toMatch(/nested deeper|not YAML/);
  });
});

describe("the published schema", () => {
  const compile = async () => {
    const file = new URL("../../../../docs/schemas/sandbox.schema.json", import.meta.url);
    return new Ajv2020({ strict: true }).compile(JSON.parse(await readFile(file, "utf8")) as object);
  };

  it("takes what the sandbox takes", async () => {
    const validate = await compile();
    for (const text of [full, "{}", "forward: eu", "currencies: all", "dataModel: 2.1", "quota: 1000000"]) {
      expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  /** What only the whole file shows, or what is no YAML, is beyond a schema. */
  const beyond = /twice|second time|one document|not one of|not YAML|at most 1d|^ISO 4217$/;
  it.each(mistakes.filter(([, , words]) => !beyond.test(words.source)))("refuses %j too", async (text) => {
    const validate = await compile();
    expect(validate(parse(text))).toBe(false);
  });
});
