import { expect } from "@playwright/test";
import type { Envelope } from "../../shared/contract/messages";
import type { Entry } from "../../shared/model/entry";
import { converse, type ChannelKind, type Conversation } from "../contract/channels/channel";
import { ipcChannel } from "../contract/channels/ipc";
import { memoryChannel } from "../contract/channels/memory";
import { webSocketChannel } from "../contract/channels/web-socket";
import { startLoopback } from "../fixtures/loopback";
import {
  startScriptedServer,
  type ReceivedRequest,
  type Reply,
  type ScriptedServer,
} from "../fixtures/scripted-server";
import { canary, canaryIn, canaryInFolder } from "./canary";
import { test } from "./folders";
import { openChannel } from "./open-channel";
import { writeFiles } from "./scenario-files";

/** A target that says back all that it was told, in every way it can think of. */
const betray = ({ url, headers, body }: ReceivedRequest, count: number): Reply => {
  const told = JSON.stringify({
    url,
    headers,
    body,
    decoded: decodeURIComponent(url),
    status: "OK",
    ref: "r-1",
  });
  const authorization = String(headers["authorization"] ?? "none");
  const clear = Buffer.from(authorization.replace("Basic ", ""), "base64").toString("utf8");
  const all = {
    "content-type": "application/json",
    "x-told": authorization,
    "set-cookie": `key=${encodeURIComponent(clear)}`,
  };
  if (count % 4 === 0)
    return { status: 302, headers: { ...all, location: `/?told=${encodeURIComponent(clear)}` } };
  if (count % 4 === 1) return { status: 201, headers: all, body: told };
  if (count % 4 === 2) return { status: 401, headers: all, body: `wrong key: ${clear}` };
  return { status: 201, headers: all, body: JSON.stringify({ clear, again: [clear, told] }) };
};

const environment = (baseUrl: string, transport: "spec" | "engage") => ({
  name: `canary-${transport}`,
  colour: "plum" as const,
  baseUrl,
  transport,
  catalog: transport === "spec" ? ("spec" as const) : ("sitecore" as const),
  channel: "WEB",
  pos: "shop",
  currency: "EUR",
  production: false,
  vars: {},
});

const failing = { raw: "HTTP/1.1 201 Created\r\ncontent-length: 500\r\n\r\n{", then: "reset" } as const;

/** Stores the canary, sends with it, fails with it, and asks for all that can be asked. */
const useSecret = async (channel: Conversation, server: ScriptedServer): Promise<void> => {
  for (const transport of ["spec", "engage"] as const) {
    const { name } = await channel.call("environments.save", {
      environment: environment(server.url, transport),
    });
    const { clientKey, apiToken } = canary;
    await channel.call("credentials.set", { environment: name, clientKey, apiToken });
    const event = { page: "https://shop.example/", ext: { note: clientKey, other: apiToken } };
    const input = { environment: name, messageType: "VIEW", event };
    await channel.call("sender.preview", input);
    for (let count = 0; count < 6; count++) {
      await channel.ask("sender.send", { ...input, source: { kind: "composer" }, allowInvalid: true });
    }
    await channel.ask("guests.new", { environment: name });
    await channel.ask("credentials.test", { environment: name, createsGuest: true });
    await channel.ask("guests.lookUp", { environment: name, by: { email: "ada@shop.example" } });
  }
  const { rows } = await channel.call("log.query", { limit: 100 });
  expect(rows.length).toBeGreaterThan(10);
  for (const { id, kind } of rows) {
    await channel.call("log.detail", { id });
    if (kind === "event") await channel.ask("sender.resend", { entryId: id });
    const { ticket } = await channel
      .call("log.download", { id, part: "request" })
      .catch(() => ({ ticket: "" }));
    if (ticket) expect(canaryIn((await channel.download(ticket)).text)).toEqual([]);
  }
  for (const format of ["har", "ndjson", "csv", "curl"] as const) {
    const { ticket } = await channel.call("log.export", { filter: {}, format });
    const { text } = await channel.download(ticket);
    expect(text).toContain("***");
    expect(canaryIn(text)).toEqual([]);
  }
  await channel.call("environments.list", {});
  const exported = await channel.call("environments.export", { format: "yaml" });
  expect(canaryIn((await channel.download(exported.ticket)).text)).toEqual([]);
  await channel.call("app.info", {});
  await channel.ask("log.query", { limit: 10, filter: { text: canary.clientKey } });
  await channel.ask("credentials.set", { environment: "canary-spec", clientKey: [canary.clientKey] });
};

const kinds: ChannelKind[] = [memoryChannel, webSocketChannel, ipcChannel];

for (const kind of kinds) {
  test(`no byte that comes out of the channel ${kind.name} holds the secret, and none in the profile`, async ({
    folders,
  }) => {
    const server = await startScriptedServer((request, count) =>
      count % 7 === 0 ? failing : betray(request, count),
    );
    const raw = await kind.start(folders.profile, folders.workspace);
    const heard: string[] = [];
    raw.onMessage((message) => heard.push(JSON.stringify(message)));
    const channel = converse(raw);
    await useSecret(channel, server);

    // The target did get the secret, so the test is worth something.
    expect(server.requests.some(({ headers }) => canaryIn(String(headers["authorization"])).length > 0)).toBe(
      true,
    );
    await raw.close();
    await server.close();
    expect(heard.length).toBeGreaterThan(20);
    expect(canaryIn(heard.join("\n"))).toEqual([]);
    expect(await canaryInFolder(folders.path)).toEqual([]);
  });
}

test("no byte that the command line prints or writes holds the secret", async ({ folders }) => {
  const server = await startScriptedServer(betray);
  await folders.bellhop([
    "env",
    "add",
    "canary",
    "--url",
    server.url,
    "--pos",
    "shop",
    "--channel",
    "WEB",
    "--currency",
    "EUR",
  ]);
  const variables = {
    BELLHOP_CLIENT_KEY_CANARY: canary.clientKey,
    BELLHOP_API_TOKEN_CANARY: canary.apiToken,
  };
  const verbs = [
    ["send", "VIEW", "--env", "canary", "--json"],
    ["send", "VIEW", "--env", "canary", "--set", `ext={"note":${JSON.stringify(canary.clientKey)}}`],
    ["send", "VIEW", "--env", "canary", "--new-guest", "--json"],
    ["send", "VIEW", "--env", "canary", "--dry-run"],
    ["send", "VIEW", "--env", "canary", "--dry-run", "--json"],
    ["env", "show", "canary", "--json"],
    ["env", "list"],
    ["env", "test", "canary", "--json"],
    ["env", "export", "canary"],
    ["secret", "list", "--json"],
    ["log"],
    ["log", "--json"],
  ];
  let printed = "";
  for (const verb of verbs) {
    const { stdout, stderr } = await folders.bellhop(verb, { variables });
    printed += stdout + stderr;
  }
  const sent = printed
    .split("\n")
    .filter((line) => line.startsWith('{"seq"') && line.includes('"kind":"event"'));
  const entry = JSON.parse(sent.at(-1) ?? "{}") as Entry;
  expect(entry.request.headers["authorization"]).toBe("***(matches canary)");
  expect(canaryIn(printed)).toEqual([]);
  await server.close();
  expect(await canaryInFolder(folders.path)).toEqual([]);
});

test("no byte of a run or of its reports holds the secret", async ({ folders }) => {
  const server = await startScriptedServer(betray);
  const fields = ["--pos", "shop", "--channel", "WEB", "--currency", "EUR", "--language", "EN"];
  for (const transport of ["spec", "engage"]) {
    await folders.bellhop([
      "env",
      "add",
      transport,
      "--url",
      server.url,
      "--transport",
      transport,
      ...fields,
    ]);
  }
  const step = (type: string) => `  - send: ${type}
    continue: true
    event: { page: "https://shop.example/", ext: { note: "{{ key }}" } }
    capture: { told: /clear }
    expect: { body: { clear: "{{ key }}" }, headers: { x-told: never } }
`;
  await writeFiles(folders.workspace, {
    "secret.scenario.yaml": `bellhop: 1
vars: { key: none }
steps:
${step("VIEW").repeat(4)}  - guest: { by: { email: ada@shop.example }, expect: { guestType: customer }, within: 1s, every: 200ms }
`,
  });
  const variables = Object.fromEntries(
    ["SPEC", "ENGAGE"].flatMap((name) => [
      [`BELLHOP_CLIENT_KEY_${name}`, canary.clientKey],
      [`BELLHOP_API_TOKEN_${name}`, canary.apiToken],
    ]),
  );
  const reports = ["json", "junit", "html", "pretty"].flatMap((name) => [
    "--reporter",
    `${name}=reports/${name}`,
  ]);
  const run = [
    "run",
    "secret.scenario.yaml",
    "--iterations",
    "3",
    "--var",
    `key=${canary.clientKey}`,
    ...reports,
  ];
  const verbs = [
    [...run, "--env", "spec", "--json"],
    [...run, "--env", "engage", "--concurrency", "3"],
    [...run, "--env", "spec", "--dry-run"],
    [
      "scenario",
      "export",
      "secret.scenario.yaml",
      "--format",
      "artillery",
      "--out",
      "out/load.yaml",
      "--env",
      "spec",
    ],
    ["log", "--json"],
  ];
  let printed = "";
  for (const verb of verbs) {
    const { stdout, stderr } = await folders.bellhop(verb, { variables, folder: folders.workspace });
    printed += stdout + stderr;
    expect(await canaryInFolder(folders.path), verb.join(" ")).toEqual([]);
  }
  // The target was told the secret, and its answers came into the reports.
  expect(server.requests.some(({ headers }) => canaryIn(String(headers["authorization"])).length > 0)).toBe(
    true,
  );
  expect(printed).toContain('"state":"failed"');
  expect(canaryIn(printed)).toEqual([]);
  await server.close();
});

test("a host that is killed with a request under way leaves no secret behind", async ({ folders }) => {
  const server = await startScriptedServer(({ url }) =>
    url.includes("browser") ? betray({ method: "GET", url, headers: {}, body: "" }, 1) : { hold: true },
  );
  const { profile, workspace } = folders;
  const host = await startLoopback({
    profile,
    workspace,
    variables: { BELLHOP_CLIENT_KEY_CANARY: canary.clientKey, BELLHOP_API_TOKEN_CANARY: canary.apiToken },
  });
  const channel = await openChannel(host);
  const saved: Envelope<unknown> = await channel.ask("environments.save", {
    environment: { ...environment(server.url, "spec"), name: "canary" },
  });
  expect(saved.ok).toBe(true);
  void channel.ask("sender.send", {
    environment: "canary",
    messageType: "VIEW",
    event: { ext: { note: canary.apiToken } },
    guest: { browserId: "b", sessionId: "s" },
    source: { kind: "composer" },
    allowInvalid: true,
  });
  await server.received(1);
  await host.kill();
  await server.close();
  expect(canaryIn(host.output())).toEqual([]);
  expect(await canaryInFolder(folders.path)).toEqual([]);
});
