import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "../../../shared/model/environment";
import { openCore, type OpenCore } from "../sender/core-for-tests";

const vaulted = "client-key-of-qa-4711";

let core: OpenCore;
beforeEach(async () => {
  core = await openCore({ BELLHOP_CLIENT_KEY_QA: vaulted, BELLHOP_API_TOKEN_QA: "api-token-of-qa-0815" });
});
afterEach(() => core.close());

const environment = (name: string, change: Partial<Environment> = {}): Environment => ({
  name,
  colour: "plum",
  baseUrl: `https://${name}.example`,
  transport: "engage",
  catalog: "sitecore",
  pos: "shop",
  production: false,
  vars: {},
  ...change,
});
const add = (name: string, change: Partial<Environment> = {}) =>
  core.call("environments.save", { environment: environment(name, change) });

const file = () => join(core.workspaceFolder, "bellhop.yaml");
const upload = (text: string, name = "team.yaml") => core.upload(name, text);
const read = async (text: string, name?: string) =>
  core.call("environments.readImport", { ticket: await upload(text, name) });
const readFails = async (text: string, name?: string) =>
  core.fails("environments.readImport", { ticket: await upload(text, name) });

describe("an export", () => {
  it.each(["yaml", "json"] as const)(
    "holds all environments of the workspace as %s, and brings each back as it was",
    async (format) => {
      const qa = environment("qa", { production: true, vars: { tenant: "eu-1" }, caFile: "ca/test.pem" });
      await core.call("environments.save", { environment: qa });
      await add("staging", { transport: "spec", catalog: "sitecore" });
      const { ticket, name, text, withheld } = await core.call("environments.export", { format });
      expect(name).toBe(`environments.${format}`);
      expect(withheld).toEqual([]);
      expect(await textOf(core.download(ticket))).toBe(text);
      const { items } = await read(text, name);
      expect(items.map(({ changes, environment: { name: own } }) => [own, changes])).toEqual([
        ["qa", []],
        ["staging", []],
      ]);
      await core.call("environments.remove", { name: "qa" });
      const again = await read(text, name);
      expect(again.items[0]?.present).toBeNull();
      await core.call("environments.import", { items: [{ environment: qa }] });
      expect((await read(text, name)).items.flatMap(({ changes }) => changes)).toEqual([]);
    },
  );

  it("holds no secret: neither one of the vault, nor what is named or looks like one, and says which it left out", async () => {
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";
    const hidden = {
      apiToken: "hunter2hunter2",
      DB_PASSWORD: "hunter3hunter3",
      jwt,
      key: "k3yk3yk3yk3yk3yk3yk3yk3yk3y",
      proxyOfMine: "http://ada:hunter4@proxy.example",
    };
    const vars = { ...hidden, tenant: "eu-1", site: "7c0cf2a4-0b1f-4a3e-9c55-3a9d1f0c2b11" };
    await add("qa", { pos: vaulted, vars });
    const { text, withheld } = await core.call("environments.export", { format: "yaml" });
    expect(withheld.map(({ field }) => field)).toEqual([
      "pos",
      ...Object.keys(hidden).map((name) => `vars.${name}`),
    ]);
    for (const secret of [vaulted, ...Object.values(hidden)]) expect(text).not.toContain(secret);
    expect(text).toContain("# Left out: qa.pos, because it holds a credential of the vault.");
    expect(text).toContain("# Left out: qa.vars.apiToken, because it is named like a secret.");
    expect(text).toContain("tenant: eu-1");
    const json = await core.call("environments.export", { names: ["qa"], format: "json" });
    expect(json.name).toBe("qa-environment.json");
    expect(json.text).not.toContain("hunter");
    expect(json.text).not.toContain(vaulted);
  });

  it("is refused for those built in, for none, and for one whose address holds a secret", async () => {
    const failed = (names?: string[]) => core.fails("environments.export", { names, format: "yaml" });
    expect(await failed()).toMatchObject({
      code: "INVALID_INPUT",
      hint: expect.stringContaining("copy one"),
    });
    expect(await failed(["eu"])).toMatchObject({ message: expect.stringContaining("eu is built in") });
    expect(await failed(["nowhere"])).toMatchObject({ code: "NOT_FOUND" });
    await add("qa", { baseUrl: `https://qa.example/${vaulted}` });
    const error = await failed(["qa"]);
    expect(error.message).toContain("baseUrl holds a credential");
    expect(JSON.stringify(error)).not.toContain(vaulted);
  });
});

describe("an import", () => {
  it("says first what is new, the same and different, and changes nothing by that", async () => {
    await add("qa", { vars: { tenant: "a", old: "1" } });
    await add("same");
    const before = await readFile(file(), "utf8");
    const { name, items } = await read(
      JSON.stringify({
        bellhop: 1,
        environments: {
          new: { baseUrl: "https://new.example" },
          same: { ...environment("same"), name: undefined },
          qa: { baseUrl: "https://qa.example", transport: "engage", colour: "plum", vars: { tenant: "b" } },
        },
      }),
      "team.json",
    );
    expect(name).toBe("team.json");
    expect(
      items.map(({ environment: { name: own }, present, changes }) => [own, present?.name, changes]),
    ).toEqual([
      ["new", undefined, []],
      ["same", "same", []],
      [
        "qa",
        "qa",
        [
          { field: "pos", before: "shop", after: null },
          { field: "vars.tenant", before: "a", after: "b" },
          { field: "vars.old", before: "1", after: null },
        ],
      ],
    ]);
    expect(await readFile(file(), "utf8")).toBe(before);
  });

  it("replaces only what a person has seen, and keeps the comments of the file", async () => {
    await add("qa");
    await writeFile(
      file(),
      (await readFile(file(), "utf8")).replace("pos: shop", "pos: shop # not the kiosk"),
    );
    const change = { environment: environment("qa", { currency: "SEK" }), expected: environment("qa") };
    await core.call("environments.import", { items: [change, { environment: environment("qb") }] });
    const text = await readFile(file(), "utf8");
    expect(text).toContain("pos: shop # not the kiosk");
    expect(text).toContain("currency: SEK");
    expect(text).toContain("qb:");
    const stale = { ...change, expected: environment("qa", { currency: "NOK" }) };
    const failed = await core.fails("environments.import", {
      items: [{ environment: environment("qc") }, stale],
    });
    expect(failed).toMatchObject({ code: "CONFLICT", field: "/expected" });
    const taken = await core.fails("environments.import", { items: [{ environment: environment("qb") }] });
    expect(taken).toMatchObject({ code: "CONFLICT" });
    const gone = { environment: environment("gone"), expected: environment("gone") };
    expect(await core.fails("environments.import", { items: [gone] })).toMatchObject({ code: "CONFLICT" });
    expect(await readFile(file(), "utf8")).toBe(text);
  });

  it("shows that a secret differs, and not what it is", async () => {
    await add("qa", { vars: { apiToken: "hunter2" } });
    const text =
      "bellhop: 1\nenvironments:\n  qa: { baseUrl: https://qa.example, vars: { apiToken: hunter3 } }\n";
    const { items } = await read(text);
    expect(items[0]?.changes).toContainEqual({ field: "vars.apiToken", before: "***", after: "***" });
    expect(JSON.stringify(items[0]?.changes)).not.toContain("hunter");
  });

  it("names what it does not take, and what looks like a secret", async () => {
    const text =
      "bellhop: 1\nenvironments:\n  qa:\n    baseUrl: https://qa.example\n    clientKey: hunter2\n    vars: { apiToken: hunter3 }\n";
    const { items } = await read(text);
    expect(items).toMatchObject([
      {
        ignored: ["clientKey"],
        suspects: [{ environment: "qa", field: "vars.apiToken", reason: "is named like a secret" }],
      },
    ]);
    expect(JSON.stringify(items)).not.toContain("hunter2");
  });

  it.each([
    [
      "a built-in name",
      "bellhop: 1\nenvironments:\n  eu:\n    baseUrl: https://evil.example\n",
      "team.yaml, line 3, column 3: environments.eu is built in",
    ],
    ["no YAML", "bellhop: 1\nenvironments: {\n", "team.yaml, line 3, column 1: this is not YAML"],
    ["something else", '{"name":"a Postman collection"}', "team.yaml, line 1, column 1: bellhop is missing"],
    ["no environments", "bellhop: 1\n", "team.yaml has no environments in it"],
    [
      "a proxy with a password",
      "bellhop: 1\nenvironments:\n  qa:\n    baseUrl: https://a.example\n    proxy: http://u:p@proxy.example\n",
      "line 5, column 12: environments.qa.proxy must be",
    ],
    [
      "a way out of the workspace",
      "bellhop: 1\nenvironments:\n  qa: { baseUrl: https://a.example, caFile: ../../etc/passwd }\n",
      "caFile must be a path inside the workspace",
    ],
    [
      "a name of JavaScript's own",
      'bellhop: 1\nenvironments:\n  constructor: { baseUrl: "https://a.example" }\n',
      "JavaScript",
    ],
    ["brackets without end", "[".repeat(100_000), "nested deeper"],
    ["more than such a file can be", `bellhop: 1\n# ${"x".repeat(300_000)}`, "larger than"],
    [
      "an alias bomb",
      `bellhop: 1\na: &a [1,1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 6 }, (_, n) => `${"bcdefg"[n]}: &${"bcdefg"[n]} [${Array.from({ length: 9 }, () => `*${"abcdef"[n]}`).join(",")}]`).join("\n")}\n`,
      "alias",
    ],
    ["a zero byte", "bellhop: 1\0", "zero byte"],
  ])("refuses a file with %s, with its place, and changes nothing", async (_what, text, message) => {
    const error = await readFails(text);
    expect(error).toMatchObject({ code: "INVALID_INPUT", field: "/ticket" });
    expect(error.message).toContain(message);
    expect((await core.call("environments.list", {})).environments.every(({ builtIn }) => builtIn)).toBe(
      true,
    );
  });

  it("refuses a built-in name from whoever calls it, too", async () => {
    const built = { environment: environment("EU", { baseUrl: "https://evil.example" }) };
    expect(await core.fails("environments.import", { items: [built] })).toMatchObject({ code: "CONFLICT" });
    const outside = { environment: environment("qa", { caFile: "../ca.pem" }) };
    expect(await core.fails("environments.import", { items: [outside] })).toMatchObject({
      code: "INVALID_INPUT",
    });
  });
});
