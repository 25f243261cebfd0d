import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startDatabaseThread } from "../../database/database";
import { defaultConfig } from "../config/sandbox-config";
import { runSandbox } from "../running-sandbox";
import { startSandbox, temporaryFolder } from "../testing/sandbox-fixture";

const sharedThread = () => {
  const thread = startDatabaseThread();
  onTestFinished(() => thread.close());
  return thread;
};

describe("the state", () => {
  it("survives a restart: browsers, events and counts", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const thread = sharedThread();
    const first = await startSandbox({ thread, file });
    const id = await first.browser();
    await first.post(first.view(id));
    await first.post(first.view("nobody"));
    const [before, events] = [await first.summary(), await first.events()];
    await first.sandbox.close();

    const second = await startSandbox({ thread, file });
    expect(await second.summary()).toEqual(before);
    expect(await second.events()).toEqual(events);
    expect((await second.post(second.view(id))).status).toBe(201);
  });

  it("has an outcome for what was accepted and not processed before the restart", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const thread = sharedThread();
    const first = await startSandbox({ thread, file, config: { delay: 86_400_000 } });
    const id = await first.browser();
    await first.post(first.view(id));
    await first.post(first.view(id, { pos: "nowhere" }));
    await first.sandbox.close();

    const second = await startSandbox({ thread, file });
    expect(await second.summary()).toMatchObject({ total: 2, processed: 1, dropped: 1, pending: 0 });
  });

  it("is shared by two sandboxes at once, and no event has two outcomes", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const [one, two] = [await startSandbox({ file }), await startSandbox({ file })];
    const id = await one.browser();
    const sent = [one, two].flatMap(({ post, view }) => Array.from({ length: 50 }, () => post(view(id))));
    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([201]));
    expect(await two.summary()).toMatchObject({ total: 100, processed: 100, pending: 0, guests: 1 });
  });
});

describe("the quota", () => {
  it("stops storing with 507 and says so once; a reset makes room", async () => {
    const { post, browser, view, call, problems, summary } = await startSandbox({
      config: { quota: 200_000 },
    });
    const id = await browser();
    const large = view(id, { ext: { text: "x".repeat(250_000) } });
    expect((await post(large)).status).toBe(201);
    const refused = await post(view(id));
    expect(refused.status).toBe(507);
    expect(refused.body).toMatchObject({ code: "quota-reached" });
    expect(refused.body["developerMessage"]).toContain("/_sandbox/reset");
    expect((await call("GET", "/v1.2/browser/create.json?client_key=sandbox")).status).toBe(507);
    expect(problems).toHaveLength(1);
    expect(await summary()).toMatchObject({ total: 1, rejected: 0 });

    await call("POST", "/_sandbox/reset");
    expect((await post(view(await browser()))).status).toBe(201);
  });
});

describe("the port", () => {
  it("is the next free one where it is taken", async () => {
    const first = await startSandbox();
    const second = await startSandbox({ port: first.sandbox.port });
    expect(second.sandbox.port).toBeGreaterThan(first.sandbox.port);
    expect((await second.summary())["total"]).toBe(0);
  });

  it("is free again after closing", async () => {
    const thread = sharedThread();
    const start = (port: number) =>
      runSandbox({
        thread,
        file: ":memory:",
        config: defaultConfig,
        host: "127.0.0.1",
        port,
        report: () => undefined,
      });
    const first = await start(0);
    await first.close();
    const second = await start(first.port);
    expect(second.port).toBe(first.port);
    await second.close();
  });
});
