import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import { startDatabaseThread } from "../../database/database";
import { defaultConfig, type SandboxConfig } from "../config/sandbox-config";
import { runSandbox, type RunOptions, type RunningSandbox } from "../running-sandbox";

export interface TestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: JsonObject;
}

interface Call {
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** `Basic base64(clientKey:apiToken)` */
export const basic = (clientKey = "sandbox", apiToken = "sandbox"): string =>
  `Basic ${Buffer.from(`${clientKey}:${apiToken}`).toString("base64")}`;

/** Sends a request as written, without following anything. */
export const call = async (
  url: string,
  method: string,
  path: string,
  options: Call = {},
): Promise<TestAnswer> => {
  const answer = await request(`${url}${path}`, { method: method as "GET", ...options });
  const text = await answer.body.text();
  const isJson = String(answer.headers["content-type"]).startsWith("application/json");
  const body = isJson ? (JSON.parse(text) as JsonObject) : {};
  return { status: answer.statusCode, headers: answer.headers, text, body };
};

/** Writes bytes to a socket and gives what comes back until the other side is done. */
export const sendRaw = (port: number, bytes: string | Buffer, ended = "}"): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    const end = (): void => {
      socket.destroy();
      resolve(received);
    };
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString("utf8");
      if (received.endsWith(ended)) end();
    });
    socket.on("error", reject);
    socket.on("close", end);
    socket.write(bytes);
  });

/** A folder that is gone after the test. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "bellhop-sandbox-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export interface TestSandbox {
  sandbox: RunningSandbox;
  problems: string[];
  call(method: string, path: string, options?: Call): Promise<TestAnswer>;
  /** @returns a browser id that the sandbox knows */
  browser(): Promise<string>;
  /** Posts an event with Basic, as transport `spec` does. */
  post(event: JsonObject): Promise<TestAnswer>;
  /** A valid VIEW of the spec catalog. */
  view(browserId: string, fields?: JsonObject): JsonObject;
  /** The events of the sandbox once nothing is pending. */
  events(query?: string): Promise<JsonObject[]>;
  summary(): Promise<JsonObject>;
}

type Options = Partial<Omit<RunOptions, "config">> & { config?: Partial<SandboxConfig> };

/** A real sandbox on a free port, ended with the test. */
export const startSandbox = async ({ config, ...options }: Options = {}): Promise<TestSandbox> => {
  const thread = options.thread ?? startDatabaseThread();
  const problems: string[] = [];
  const sandbox = await runSandbox({
    thread,
    file: ":memory:",
    host: "127.0.0.1",
    port: 0,
    report: (problem) => problems.push(problem),
    config: { ...defaultConfig, delay: 1, ...config },
    ...options,
  });
  onTestFinished(async () => {
    await sandbox.close();
    if (!options.thread) await thread.close();
  });
  const ask = (method: string, path: string, given?: Call) => call(sandbox.url, method, path, given);
  const { clientKey, apiToken } = sandbox.config.current();
  return {
    sandbox,
    problems,
    call: ask,
    async browser() {
      const { body } = await ask("GET", `/v1.2/browser/create.json?client_key=${clientKey}`);
      return String(body["ref"]);
    },
    post: (event) =>
      ask("POST", "/v1.2/event/create.json", {
        headers: { authorization: basic(clientKey, apiToken), "content-type": "application/json" },
        body: JSON.stringify(event),
      }),
    view: (browserId, fields = {}) => ({
      channel: "WEB",
      type: "VIEW",
      browser_id: browserId,
      session_id: randomUUID(),
      pos: "bellhop",
      currency: "EUR",
      language: "EN",
      page: "https://shop.example/",
      ...fields,
    }),
    async events(query = "") {
      await ask("GET", "/_sandbox/summary?settle=10s");
      const { body } = await ask("GET", `/_sandbox/events${query}`);
      return body["items"] as JsonObject[];
    },
    summary: async () => (await ask("GET", "/_sandbox/summary?settle=10s")).body,
  };
};
