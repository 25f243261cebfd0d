import { expect } from "@playwright/test";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Entry } from "../../shared/model/entry";
import { startNode } from "../fixtures/child-process";
import { program } from "../fixtures/program";
import { startScriptedServer } from "../fixtures/scripted-server";
import { test } from "./folders";

const page = "page=https://shop.example/";
const credential = {
  BELLHOP_CLIENT_KEY_STAGING: "staging-client-key",
  BELLHOP_API_TOKEN_STAGING: "staging-api-token",
};

test("send prints one entry as JSON, with what the sandbox made of it", async ({ folders }) => {
  const { code, stdout } = await folders.bellhop(["send", "SEARCH", "--set", "search_term=shoes", "--json"]);
  const entry = JSON.parse(stdout) as Entry;
  expect(code).toBe(0);
  expect(entry).toMatchObject({
    state: "done",
    kind: "event",
    environment: "sandbox",
    type: "SEARCH",
    source: { kind: "cli" },
    event: { type: "SEARCH", search_term: "shoes", channel: "WEB", pos: "bellhop" },
    request: { method: "POST", headers: { authorization: "***(matches sandbox)" } },
    response: { status: 201 },
    verdict: { catalog: "spec", schema: "valid", ingestion: "processed" },
  });
});

test("the guest of one send is the guest of the next, until a new one is asked for", async ({ folders }) => {
  const send = async (...more: string[]): Promise<Entry> => {
    const { stdout } = await folders.bellhop(["send", "VIEW", "--set", page, "--json", ...more]);
    return JSON.parse(stdout) as Entry;
  };
  const first = await send();
  expect((await send()).event?.["browser_id"]).toBe(first.event?.["browser_id"]);
  const fresh = await send("--new-guest");
  expect(fresh.event?.["browser_id"]).not.toBe(first.event?.["browser_id"]);
  expect((await send()).event?.["session_id"]).toBe(fresh.event?.["session_id"]);
});

test("--transport sends by another way, and says what the request itself lacks", async ({ folders }) => {
  const by = async (transport: string): Promise<Entry> => {
    const send = ["send", "VIEW", "--set", page, "--transport", transport, "--json"];
    const { code, stdout, stderr } = await folders.bellhop(send);
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as Entry;
  };
  const get = await by("http-get");
  expect(get).toMatchObject({ transport: "http-get", request: { method: "GET", body: null } });
  expect(get.request.url).toContain(
    "/v1.2/event/create.json?client_key=sandbox&message=%7B%22type%22%3A%22VIEW%22",
  );
  expect(get.verdict.ingestion).toBe("processed");
  const edge = await by("edge");
  expect(edge.request.url).toContain("/v1/events/v1.2/events?sitecoreContextId=sandbox&siteId=bellhop");
  expect(edge.verdict.ingestion).toBe("processed");

  const long = ["send", "VIEW", "--set", `page=https://shop.example/${"x".repeat(9_000)}`];
  const refused = await folders.bellhop([...long, "--transport", "http-get"]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("because http-get puts the whole event into it");
  expect(refused.stderr).toContain("may not get through");
  expect((await folders.bellhop([...long, "--transport", "engage"])).code).toBe(0);
  expect((await folders.bellhop(["send", "VIEW", "--transport", "pigeon"])).code).toBe(2);
});

test("an edge environment wants a context id, by the variable that it names", async ({ folders }) => {
  const server = await startScriptedServer(({ url }) => ({
    status: url.includes("browser") ? 200 : 201,
    body: '{"ref":"r-1","status":"OK"}',
  }));
  const add = ["env", "add", "shop", "--url", server.url, "--transport", "edge", "--site-id", "my-shop"];
  expect((await folders.bellhop(add)).code).toBe(0);
  const send = ["send", "VIEW", "--env", "shop", "--set", "page=home"];
  const without = await folders.bellhop(send);
  expect(without.code).toBe(4);
  expect(without.stderr).toContain("bellhop secret set shop --context");
  const variables = { BELLHOP_CONTEXT_ID_SHOP: "canary-context-1" };
  const sent = await folders.bellhop([...send, "--json"], { variables });
  expect(sent.code, sent.stderr).toBe(0);
  expect(server.requests.at(-1)?.url).toBe(
    "/v1/events/v1.2/events?sitecoreContextId=canary-context-1&siteId=my-shop",
  );
  expect(sent.stdout + sent.stderr).not.toContain("canary-context-1");
  await server.close();
});

test("an invalid event is not sent, but with --no-validate it is, and ends FAILED", async ({ folders }) => {
  const bad = ["send", "IDENTITY", "--set", "email=ada@lovelace"];
  const refused = await folders.bellhop(bad);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("/email must be an e-mail address: the domain has no dot.");
  expect((await folders.bellhop(["log", "--json"])).stdout).toBe("");

  const sent = await folders.bellhop([...bad, "--no-validate", "--json"]);
  expect(sent.code).toBe(1);
  expect((JSON.parse(sent.stdout) as Entry).verdict).toMatchObject({
    schema: "invalid",
    ingestion: "failed",
  });
});

test("an unknown point of sale is answered 201 and reported as dropped, with the reason", async ({
  folders,
}) => {
  const { code, stdout } = await folders.bellhop([
    "send",
    "VIEW",
    "--set",
    page,
    "--set",
    "pos=nowhere",
    "--json",
  ]);
  const entry = JSON.parse(stdout) as Entry;
  expect(code).toBe(1);
  expect(entry.response?.status).toBe(201);
  expect(entry.verdict.ingestion).toBe("dropped");
  expect(entry.verdict.issues.map(({ path }) => path)).toContain("/pos");
});

test("CUSTOM needs a name of its own, which can stand in the event or for the type", async ({ folders }) => {
  const named = await folders.bellhop(["send", "CUSTOM", "--set", "type=myshop:CLICKED", "--json"]);
  expect((JSON.parse(named.stdout) as Entry).event).toMatchObject({ type: "myshop:CLICKED" });
  const direct = await folders.bellhop(["send", "myshop:CLICKED", "--json"]);
  expect((JSON.parse(direct.stdout) as Entry).event).toMatchObject({ type: "myshop:CLICKED" });
  const reserved = await folders.bellhop(["send", "CUSTOM", "--set", "type=SC_CLICK"]);
  expect(reserved.code).toBe(1);
  expect(reserved.stderr).toContain("SC_");
});

test("--dry-run prints the exact request, masked, and sends nothing", async ({ folders }) => {
  const { code, stdout } = await folders.bellhop(["send", "VIEW", "--set", page, "--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/v1\.2\/event\/create\.json\n/);
  expect(stdout).toContain("authorization: ***(matches sandbox)");
  expect((await folders.bellhop(["log", "--json"])).stdout).toBe("");
});

test("exit codes come in their order: usage, credential, consent, validity, reach, answer", async ({
  folders,
}) => {
  const { bellhop } = folders;
  const server = await startScriptedServer(() => ({ status: 503, body: "down" }));
  const variables = credential;
  const send = (...more: string[]) =>
    bellhop(["send", "VIEW", "--env", "staging", "--browser-id", "b", "--session-id", "s", ...more], {
      variables,
    });
  const bare = await bellhop(["env", "add", "staging", "--url", server.url, "--production"]);
  expect(bare.code, bare.stderr).toBe(0);

  expect((await bellhop(["send"])).code).toBe(2);
  expect((await bellhop(["send", "VIEW", "--no-such-option"])).code).toBe(2);
  expect((await bellhop(["send", "VIEW", "--env", "nowhere"])).code).toBe(2);
  expect((await bellhop(["send", "VIEW", "--event", "missing.json"])).code).toBe(2);
  expect((await bellhop(["send", "VIEW", "--env", "staging", "--production", "staging"])).code).toBe(4);
  // Neither consent nor a valid event: consent is asked for first.
  expect((await send()).code).toBe(2);
  expect((await send("--production", "another")).code).toBe(2);
  expect((await send("--production", "staging")).code).toBe(1);
  const fields = ["channel=WEB", "pos=x", "currency=EUR"].flatMap((field) => ["--set", field]);
  const whole = ["--production", "staging", ...fields];
  const answered = await send(...whole, "--json");
  expect((JSON.parse(answered.stdout) as Entry).response?.status).toBe(503);
  expect(answered.code).toBe(1);
  await server.close();
  const refused = await send(...whole, "--json");
  expect((JSON.parse(refused.stdout) as Entry).error?.code).toBe("REFUSED");
  expect(refused.code).toBe(3);
});

test("environments of the workspace are added, shown and removed, and the file keeps its comments", async ({
  folders,
}) => {
  const file = join(folders.workspace, "bellhop.yaml");
  const written =
    "# Ours\nbellhop: 1\nenvironments:\n  old:   # the first\n    baseUrl: 'https://old.example'\n";
  await writeFile(file, written);
  const added = await folders.bellhop([
    "env",
    "add",
    "staging",
    "--url",
    "https://cdp.example",
    "--pos",
    "shop",
  ]);
  expect(added.code, added.stderr).toBe(0);
  expect((await readFile(file, "utf8")).startsWith(written)).toBe(true);

  const listed = await folders.bellhop(["env", "list", "--json"]);
  const names = listed.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names).toEqual(
    expect.arrayContaining(["eu", "us", "ap", "jp", "sandbox", "sandbox-engage", "old", "staging"]),
  );
  expect(JSON.parse((await folders.bellhop(["env", "show", "staging", "--json"])).stdout)).toMatchObject({
    baseUrl: "https://cdp.example",
    pos: "shop",
    credential: { state: "missing" },
  });
  expect((await folders.bellhop(["env", "remove", "staging"])).code).toBe(0);
  expect((await folders.bellhop(["env", "show", "staging"])).code).toBe(2);
  expect((await folders.bellhop(["env", "remove", "eu"])).code).toBe(2);
});

test("an option of an environment that cannot be is named as the option it came by", async ({ folders }) => {
  const add = (...more: string[]) => folders.bellhop(["env", "add", "staging", ...more]);
  const url = await add("--url", "ftp://cdp.example");
  expect(url.code).toBe(2);
  expect(url.stderr).toMatch(/^error --url: A base URL is/m);
  for (const name of ["__proto__", "constructor", "a b", ""]) {
    const { code, stderr } = await add("--url", "https://cdp.example", "--var", `${name}=1`);
    expect(code, name).toBe(2);
    expect(stderr, name).toContain("Write --var name=value");
  }
  expect((await folders.bellhop(["env", "show", "staging"])).code).toBe(2);
});

test("a broken workspace file is named by line and column, and the built-in environments still work", async ({
  folders,
}) => {
  await writeFile(
    join(folders.workspace, "bellhop.yaml"),
    "bellhop: 1\nenvironments:\n  x: { baseUrl: ftp://no }\n",
  );
  const listed = await folders.bellhop(["env", "list"]);
  expect(listed.code).toBe(2);
  expect(listed.stderr).toMatch(/bellhop\.yaml, line 3, column \d+/);
  const send = ["send", "VIEW", "--set", page];
  expect((await folders.bellhop(send)).code).toBe(2);
  expect((await folders.bellhop([...send, "--env", "sandbox"])).code).toBe(0);
});

test("without a safe store a secret is not taken, and the variables are named", async ({ folders }) => {
  const noKeychain = { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };
  const { code, stderr } = await folders.bellhop(["secret", "set", "eu"], {
    input: "key\ntoken\n",
    variables: noKeychain,
  });
  test.skip(process.platform !== "linux", "other systems have a keychain that cannot be switched off");
  expect(code).toBe(4);
  expect(stderr).toContain("BELLHOP_CLIENT_KEY_EU");
});

test("a credential that is not there is not said to be forgotten", async ({ folders }) => {
  const removed = await folders.bellhop(["secret", "remove", "eu"]);
  expect(removed.stderr).toContain("No credential is kept for eu.");
  expect(removed.code).toBe(0);
});

test("a secret is set only for an environment that there is and that needs one", async ({ folders }) => {
  const set = (environment: string) =>
    folders.bellhop(["secret", "set", environment], { input: "key\ntoken\n" });
  const unknown = await set("nowhere");
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain("There is no environment nowhere.");
  const sandbox = await set("sandbox");
  expect(sandbox.code).toBe(2);
  expect(sandbox.stderr).toContain("public credential");
});

test("log --follow shows what another process sends", async ({ folders }) => {
  await folders.bellhop(["send", "VIEW", "--set", page]);
  const follow = startNode(program.commandLine, {
    args: ["log", "--follow", "--json", "--filter", "type:SEARCH", "--profile", folders.profile],
  });
  await follow.said(/No entry matches/);
  await folders.bellhop(["send", "SEARCH", "--set", "search_term=shoes"]);
  await follow.said(/"ingestion":"processed"/);
  expect(follow.output()).not.toContain('"type":"VIEW"');
  expect(await follow.stop()).toBe(0);
});

test("log filters, limits, and survives a reader that closes the pipe", async ({ folders }) => {
  for (const term of ["red", "blue"]) {
    await folders.bellhop(["send", "SEARCH", "--set", `search_term=${term}`]);
  }
  const found = await folders.bellhop(["log", "--json", "--filter", "blue verdict:processed"]);
  expect(found.stdout.trim().split("\n")).toHaveLength(1);
  expect((JSON.parse(found.stdout) as Entry).event).toMatchObject({ search_term: "blue" });
  const newest = await folders.bellhop(["log", "--json", "--limit", "1"]);
  expect((JSON.parse(newest.stdout) as Entry).event).toMatchObject({ search_term: "blue" });
  const wrong = await folders.bellhop(["log", "--filter", "status:good"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("there are 2xx, 3xx");
});

test("sandbox prints its address, answers there, and ends with 0 at Ctrl-C", async ({ folders }) => {
  const sandbox = startNode(program.commandLine, {
    args: ["sandbox", "--port", "0", "--strict", "--data", join(folders.path, "sandbox.db")],
  });
  const [, url] = await sandbox.said(/ready at (http:\/\/127\.0\.0\.1:\d+)/);
  const variables = { BELLHOP_SANDBOX_URL: url };
  const strict = await folders.bellhop(["send", "IDENTITY", "--set", "email=no", "--no-validate", "--json"], {
    variables,
  });
  expect((JSON.parse(strict.stdout) as Entry).response?.status).toBe(400);
  expect((await folders.bellhop(["send", "VIEW", "--set", page], { variables })).code).toBe(0);
  expect(await sandbox.stop()).toBe(0);
});
