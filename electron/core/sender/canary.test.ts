import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { startScriptedServer, type ReceivedRequest, type Reply } from "../../../e2e/fixtures/scripted-server";
import type { InputOf } from "../../../shared/contract/commands";
import { toCurl } from "../../../shared/to-curl";
import { openCore, type OpenCore } from "./core-for-tests";

const clientKey = 'c4n4ry-kéy/+"x';
const apiToken = "c4n4ry-t0ken%&=?~";
const variables = {
  BELLHOP_CLIENT_KEY_STAGING: clientKey,
  BELLHOP_API_TOKEN_STAGING: apiToken,
  BELLHOP_CLIENT_KEY_ENGAGE: clientKey,
  BELLHOP_CLIENT_KEY_GET: clientKey,
  BELLHOP_CONTEXT_ID_EDGE: apiToken,
  BELLHOP_CLIENT_KEY_GONE: clientKey,
  BELLHOP_API_TOKEN_GONE: apiToken,
  BELLHOP_CLIENT_KEY_SHORT: "k1",
  BELLHOP_API_TOKEN_SHORT: "t1",
};

const base64At = (secret: string, offset: number): string => {
  const bytes = Buffer.from(secret);
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
};

/** Every form that would give a secret away. */
const traces = [clientKey, apiToken].flatMap((secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  ...[0, 1, 2].map((offset) => base64At(secret, offset)),
]);
const shortPair = Buffer.from("k1:t1").toString("base64");

const found = (bytes: Buffer): string[] => [...traces, shortPair].filter((trace) => bytes.includes(trace));

/** Every text in a value, names included, as it is and not as JSON writes it. */
const texts = (value: unknown): string[] => {
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...texts(inner)]);
};

/** Gives back all that arrived, in every form that a server might. */
const echo = ({ url, headers, body }: ReceivedRequest): Reply => ({
  status: url.includes("fail") ? 401 : 201,
  headers: { "x-echo": encodeURIComponent(body || url), "set-cookie": `key=${encodeURIComponent(apiToken)}` },
  body: JSON.stringify({
    ref: url.includes("browser") ? "browser-1" : "event-1",
    url,
    headers,
    body,
    twice: JSON.stringify({ headers, body }),
    secrets: [
      clientKey,
      apiToken,
      encodeURIComponent(clientKey),
      Buffer.from(`ab${apiToken}`).toString("base64"),
    ],
  }),
});

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const filesUnder = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

const everythingWritten = async (core: OpenCore): Promise<Record<string, string[]>> => {
  const leaks: Record<string, string[]> = {};
  for (const file of await filesUnder(core.profileFolder)) {
    const leaked = found(await readFile(file));
    if (leaked.length > 0) leaks[file] = leaked;
  }
  return leaks;
};

it("a secret is in no byte of the profile, of an answer or of a notification, whatever a target sends back", async () => {
  const server = await startScriptedServer((request, count) => {
    const replies: Reply[] = [
      echo(request),
      {
        status: 302,
        headers: { location: `https://elsewhere.example/?client_key=${encodeURIComponent(clientKey)}` },
      },
      { status: 200, body: Buffer.concat([Buffer.from([0xff]), Buffer.from(apiToken), Buffer.from([0xfe])]) },
      {
        raw: `HTTP/1.1 200 ${encodeURIComponent(apiToken)}\r\ncontent-length: 99\r\n\r\n${apiToken}`,
        then: "end",
      },
    ];
    return request.url.includes("browser")
      ? echo(request)
      : (replies[count % replies.length] ?? echo(request));
  });
  open.push(() => server.close());
  const core = await openCore(variables);
  open.push(() => core.close());
  const baseUrl = server.url;
  await core.addEnvironment({ name: "staging", baseUrl });
  await core.addEnvironment({
    name: "engage",
    baseUrl: `${baseUrl}/fail`,
    transport: "engage",
    catalog: "sitecore",
  });
  await core.addEnvironment({ name: "get", baseUrl, transport: "http-get", catalog: "sitecore" });
  await core.addEnvironment({ name: "edge", baseUrl, transport: "edge", catalog: "sitecore", siteId: "s" });
  await core.addEnvironment({ name: "short", baseUrl });
  await core.addEnvironment({ name: "gone", baseUrl: `http://127.0.0.1:1/${encodeURIComponent(clientKey)}` });

  const answers: unknown[] = [];
  const event: InputOf<"sender.send">["event"] = {
    type: "VIEW",
    page: `https://shop.example/?client_key=${encodeURIComponent(clientKey)}`,
    [apiToken]: [clientKey, { deep: Buffer.from(`x${clientKey}`).toString("base64") }],
    client_key: clientKey,
    browser_id: "own-1",
  };
  for (const environment of [
    "staging",
    "engage",
    "short",
    "get",
    "edge",
    "staging",
    "engage",
    "short",
    "get",
    "edge",
    "staging",
    "gone",
  ]) {
    const written = { environment, messageType: "VIEW", event };
    answers.push(await core.call("sender.preview", written).catch(String));
    const input = { ...written, source: { kind: "composer" }, allowInvalid: true } as const;
    answers.push(await core.call("sender.send", input).catch(String));
    answers.push(await core.call("guests.new", { environment }).catch(String));
  }
  const { rows } = await core.call("log.query", { limit: 100 });
  for (const { id } of rows) {
    const entry = await core.call("log.detail", { id });
    answers.push(entry, toCurl(entry));
    answers.push(await core.call("sender.resend", { entryId: id }).catch(String));
  }

  expect(server.requests.some(({ body }) => body.includes(JSON.stringify(clientKey).slice(1, -1)))).toBe(
    true,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(found(Buffer.from(texts([answers, core.notifications, core.problems]).join("\n")))).toEqual([]);
  expect(await everythingWritten(core)).toEqual({});
  await core.closeCore();
  expect(await everythingWritten(core)).toEqual({});
});
