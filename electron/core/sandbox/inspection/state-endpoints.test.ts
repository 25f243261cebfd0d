import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { request } from "undici";
import { describe, expect, it } from "vitest";
import { basic, startSandbox, type TestSandbox } from "../testing/sandbox-fixture";

const named = (name: unknown) => ({ body: JSON.stringify({ name }) });

const guestsOf = async ({ call }: TestSandbox): Promise<unknown> =>
  (await call("GET", "/_sandbox/summary")).body["guests"];

describe("snapshots", () => {
  it("are saved by a name, listed, restored and removed", async () => {
    const sandbox = await startSandbox();
    const { call, browser } = sandbox;
    await browser();
    const saved = await call("POST", "/_sandbox/snapshots", named("  before the sale "));
    expect(saved).toMatchObject({ status: 200, body: { name: "before the sale", guests: 1, events: 0 } });
    expect((await call("GET", "/_sandbox/snapshots")).body).toEqual({ items: [saved.body] });
    await browser();
    expect(await guestsOf(sandbox)).toBe(2);
    expect((await call("POST", "/_sandbox/snapshots/restore", named("before the sale"))).status).toBe(200);
    expect(await guestsOf(sandbox)).toBe(1);
    expect((await call("POST", "/_sandbox/snapshots/remove", named("before the sale"))).status).toBe(200);
    expect((await call("GET", "/_sandbox/snapshots")).body).toEqual({ items: [] });
  });

  it.each(["restore", "remove"])("that are not there answer %s with 404", async (act) => {
    const { call } = await startSandbox();
    const answer = await call("POST", `/_sandbox/snapshots/${act}`, named("nothing"));
    expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect(answer.body["message"]).toContain('"nothing"');
  });

  it.each([
    ["", "constructor"],
    ["/restore", 5],
    ["/remove", null],
    ["", ""],
    ["", "a\nb"],
    ["", "a\ud800"],
    ["", "x".repeat(81)],
  ])("at %s do not take the name %j", async (path, name) => {
    const { call } = await startSandbox();
    const body = name === "constructor" ? '{"constructor":"a"}' : named(name).body;
    const answer = await call("POST", `/_sandbox/snapshots${path}`, { body });
    expect(answer).toMatchObject({ status: 400, body: { code: "bad-body" } });
  });
});

describe("an export", () => {
  it("is a file to keep, and brings the state back where it is imported", async () => {
    const first = await startSandbox();
    const id = await first.browser();
    await first.post(first.view(id));
    await first.summary();
    const exported = await first.call("GET", "/_sandbox/export");
    expect(exported.headers["content-disposition"]).toContain("sandbox-state.json");

    const second = await startSandbox();
    await second.browser();
    expect((await second.call("POST", "/_sandbox/import", { body: exported.text })).status).toBe(200);
    expect(await second.events()).toEqual(await first.events());
    expect((await second.post(second.view(id))).status).toBe(201);
  });

  it("that nobody reads to its end holds nothing up", async () => {
    const { sandbox, browser, post, view, summary, problems } = await startSandbox();
    const event = view(await browser(), { ext: { text: "x".repeat(4_000_000) } });
    for (let index = 0; index < 4; index += 1) await post(event);
    await summary();
    const answer = await request(`${sandbox.url}/_sandbox/export`);
    answer.body.on("error", () => undefined).destroy();
    expect(await summary()).toMatchObject({ processed: 4 });
    await sandbox.close();
    expect(problems).toEqual([]);
  });
});

describe("an import", () => {
  const leftovers = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith("bellhop-import-"));

  it.each([
    ["nothing", "", 400],
    ["what is not JSON", "{", 400],
    ["JSON that is no export", "[1, 2]", 400],
    ["what is not UTF-8", Buffer.from([0x7b, 0xff, 0xfe]), 400],
  ])("of %s is refused, and leaves everything as it was", async (_what, body, status) => {
    const sandbox = await startSandbox();
    await sandbox.browser();
    const answer = await sandbox.call("POST", "/_sandbox/import", { body });
    expect(answer.status).toBe(status);
    expect(answer.body["message"]).not.toBe("");
    expect(await guestsOf(sandbox)).toBe(1);
  });

  it("that is compressed is refused with 415", async () => {
    const { call } = await startSandbox();
    const headers = { "content-encoding": "gzip" };
    expect((await call("POST", "/_sandbox/import", { headers, body: "x" })).status).toBe(415);
  });

  it("that is larger than what the quota allows is refused with 413, and leaves no file", async () => {
    const sandbox = await startSandbox({ config: { quota: 100_000 } });
    const before = await leftovers();
    const answer = await sandbox.call("POST", "/_sandbox/import", { body: " ".repeat(300_000) });
    expect(answer.status).toBe(413);
    expect((await leftovers()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it("needs Basic where other machines get in, and refuses pages of other origins", async () => {
    const config = { clientKey: "mine", apiToken: "token" };
    const { call } = await startSandbox({ host: "0.0.0.0", config });
    for (const [method, path] of [
      ["POST", "/_sandbox/import"],
      ["GET", "/_sandbox/export"],
      ["GET", "/_sandbox/snapshots"],
      ["POST", "/_sandbox/snapshots/restore"],
      ["POST", "/_sandbox/clock"],
      ["PUT", "/_sandbox/faults"],
      ["DELETE", "/_sandbox/faults"],
    ] as const) {
      expect((await call(method, path)).status).toBe(401);
      const headers = { authorization: basic("mine", "token"), "sec-fetch-site": "cross-site" };
      expect((await call(method, path, { headers })).status).toBe(403);
    }
  });
});
