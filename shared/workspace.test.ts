import Ajv2020 from "ajv/dist/2020";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import published from "../docs/schemas/workspace.schema.json";
import { toEnvironment, workspaceSchema } from "./workspace";

const judgePublished = new Ajv2020({ strict: true, allErrors: false }).compile(published);

const base = { baseUrl: "https://cdp.example" };
const one = (fields: unknown, name = "qa") => ({ bellhop: 1, environments: { [name]: fields } });

const good: [string, unknown][] = [
  ["nothing but the version", { bellhop: 1 }],
  ["a default", { bellhop: 1, defaultEnvironment: "eu" }],
  ["no environments", { bellhop: 1, environments: {} }],
  ["an address alone", one(base)],
  ["plain http, a port and a path", one({ baseUrl: "http://127.0.0.1:4680/cdp/v1/" })],
  [
    "every field",
    one({
      ...base,
      colour: "plum",
      transport: "edge",
      catalog: "sitecore",
      channel: "WEB",
      pos: "shop",
      currency: "EUR",
      language: "EN",
      siteId: "site",
      caFile: "certificates/ca.pem",
      proxy: "http://proxy.example:3128",
      production: true,
      vars: { tenant: "a", _B2: "" },
    }),
  ],
  ["keys of a later version", { ...one({ ...base, later: { a: [1] } }), types: ["x"] }],
  ["a name with dots, dashes and underscores", one(base, "My.env-2_b")],
  ["a name that begins as a built-in one", one(base, "eu-2")],
  ["dots in a file's name", one({ ...base, caFile: "a..b/..c.pem" })],
];

const bad: [string, unknown][] = [
  ["no map", "bellhop"],
  ["an empty file", null],
  ["no version", { environments: {} }],
  ["a later version", { bellhop: 2 }],
  ["the version as text", { bellhop: "1" }],
  ["a list of environments", { bellhop: 1, environments: [] }],
  ["an environment without an address", one({})],
  ["an environment that is empty", one(null)],
  ["a built-in name", one(base, "eu")],
  ["a built-in name in another case", one(base, "SandBox-Engage")],
  ["a name with a space", one(base, "my env")],
  ["a name that begins with a dot", one(base, ".env")],
  ["a name that is too long", one(base, "a".repeat(65))],
  ...["constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "__proto__"].map(
    (name): [string, unknown] => [
      `the name ${name}`,
      JSON.parse(JSON.stringify(one(base)).replace("qa", name)),
    ],
  ),
  ["another scheme", one({ baseUrl: "ftp://cdp.example" })],
  ["a script for an address", one({ baseUrl: "javascript:alert(1)" })],
  ["an address without a host", one({ baseUrl: "https://" })],
  ["a password in an address", one({ baseUrl: "https://user:pass@cdp.example" })],
  ["a query in an address", one({ baseUrl: "https://cdp.example?x=1" })],
  ["a fragment in an address", one({ baseUrl: "https://cdp.example#x" })],
  ["a space in an address", one({ baseUrl: "https://cdp .example" })],
  ["a backslash in an address", one({ baseUrl: "https://cdp.example\\@evil.example" })],
  ["a number for a point of sale", one({ ...base, pos: 12 })],
  ["text that is too long", one({ ...base, pos: "x".repeat(501) })],
  ["an unknown colour", one({ ...base, colour: "black" })],
  ["an unknown transport", one({ ...base, transport: "smtp" })],
  ["an unknown catalog", one({ ...base, catalog: "mine" })],
  ["yes as text for production", one({ ...base, production: "yes" })],
  ["an absolute file", one({ ...base, caFile: "/etc/ssl/ca.pem" })],
  ["a file above the workspace", one({ ...base, caFile: "a/../../ca.pem" })],
  ["the folder above the workspace", one({ ...base, caFile: ".." })],
  ["a file on a drive", one({ ...base, caFile: "C:/ca.pem" })],
  ["a file of Windows' spelling", one({ ...base, caFile: "..\\ca.pem" })],
  ["a file in the home folder", one({ ...base, caFile: "~/ca.pem" })],
  ["a proxy with a password", one({ ...base, proxy: "http://u:p@proxy.example" })],
  ["a proxy of another kind", one({ ...base, proxy: "socks5://proxy.example" })],
  ["a number among the tenant's values", one({ ...base, vars: { a: 1 } })],
  ["a dash in a value's name", one({ ...base, vars: { "a-b": "c" } })],
];

describe("the workspace's format", () => {
  it.each(good)("allows %s, and so does the published schema", (_, document) => {
    expect(v.safeParse(workspaceSchema, document).issues).toBeUndefined();
    expect(judgePublished(document), JSON.stringify(judgePublished.errors)).toBe(true);
  });

  it.each(bad)("refuses %s, and so does the published schema", (_, document) => {
    expect(v.safeParse(workspaceSchema, document).success).toBe(false);
    expect(judgePublished(document)).toBe(false);
  });

  it("gives defaults to what is left out, the catalog by the transport", () => {
    expect(toEnvironment("qa", { baseUrl: "https://cdp.example" })).toEqual({
      name: "qa",
      baseUrl: "https://cdp.example",
      colour: "slate",
      transport: "spec",
      catalog: "spec",
      production: false,
      vars: {},
    });
    const engage = toEnvironment("qa", { baseUrl: "https://cdp.example", transport: "engage" });
    expect(engage.catalog).toBe("sitecore");
  });
});
