import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Environment } from "../../../../shared/model/environment";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ExportedScenario } from "../../../../shared/model/scenario";
import { loadScenario } from "../load/load-scenario";
import { exportArtillery } from "./export-artillery";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-export-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const staging: Environment = {
  ...{
    name: "staging-1",
    colour: "blue",
    baseUrl: "https://cdp.example/base",
    transport: "spec",
    catalog: "spec",
  },
  ...{
    channel: "WEB",
    pos: "shop",
    currency: "EUR",
    language: "EN",
    production: false,
    vars: { brand: "acme" },
  },
};

/** Writes files, loads the first as a run would, and exports it. */
const exported = async (files: Record<string, string>, environment = staging): Promise<ExportedScenario> => {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const [file = ""] = Object.keys(files);
  const loaded = await loadScenario({ workspace: folder, file, environment });
  if ("issues" in loaded) throw new Error(JSON.stringify(loaded.issues));
  return exportArtillery({ plan: loaded.plan, environment, name: "load" });
};

interface Request extends JsonObject {
  url: string;
}
type FlowStep = { [K in "get" | "post"]?: Request } & {
  think?: number;
  function?: string;
  loop?: FlowStep[];
  count?: JsonValue;
};
interface Script {
  config: JsonObject;
  scenarios: [{ name: string; beforeScenario?: string; flow: FlowStep[] }];
}

const scriptOf = ({ files: [file] }: ExportedScenario): Script => parse(file?.text ?? "") as Script;
const flat = (flow: FlowStep[]): FlowStep[] => flow.flatMap((step) => [step, ...flat(step.loop ?? [])]);
const requestsOf = (script: Script): Request[] =>
  flat(script.scenarios[0].flow).flatMap(({ get, post }) => [get ?? post ?? []].flat());

type Processor = Record<string, (...args: unknown[]) => unknown>;

/** Loads the processor as Artillery does. */
const processorOf = async ({ files }: ExportedScenario): Promise<Processor> => {
  const found = files.find(({ name }) => name.endsWith(".cjs"));
  if (!found) return {};
  const file = join(await mkdtemp(join(folder, "processor-")), found.name);
  await writeFile(file, found.text);
  return createRequire(import.meta.url)(file) as Processor;
};

/** What Artillery's own documents ask of a script, and that nothing in it leads to nowhere. */
const flawsOf = async (result: ExportedScenario): Promise<string[]> => {
  const script = scriptOf(result);
  const processor = await processorOf(result);
  const steps = flat(script.scenarios[0].flow);
  const flaws: string[] = [];
  for (const step of steps) {
    const keys = Object.keys(step).sort().join();
    if (!["get", "post", "think", "function", "count,loop"].includes(keys)) flaws.push(`a step has ${keys}`);
  }
  const called = [
    script.scenarios[0].beforeScenario,
    ...steps.map((step) => step.function),
    ...requestsOf(script).flatMap(({ beforeRequest, ifTrue }) => [beforeRequest, ifTrue]),
  ].filter((name) => name !== undefined);
  for (const name of called)
    if (typeof processor[String(name)] !== "function") flaws.push(`no function ${String(name)}`);
  const code = result.files.find(({ name }) => name.endsWith(".cjs"))?.text ?? "";
  const payload = script.config["payload"] as { fields: string[] } | undefined;
  const captured = requestsOf(script).flatMap(({ capture }) => (capture ?? []) as { as: string }[]);
  const known = new Set([
    ...["$uuid", "$processEnvironment"],
    ...(payload?.fields ?? []),
    ...Object.keys((script.config["variables"] ?? {}) as JsonObject),
    ...captured.map(({ as }) => as),
    ...[...code.matchAll(/vars\.(\w+) = /g)].map(([, name = ""]) => name),
  ]);
  const text = JSON.stringify(script);
  for (const [, name = ""] of text.matchAll(/\{\{ ([$\w]+)[^}]*\}\}/g)) {
    if (!known.has(name)) flaws.push(`nobody sets ${name}`);
  }
  return flaws;
};

const buys = {
  "buys.scenario.yaml": `bellhop: 1
name: Buys
data: guests.csv
vars: { sku: TEE-001, email: "{{ $email }}", product: { sku: "{{ sku }}", price: 19.9 } }
defaults: { currency: EUR, ext: { brand: "{{ env.brand }}" } }
steps:
  - id: land
    send: VIEW
    event: { page: "https://shop.example/{{ row.name }}", ext: { at: "{{ $now }}", price: "{{ row.price }}", s: "{{ session_id }}" } }
    expect:
      status: { oneOf: [200, 201] }
      headers: { Content-Type: application/json, x-id: { exists: true } }
      body: { status: OK, items: [{ n: 1 }], ref: { exists: true }, text: { contains: "a\`b", length: { gt: 2 } }, n: { gte: 3, lt: 9 }, key: "{{ row.name }}" }
  - wait: 1500ms
  - note: "The visitor signs up.\\nReally # so."
  - when: "{{ row.vip }}"
    send: IDENTITY
    event: { email: "{{ email }}", firstname: Ada, identifiers: [{ provider: email, id: "{{ email }}" }] }
    capture: { identityRef: /ref }
  - browser: { name: phone, channel: MOBILE_APP }
  - send: VIEW
    event: { page: "https://shop.example/{{ steps.land.response.body.version }}", ext: { b: "{{ browser_id }}" } }
  - session: new
  - repeat: 2
    steps:
      - send: ADD
        event: { product: { sku: "{{ product.sku }}", name: "Tee {{ $int(1,5) }}", price: "{{ product.price }}" } }
  - browser: phone
  - use: checkout.scenario.yaml
    vars: { total: 39.8, order: "{{ $uuid }}" }
  - send: VIEW
    event: { page: "https://shop.example/", ext: { done: "{{ done }}" } }
`,
  "checkout.scenario.yaml": `bellhop: 1
fragment: true
params: [total, order]
returns: [done]
vars: { done: "order {{ order }}" }
steps:
  - send: VIEW
    event: { page: "https://shop.example/", ext: { total: "{{ total }}", order: "{{ done }}" } }
`,
  "guests.csv": 'name,price:number,vip:boolean\nada,1.5,true\n"b,o",2,false\n',
};

describe("an Artillery script", () => {
  it("has the form that Artillery reads, and nothing in it leads to nowhere", async () => {
    const result = await exported(buys);
    expect(result.files.map(({ name }) => name)).toEqual([
      "load.yaml",
      "load.processor.cjs",
      "load.data.csv",
    ]);
    expect(await flawsOf(result)).toEqual([]);
    const { config, scenarios } = scriptOf(result);
    expect(config).toMatchObject({
      target: "https://cdp.example/base",
      phases: [{ arrivalCount: 2 }],
      processor: "./load.processor.cjs",
      variables: { sku: ["TEE-001"] },
      payload: { path: "./load.data.csv", fields: ["row_name", "row_price", "row_vip"], cast: false },
      plugins: { expect: { formatter: "silent", reportFailuresAsErrors: true } },
    });
    expect(scenarios[0].flow.map((step) => Object.keys(step)[0])).toEqual([
      "get",
      "post",
      "think",
      "post",
      "get",
      "post",
      "loop",
      "function",
      "post",
      "post",
    ]);
    expect(scenarios[0].flow[2]).toEqual({ think: "1500ms" });
  });

  it("makes a browser for each virtual user, and knows whose turn it is", async () => {
    const requests = requestsOf(scriptOf(await exported(buys)));
    const [first, land, , second, phone, add] = requests;
    expect(first).toMatchObject({
      url: "/v1.2/browser/create.json",
      qs: { client_key: "{{ $processEnvironment.BELLHOP_CLIENT_KEY_STAGING_1 }}" },
      capture: [{ json: "$.ref", as: "browser_id" }],
    });
    expect(land?.["json"]).toMatchObject({
      browser_id: "{{ browser_id }}",
      session_id: "{{ $uuid }}",
      channel: "WEB",
    });
    expect(second).toMatchObject({ capture: [{ as: "browser_phone" }] });
    expect(phone?.["json"]).toMatchObject({
      browser_id: "{{ browser_phone }}",
      ext: { b: "{{ browser_phone }}" },
    });
    expect(phone?.["json"]).toMatchObject({ channel: "MOBILE_APP", session_id: "{{ $uuid }}-2" });
    expect(add?.["json"]).toMatchObject({ session_id: "{{ $uuid }}-session-2" });
    // The phone comes back, and is not made again.
    expect(requests.filter(({ url }) => url.includes("browser"))).toHaveLength(2);
  });

  it("says its expectations in the words of the expect plugin", async () => {
    const [, land] = requestsOf(scriptOf(await exported(buys)));
    const expectations = (land?.["expect"] ?? []) as JsonObject[];
    expect(expectations.map(({ description: _description, ...check }) => check)).toEqual([
      { statusCode: [200, 201] },
      { headerEquals: ["content-type", "application/json"] },
      { hasHeader: "x-id" },
      { jmespath: '"status" == `"OK"`' },
      { jmespath: 'contains(`["string","array"]`, type("items")) && length("items") == `1`' },
      { jmespath: '"items"[0]."n" == `1`' },
      { jmespath: '"ref" != `null`' },
      { jmespath: 'contains(`["string","array"]`, type("text")) && contains("text", `"a\\`b"`)' },
      { jmespath: 'contains(`["string","array"]`, type("text")) && length("text") > `2`' },
      { jmespath: '"n" >= `3`' },
      { jmespath: '"n" < `9`' },
      { equals: ["{{ seen_key }}", "{{ row_name }}"] },
    ]);
    expect(land?.["capture"]).toEqual([
      { json: "$['version']", as: "land_version", strict: false },
      { json: "$['key']", as: "seen_key", strict: false },
    ]);
  });

  it("draws, converts and decides in its processor as a run does", async () => {
    const result = await exported(buys);
    const processor = await processorOf(result);
    const vars: JsonObject = { sku: "TEE-001", row_name: "ada", row_price: "1.5", row_vip: "false" };
    let called = 0;
    const done = (): void => void (called += 1);
    processor["begin"]?.({ vars }, {}, done);
    expect(vars).toMatchObject({ row_price: 1.5, row_vip: false, product: { sku: "TEE-001", price: 19.9 } });
    expect(vars["email"]).toMatch(/^[a-z]+\.[0-9a-f-]+@example\.com$/);
    expect(processor["when_4"]?.(vars)).toBe(false);
    expect(processor["when_4"]?.({ ...vars, row_vip: true })).toBe(true);
    processor["draw_1"]?.({}, { vars }, {}, done);
    expect(vars["drawn_1"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    processor["use_10"]?.({ vars }, {}, done);
    expect(vars["use_10_done"]).toBe(`order ${String(vars["use_10_order"])}`);
    expect(called).toBe(3);
  });

  it("reads the credential from the environment, and holds none", async () => {
    const result = await exported(buys);
    const [, land] = requestsOf(scriptOf(result));
    expect(land?.["auth"]).toEqual({
      user: "{{ $processEnvironment.BELLHOP_CLIENT_KEY_STAGING_1 }}",
      pass: "{{ $processEnvironment.BELLHOP_API_TOKEN_STAGING_1 }}",
    });
    const engage: Environment = { ...staging, transport: "engage" };
    const [, over] = requestsOf(scriptOf(await exported(buys, engage)));
    expect(over).toMatchObject({
      url: "/v1.2/events",
      json: { client_key: "{{ $processEnvironment.BELLHOP_CLIENT_KEY_STAGING_1 }}" },
    });
    expect(over).not.toHaveProperty("auth");
  });

  it("names what it could not take along, in the file and to whoever asked", async () => {
    const result = await exported({
      "rest.scenario.yaml": `bellhop: 1
steps:
  - send: VIEW
    event: { page: "https://shop.example/" }
    retry: { times: 2 }
    continue: true
    expect: { ingestion: processed, time: { lt: 100 }, body: { ref: { matches: "^r" } } }
  - guest: { by: { email: a@example.com }, expect: { guestType: customer } }
  - clock: 31m
  - disabled: true
    send: VIEW
    event: { page: "https://shop.example/" }
`,
    });
    const place = "rest.scenario.yaml";
    expect(result.notes).toEqual([
      `Step 1 (${place}:3): it is not tried again.`,
      `Step 1 (${place}:3): a failure ends the virtual user, although the step says to go on.`,
      `Step 1 (${place}:3): matches at /ref of the body is not checked.`,
      `Step 1 (${place}:3): what became of the event (ingestion) is not looked at: Artillery sees the answer alone.`,
      `Step 1 (${place}:3): its time is not checked; the plugin \`ensure\` can hold the whole load to a time.`,
      `Step 2 (${place}:8): the guest is not read: Artillery sees answers alone.`,
      `Step 3 (${place}:9): the clock is not moved on: all virtual users would live through it.`,
    ]);
    const [script] = result.files;
    for (const note of result.notes) expect(script?.text).toContain(`# - ${note}\n`);
    // Nothing needs a processor, so there is none.
    expect(result.files).toHaveLength(1);
    expect(await flawsOf(result)).toEqual([]);
  });

  it("waits, counts and quotes as Artillery reads it", async () => {
    const result = await exported({
      "quirks.scenario.yaml": `bellhop: 1
data: quirks.csv
steps:
  - browser: { name: laptop, channel: WEB }
  - wait: 2s
  - wait: 300ms
  - repeat: 0
    steps: [{ send: VIEW, event: { page: "https://shop.example/never" } }]
  - guest: { expect: { guestType: visitor } }
    capture: { who: /ref }
  - send: VIEW
    event: { page: "https://shop.example/", ext: { born: "1990-12-10", from: "from {{ row.city }}", who: "{{ who }}" } }
`,
      "quirks.csv": 'city\nA $& B\n""\n',
    });
    const [first, ...rest] = scriptOf(result).scenarios[0].flow;
    // The browser that the iteration begins on sends nothing, so only the laptop is made.
    expect(first?.get).toMatchObject({ followRedirect: false, capture: [{ as: "browser_laptop" }] });
    expect(rest.map(({ think, post }) => think ?? post?.["name"])).toEqual([
      2,
      "300ms",
      expect.stringMatching(/^6 /),
    ]);
    expect(result.files[0]?.text).toContain('born: "1990-12-10"');
    const vars: JsonObject = { row_city: "A $& B" };
    (await processorOf(result))["draw_6"]?.({}, { vars }, {}, () => undefined);
    expect(Object.values(vars)).toContain("from A $& B");
    expect(result.files.find(({ name }) => name.endsWith(".csv"))?.text).toBe('city\nA $& B\n""\n');
    expect(result.notes.join("\n")).toContain("{{ who }} is empty");
    expect(await flawsOf(result)).toEqual([]);
  });

  it("keeps notes inside their comments", async () => {
    const note = '"one\\ntwo: [\\u2028 scenarios: []"';
    const result = await exported({
      "notes.scenario.yaml": `bellhop: 1\nname: "a\\nconfig: {}"\nsteps:\n  - note: ${note}\n  - send: VIEW\n    event: { page: "https://shop.example/" }\n`,
    });
    const script = scriptOf(result);
    expect(Object.keys(script)).toEqual(["config", "scenarios"]);
    expect(script.scenarios[0].flow).toHaveLength(2);
  });

  it("is refused for a transport whose requests cannot be written so", async () => {
    const edge: Environment = { ...staging, transport: "edge" };
    await expect(exported(buys, edge)).rejects.toThrow("edge");
  });
});
