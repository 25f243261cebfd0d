import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Environment, EnvironmentView } from "../../../shared/model/environment";
import { startDatabaseThread, type Database, type DatabaseThread } from "../database/database";
import { createNotifications } from "../notifications";
import { createTransfers } from "../transfers/transfers";
import { memoryKeychain, openVaultOn } from "../vault/vault.fixture";
import { createEnvironments, type Environments } from "./environments";
import { environmentsSchema } from "./environments-schema";

const address = "http://127.0.0.1:4680";

let thread: DatabaseThread;
let database: Database;
let folder = "";
let keychain = memoryKeychain();
const transfers = createTransfers();
afterAll(() => transfers.close());
beforeAll(() => {
  thread = startDatabaseThread();
});
afterAll(() => thread.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-environments-"));
  keychain = memoryKeychain();
  database = await thread.open(":memory:");
  await database.exec(environmentsSchema);
});

interface Session extends Environments {
  /** Notifications so far. */
  said: string[];
  reports: string[];
}

/** The environments as one start of Bellhop has them. */
const start = async (
  variables: Record<string, string> = {},
  workspace = folder,
  sandbox = { address: async () => address },
): Promise<Session> => {
  const notifications = createNotifications();
  const said: string[] = [];
  const reports: string[] = [];
  notifications.listen(({ notification }) => void said.push(notification));
  const environments = await createEnvironments({
    host: {
      profileFolder: folder,
      workspaceFolder: join(workspace, "workspace"),
      report: (problem) => void reports.push(problem),
    },
    notifications,
    vault: await openVaultOn(folder, { keychain, variables }),
    sandbox,
    database,
    transfers,
  });
  onTestFinished(() => environments.close());
  return { ...environments, said, reports };
};

const file = (workspace = folder) => join(workspace, "workspace", "bellhop.yaml");

const qa = (changes: Partial<Environment> = {}): Environment => ({
  name: "qa",
  colour: "blue",
  baseUrl: "https://qa.example",
  transport: "spec",
  catalog: "spec",
  production: false,
  vars: {},
  ...changes,
});

const secret = { clientKey: "key-of-qa-4711", apiToken: "token-of-qa-4711" };

const stateOf = async ({ handlers }: Session) => handlers["environments.list"]({});

const viewOf = async (session: Session, name: string): Promise<EnvironmentView | undefined> =>
  (await stateOf(session)).environments.find((view) => view.name === name);

describe("the built-in environments", () => {
  it("are six: the specification's four regions, and the sandbox in two transports", async () => {
    const { environments, selected, problem, ...rest } = await stateOf(await start());
    const rows = environments.map((view) => [
      view.name,
      view.baseUrl,
      view.transport,
      view.catalog,
      view.production,
      view.credential.state,
    ]);
    expect(rows).toEqual([
      ["sandbox", address, "spec", "spec", false, "public"],
      ["sandbox-engage", address, "engage", "sitecore", false, "public"],
      ["eu", "https://api-engage-eu.sitecorecloud.io", "spec", "spec", true, "missing"],
      ["us", "https://api-engage-us.sitecorecloud.io", "spec", "spec", true, "missing"],
      ["ap", "https://api-engage-ap.sitecorecloud.io", "spec", "spec", true, "missing"],
      ["jp", "https://api-engage-jpe.sitecorecloud.io", "spec", "spec", true, "missing"],
    ]);
    expect(environments.every((view) => view.builtIn)).toBe(true);
    expect([selected, rest.default, problem]).toEqual(["sandbox", "sandbox", null]);
  });

  it("claim nothing that only a tenant knows, and fill all that the sandbox needs", async () => {
    const session = await start();
    const eu = await session.get("eu");
    expect([eu.pos, eu.currency, eu.language]).toEqual([undefined, undefined, undefined]);
    expect(await session.get("sandbox")).toMatchObject({
      channel: "WEB",
      pos: "bellhop",
      currency: "EUR",
      language: "EN",
    });
  });

  it("are looked up for a send without asking where the sandbox is, which takes time, unless it goes there", async () => {
    let asked = 0;
    const sandbox = { address: async () => (asked++, address) };
    const session = await start({}, folder, sandbox);
    await session.handlers["environments.save"]({ environment: qa() });
    asked = 0;
    expect([(await session.get("eu")).name, (await session.get("qa")).name]).toEqual(["eu", "qa"]);
    expect(asked).toBe(0);
    expect((await session.get("sandbox")).baseUrl).toBe(address);
    expect(asked).toBe(1);
  });

  it("can be neither changed, nor removed, nor named anew in another case", async () => {
    const { handlers } = await start();
    const conflict = { code: "CONFLICT" };
    const save = handlers["environments.save"];
    await expect(save({ environment: qa({ name: "eu" }) })).rejects.toMatchObject(conflict);
    await expect(save({ environment: qa({ name: "EU" }) })).rejects.toMatchObject(conflict);
    await expect(save({ environment: qa(), replaces: "eu" })).rejects.toMatchObject(conflict);
    await expect(handlers["environments.remove"]({ name: "sandbox" })).rejects.toMatchObject(conflict);
  });

  it("give a copy that is production too, without the credential", async () => {
    const session = await start();
    await session.handlers["credentials.set"]({ environment: "eu", ...secret });
    const copy = await session.handlers["environments.copy"]({ from: "eu", name: "shop-eu" });
    expect(copy).toMatchObject({
      name: "shop-eu",
      production: true,
      builtIn: false,
      baseUrl: "https://api-engage-eu.sitecorecloud.io",
      credential: { state: "missing", needs: ["clientKey", "apiToken"] },
    });
    const again = session.handlers["environments.copy"]({ from: "eu", name: "shop-eu" });
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

describe("the workspace's environments", () => {
  it("are saved, changed and there after a restart", async () => {
    const first = await start();
    await first.handlers["environments.save"]({ environment: qa({ pos: "shop", language: "" }) });
    await first.handlers["environments.save"]({
      environment: qa({ pos: "kiosk", transport: "engage", catalog: "sitecore" }),
      replaces: "qa",
    });
    expect(first.said.length).toBeGreaterThanOrEqual(2);
    const saved = await (await start()).get("qa");
    expect(saved).toMatchObject({ pos: "kiosk", transport: "engage", catalog: "sitecore" });
    expect(saved.language).toBeUndefined();
  });

  it("hold what they are given to the file's format, and name the field", async () => {
    const save = (await start()).handlers["environments.save"];
    await expect(save({ environment: qa({ caFile: "/etc/ca.pem" }) })).rejects.toMatchObject({
      code: "INVALID_INPUT",
      field: "/environment/caFile",
    });
    await expect(save({ environment: qa({ proxy: "http://u:p@proxy" }) })).rejects.toMatchObject({
      field: "/environment/proxy",
    });
  });

  it("keep names apart", async () => {
    const { handlers } = await start();
    await handlers["environments.save"]({ environment: qa() });
    await handlers["environments.save"]({ environment: qa({ name: "staging" }) });
    const save = handlers["environments.save"];
    await expect(save({ environment: qa() })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(save({ environment: qa(), replaces: "staging" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(save({ environment: qa(), replaces: "gone" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("take credential and selection along when they are renamed", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    await session.handlers["credentials.set"]({ environment: "qa", ...secret });
    await session.handlers["environments.select"]({ name: "qa" });
    const view = await session.handlers["environments.save"]({
      environment: qa({ name: "quality" }),
      replaces: "qa",
    });
    expect(view.credential.state).toBe("present");
    expect((await stateOf(session)).selected).toBe("quality");
    await expect(session.get("qa")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("leave neither credential nor selection behind when they are removed", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    await session.handlers["credentials.set"]({ environment: "qa", ...secret });
    await session.handlers["environments.select"]({ name: "qa" });
    await session.handlers["environments.remove"]({ name: "qa" });
    expect((await stateOf(session)).selected).toBe("sandbox");
    expect(await session.handlers["credentials.list"]({})).toEqual([]);
    await session.handlers["environments.save"]({ environment: qa() });
    expect((await viewOf(session, "qa"))?.credential.state).toBe("missing");
  });

  it("tell a name that is not there from those that are, with the one that was meant", async () => {
    const session = await start();
    await expect(session.get("sandbx")).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringContaining("Did you mean sandbox?"),
      hint: expect.stringContaining("sandbox-engage, eu, us, ap, jp"),
    });
  });

  it("stay as they were when the file is broken, which is told with its place and never overwritten", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    await session.handlers["environments.select"]({ name: "qa" });
    const broken = "bellhop: 1\nenvironments:\n  qa: { baseUrl: 4 }\n";
    await writeFile(file(), broken);
    const { environments, problem, selected } = await stateOf(session);
    expect(environments.map(({ name }) => name)).toContain("qa");
    expect(selected).toBe("qa");
    expect(problem).toMatchObject({
      code: "WORKSPACE_INVALID",
      message: expect.stringContaining("bellhop.yaml, line 3, column 18: environments.qa.baseUrl"),
    });
    expect(problem?.hint).toContain("what the file said before");
    expect((await session.get("qa")).baseUrl).toBe("https://qa.example");
    await expect(session.get("unheard-of")).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
    const save = session.handlers["environments.save"]({ environment: qa({ name: "new" }) });
    await expect(save).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
    expect(await readFile(file(), "utf8")).toBe(broken);
  });

  it("are missing, and those built in are not, where the file was broken from the start", async () => {
    await start().then(({ handlers }) => handlers["environments.save"]({ environment: qa() }));
    await writeFile(file(), "bellhop: 1\nenvironments: [\n");
    const session = await start();
    expect(await stateOf(session)).toMatchObject({
      selected: "sandbox",
      problem: { code: "WORKSPACE_INVALID" },
    });
    await expect(session.get("qa")).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
    await expect(session.selected()).rejects.toMatchObject({ code: "WORKSPACE_INVALID" });
    expect((await session.get("eu")).production).toBe(true);
  });

  it("are not changed where the file says something else by now than who changes them has seen", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    const text = await readFile(file(), "utf8");
    await writeFile(file(), text.replace("https://qa.example", "https://elsewhere.example # moved"));
    const change = { environment: qa({ pos: "shop" }), replaces: "qa", expected: qa() };
    await expect(session.handlers["environments.save"](change)).rejects.toMatchObject({
      code: "CONFLICT",
      field: "/expected",
    });
    expect(await readFile(file(), "utf8")).toContain("https://elsewhere.example # moved");
    const baseUrl = "https://elsewhere.example";
    await session.handlers["environments.save"]({
      environment: qa({ baseUrl, pos: "shop" }),
      replaces: "qa",
      expected: qa({ baseUrl }),
    });
    expect(await readFile(file(), "utf8")).toMatch(
      /https:\/\/elsewhere\.example # moved\n[^]* {4}pos: shop\n/,
    );
  });

  it("are noticed when another program changes the file", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    session.said.length = 0;
    await writeFile(file(), "bellhop: 1\n");
    await expect.poll(() => session.said, { timeout: 10_000 }).toContain("environments.changed");
  });
});

describe("the selection", () => {
  it("is the workspace's default until a person chooses, and remembered for each workspace", async () => {
    const other = await mkdtemp(join(tmpdir(), "bellhop-other-"));
    const here = await start();
    await here.handlers["environments.save"]({ environment: qa() });
    await writeFile(file(), `${await readFile(file(), "utf8")}defaultEnvironment: qa\n`);
    expect((await stateOf(here)).selected).toBe("qa");
    await here.handlers["environments.select"]({ name: "eu" });
    expect(await stateOf(await start())).toMatchObject({ selected: "eu", default: "qa" });
    expect((await stateOf(await start({}, other))).selected).toBe("sandbox");
    await rm(file());
    expect((await stateOf(await start())).selected).toBe("eu");
  });

  it("refuses what is not there", async () => {
    const select = (await start()).handlers["environments.select"]({ name: "nowhere" });
    await expect(select).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("consent to production", () => {
  it("holds for one environment, until the next start", async () => {
    const session = await start();
    const [eu, us] = [await session.get("eu"), await session.get("us")];
    expect(await session.hasConsent(eu)).toBe(false);
    await session.handlers["environments.consent"]({ name: "eu", baseUrl: eu.baseUrl });
    expect([await session.hasConsent(eu), await session.hasConsent(us)]).toEqual([true, false]);
    expect((await viewOf(session, "eu"))?.consented).toBe(true);
    expect(await (await start()).hasConsent(eu)).toBe(false);
  });

  it.each([
    ["address", { baseUrl: "https://other.example" }],
    ["proxy", { proxy: "http://proxy.example" }],
    ["CA file", { caFile: "ca.pem" }],
  ])("does not hold for another %s under the same name", async (_what, change) => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa({ production: true }) });
    await session.handlers["environments.consent"]({ name: "qa", baseUrl: qa().baseUrl });
    expect(await session.hasConsent(await session.get("qa"))).toBe(true);
    await session.handlers["environments.save"]({
      environment: qa({ production: true, ...change }),
      replaces: "qa",
    });
    expect(await session.hasConsent(await session.get("qa"))).toBe(false);
  });

  it("is refused where the address is not the one that was shown", async () => {
    const session = await start();
    const moved = qa({ production: true, baseUrl: "https://other.example" });
    await session.handlers["environments.save"]({ environment: moved });
    const consent = session.handlers["environments.consent"]({ name: "qa", baseUrl: qa().baseUrl });
    await expect(consent).rejects.toMatchObject({ code: "CONFLICT", field: "/baseUrl" });
    expect(await session.hasConsent(moved)).toBe(false);
  });
});

describe("the commands on credentials", () => {
  it("stop counting when the address changes, and count again once confirmed", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    await session.handlers["credentials.set"]({ environment: "qa", ...secret });
    const moved = qa({ baseUrl: "https://moved.example" });
    const view = await session.handlers["environments.save"]({ environment: moved, replaces: "qa" });
    expect(view.credential).toMatchObject({ state: "other-origin", origin: "https://qa.example" });
    const origin = "https://moved.example";
    const confirmed = await session.handlers["credentials.confirmOrigin"]({ environment: "qa", origin });
    expect(confirmed.credential).toMatchObject({ state: "present", origin: "https://moved.example" });
  });

  it("list what is left of an environment that was taken out of the file, and forget it", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    await session.handlers["credentials.set"]({ environment: "qa", ...secret });
    await writeFile(file(), "bellhop: 1\n");
    const [left] = await session.handlers["credentials.list"]({});
    expect(left).toMatchObject({ environment: "qa", origin: "https://qa.example" });
    expect(await session.handlers["credentials.remove"]({ environment: "qa" })).toBeNull();
    expect(await session.handlers["credentials.list"]({})).toEqual([]);
    const again = session.handlers["credentials.remove"]({ environment: "qa" });
    await expect(again).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("say that variables cannot be removed, and which environments they fit", async () => {
    const session = await start({ BELLHOP_CLIENT_KEY_EU: "k", BELLHOP_API_TOKEN_EU: "t" });
    expect((await viewOf(session, "eu"))?.credential).toMatchObject({ state: "present", from: "variables" });
    const remove = session.handlers["credentials.remove"]({ environment: "eu" });
    await expect(remove).rejects.toMatchObject({ code: "CONFLICT" });
    await session.handlers["environments.save"]({ environment: qa({ name: "qa-1" }) });
    await session.handlers["environments.save"]({ environment: qa({ name: "qa_1" }) });
    const both = await start({ BELLHOP_CLIENT_KEY_QA_1: "k" });
    expect((await viewOf(both, "qa-1"))?.credential).toMatchObject({
      state: "missing",
      reason: expect.stringContaining("fit two environments, qa-1 and qa_1"),
    });
  });

  it("put no secret into an answer, a file of the workspace, or a report", async () => {
    const session = await start();
    await session.handlers["environments.save"]({ environment: qa() });
    const answers = [
      await session.handlers["credentials.set"]({ environment: "qa", ...secret }),
      await session.handlers["credentials.list"]({}),
      await stateOf(session),
      await readFile(file(), "utf8"),
      session.reports,
    ];
    for (const text of Object.values(secret)) expect(JSON.stringify(answers)).not.toContain(text);
  });
});
