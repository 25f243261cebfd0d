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

describe("two sandboxes on one state", () => {
  const both = async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    return [await startSandbox({ file }), await startSandbox({ file })] as const;
  };

  it("apply a burst to the same guests, and nothing is applied twice or to what is old", async () => {
    const [one, two] = await both();
    const ids = await Promise.all(Array.from({ length: 4 }, () => one.browser()));
    const sent = Array.from({ length: 400 }, (_, index) => {
      const sandbox = index % 2 === 0 ? one : two;
      const id = ids[index % 4] ?? "";
      const identity = { type: "IDENTITY", email: `guest-${index % 3}@shop.example` };
      return sandbox.post(sandbox.view(id, { session_id: id, ...(index % 10 === 0 ? identity : {}) }));
    });
    await Promise.all(sent);
    expect(await one.summary()).toMatchObject({ total: 400, processed: 400, pending: 0 });
    const { rows } = await two.sandbox.guests.list({}, 0, 100);
    let [events, steps] = [0, 0];
    for (const { ref, guestType } of rows) {
      const guest = await two.sandbox.guests.profile(ref);
      const history = await one.sandbox.guests.history(ref, 0, 1000);
      events += guest?.events ?? 0;
      expect(await one.sandbox.guests.profileAt(ref, { seq: history?.items.at(-1)?.seq ?? 0 })).toEqual(
        guest,
      );
      const own =
        history?.items.filter(({ changes }) => changes.some(({ path }) => path === "/events")) ?? [];
      if (guestType !== "retired")
        steps += own.filter(({ changes }) => changes.every(({ path }) => path !== "/mergedInto")).length;
    }
    expect(events).toBe(400);
    expect(steps).toBe(400);
  });

  it("have one clock, and see what the other one restores", async () => {
    const [one, two] = await both();
    await one.sandbox.states.save("empty");
    const id = await one.browser();
    await one.sandbox.time.advance(7_200_000);
    await two.post(two.view(id));
    await two.summary();
    expect(two.sandbox.time.offset()).toBe(7_200_000);
    expect((await two.sandbox.states.list()).map(({ name }) => name)).toEqual(["empty"]);
    await two.sandbox.states.restore("empty");
    expect(await one.summary()).toMatchObject({ total: 0, guests: 0 });
    expect((await one.post(one.view(id))).status).toBe(404);
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
