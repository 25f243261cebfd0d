import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startScriptedServer, type Reply, type ScriptedServer } from "../../../e2e/fixtures/scripted-server";
import { openCore, type OpenCore } from "../sender/core-for-tests";

const json = (body: unknown, status = 200): Reply => ({ status, body: JSON.stringify(body) });
const config = json({ instance: "i", pointsOfSale: [], strict: false });

let core: OpenCore;
let server: ScriptedServer;
let answer: Reply;

beforeEach(async () => {
  server = await startScriptedServer(({ url }) => (url === "/_sandbox/config" ? config : answer));
  core = await openCore({ BELLHOP_SANDBOX_URL: server.url });
});
afterEach(async () => {
  await core.close();
  await server.close();
  expect(core.problems).toEqual([]);
});

describe("the guests of a sandbox", () => {
  it("are asked for with what a person looks for, percent-encoded", async () => {
    answer = json({ items: [], total: 0 });
    const search = { text: "a&b ü", type: "visitor", offset: 20, limit: 10 } as const;
    expect(await core.call("guests.list", search)).toEqual({ rows: [], total: 0 });
    expect(server.requests.at(-1)?.url).toBe(
      "/_sandbox/guests?text=a%26b%20%C3%BC&type=visitor&offset=20&limit=10",
    );
    answer = json({ items: [], next: 7, total: 9 });
    const page = { ref: "g-1", after: 3, limit: 100 };
    expect(await core.call("guests.history", page)).toEqual({ items: [], next: 7, total: 9 });
    expect(server.requests.at(-1)?.url).toBe("/_sandbox/guests/g-1/history?after=3&limit=100");
    expect(await core.call("guests.events", page)).toEqual({ items: [], next: 7 });
    expect(server.requests.at(-1)?.url).toBe("/_sandbox/guests/g-1/events?after=3&limit=100");
  });

  it("that are not there are NOT_FOUND, at a place of their history too", async () => {
    answer = json({ status: 404, code: "unknown-guest", message: "None." }, 404);
    expect(await core.fails("guests.profile", { ref: "nobody", at: 7 })).toMatchObject({ code: "NOT_FOUND" });
    expect(server.requests.at(-1)?.url).toBe("/_sandbox/guests/nobody?at=7");
  });

  it("of an older sandbox cannot be read, which is said", async () => {
    answer = json({ status: 404, code: "unknown-path", message: "There is no such path." }, 404);
    expect(await core.fails("guests.list", { offset: 0, limit: 1 })).toMatchObject({ code: "UNSUPPORTED" });
  });

  it.each<[string, Reply]>([
    ["something else than JSON", { status: 200, body: "<html>" }],
    ["another shape", json({ items: [{ ref: 7 }], total: 1 })],
    ["a failure", json({ status: 500, code: "sandbox-failure", message: "It failed." }, 500)],
    ["a broken connection", { raw: "", then: "reset" }],
  ])("are UNREACHABLE behind %s", async (_what, reply) => {
    answer = reply;
    const error = await core.fails("guests.list", { offset: 0, limit: 1 });
    expect(error.code).toBe("UNREACHABLE");
    expect(error.hint).toBeTruthy();
  });

  it("are UNREACHABLE where no sandbox runs, and asking starts none", async () => {
    const other = await openCore();
    expect(await other.fails("guests.list", { offset: 0, limit: 1 })).toMatchObject({
      code: "UNREACHABLE",
      message: "The sandbox is not running, so its guests cannot be read.",
    });
    expect(await other.call("sandbox.status", {})).toMatchObject({ state: "stopped" });
    await other.close();
  });
});
