import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  startScriptedServer,
  type Reply,
  type ScriptedServer,
} from "../../../../e2e/fixtures/scripted-server";
import type { RunOptions } from "../../../../shared/model/run";
import { openRuns, type OpenRuns } from "../runs-for-tests";

const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const browser = json({ ref: "browser-1", customer_ref: "guest-1" }, 201);
const reset: Reply = { raw: "", then: "reset" };
const taken = json({ ref: "event-1", status: "OK" }, 201);

let server: ScriptedServer;
let runs: OpenRuns;
/** What the target answers; `asked` counts the requests to the same address. */
let reply: (url: string, asked: number) => Reply;
beforeEach(async () => {
  server = await startScriptedServer(({ url }) =>
    reply(url, server.requests.filter((other) => other.url === url).length),
  );
  onTestFinished(() => server.close());
  const variables = { BELLHOP_CLIENT_KEY_SHOP: "client-key-1", BELLHOP_API_TOKEN_SHOP: "api-token-1" };
  runs = await openRuns({ variables });
  await runs.addEnvironment({ name: "shop", baseUrl: server.url });
});

const play = (steps: string, options: RunOptions = {}) =>
  runs.play(`steps:\n${steps}`, { rate: 1000, ...options }, { environment: "shop" });
const view = '{ send: VIEW, event: { page: "https://shop.example/" } }';

describe("a step that needed a browser", () => {
  it("says what the target answered instead, and which entry has it", async () => {
    reply = () => json({ message: "down for maintenance" }, 503);
    const { steps } = await play(`  - ${view}\n`);
    const { rows } = await runs.call("log.query", { limit: 10 });
    expect(rows).toMatchObject([{ kind: "browser", status: 503 }]);
    expect(steps[0]).toMatchObject({ state: "failed", status: 503, error: null, entryIds: [rows[0]?.id] });
  });

  it("says that nobody answered where that is so", async () => {
    reply = () => reset;
    const { steps } = await play(`  - ${view}\n`);
    expect(steps[0]).toMatchObject({ state: "failed", status: null, error: "RESET" });
    expect(steps[0]?.entryIds).toHaveLength(1);
  });
});

describe("an attempt that follows another", () => {
  it("shows nothing of the answer before it", async () => {
    reply = (url, asked) =>
      url.includes("browser") ? browser : asked === 1 ? json({ message: "busy" }, 503) : reset;
    const { steps } = await play(
      `  - { send: VIEW, event: { page: "https://shop.example/" }, retry: { times: 1, every: 1ms } }\n`,
    );
    expect(steps[0]).toMatchObject({ error: "RESET", status: null, response: null });
    expect(steps[0]?.entryIds).toHaveLength(2);
  });
});

describe("a guest who is not there", () => {
  it("is told with whom was asked for, and every question is named", async () => {
    reply = (url) =>
      url.includes("browser") ? browser : url.includes("guests") ? json({ items: [] }) : taken;
    const { steps } = await play(
      `  - { guest: { by: { email: ada@shop.example }, expect: { firstName: Ada }, within: 1ms } }\n`,
    );
    expect(steps[0]?.failures).toMatchObject([{ of: "guest", expected: { email: "ada@shop.example" } }]);
    expect(steps[0]?.entryIds).toHaveLength(1);
  });

  it("has the entry of a question that failed, too", async () => {
    reply = (url) => (url.includes("browser") ? browser : json({ message: "no" }, 500));
    const { steps } = await play(
      `  - { guest: { by: { email: ada@shop.example }, expect: { firstName: Ada }, within: 1ms } }\n`,
    );
    expect(steps[0]?.state).toBe("failed");
    expect(steps[0]?.entryIds).toHaveLength(1);
  });
});

describe("what is drawn", () => {
  beforeEach(() => {
    reply = (url) => (url.includes("browser") ? browser : taken);
  });

  it("is what was checked before, without a seed, too", async () => {
    // Half of all seeds draw a channel that the catalog calls invalid; those are refused, and nothing is sent.
    const text = `steps:
  - { send: VIEW, event: { page: "https://shop.example/", channel: "{{ $pick(WEB,x) }}" } }
`;
    const seeds = ["1", "2", "3", "4", "5", "6"];
    const outcomes: string[] = [];
    for (const seed of [...seeds, undefined, undefined, undefined]) {
      const before = server.requests.length;
      const options = { rate: 1000, ...(seed !== undefined && { seed }) };
      const played = await runs.play(text, options, { environment: "shop" }).catch(() => null);
      if (played === null) expect(server.requests.length).toBe(before);
      else expect(played.steps[0]).toMatchObject({ state: "passed", event: { channel: "WEB" } });
      outcomes.push(played === null ? "refused" : "sent");
    }
    expect(new Set(outcomes.slice(0, seeds.length)).size).toBe(2);
  });

  it("ends an iteration under --bail although its step says that it goes on", async () => {
    const { run, steps } = await play(
      `  - { send: VIEW, event: { page: "https://shop.example/" }, expect: { status: 418 }, continue: true }\n  - ${view}\n`,
      { bail: true },
    );
    expect(steps.map(({ state }) => state)).toEqual(["failed", "skipped"]);
    expect(run.state).toBe("failed");
  });

  it("fails a step that would wait longer than anybody can, once that is known", async () => {
    reply = (url) => (url.includes("browser") ? browser : json({ ref: "event-1", wait: "40d" }, 201));
    const { steps } = await play(
      `  - { send: VIEW, event: { page: "https://shop.example/" }, capture: { pause: /wait } }\n  - wait: "{{ pause }}"\n`,
    );
    expect(steps[1]?.failures).toMatchObject([{ message: "wait is 40d, and 24d is the most." }]);
  });
});
