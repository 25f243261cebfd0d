import { describe, expect, it } from "vitest";
import { startSandbox } from "../testing/sandbox-fixture";

describe("the catalog that judges", () => {
  it("fails an event that the spec catalog calls invalid, with the issues as reasons", async () => {
    const { post, browser, view, events } = await startSandbox();
    await post(view(await browser(), { channel: "TELEPATHY" }));
    const [event] = await events();
    expect(event).toMatchObject({ status: "FAILED", reasons: [{ path: "/channel" }] });
    const [reason] = (event?.["reasons"] ?? []) as object[];
    expect(Object.keys(reason ?? {}).sort()).toEqual(["code", "message", "path"]);
  });

  it("is the spec catalog for Basic only, by default", async () => {
    const { call, browser, events } = await startSandbox();
    // Neither channel nor session: invalid by the spec catalog, and accepted by Sitecore's documentation.
    const event = { type: "VIEW", browser_id: await browser(), pos: "bellhop", client_key: "sandbox" };
    await call("POST", "/v1.2/events", { body: JSON.stringify(event) });
    expect(await events()).toMatchObject([{ status: "PROCESSED" }]);
  });

  it("can be the spec catalog for all", async () => {
    const { call, browser, events } = await startSandbox({ config: { catalog: "spec" } });
    const event = { type: "VIEW", browser_id: await browser(), pos: "bellhop", client_key: "sandbox" };
    await call("POST", "/v1.2/events", { body: JSON.stringify(event) });
    expect(await events()).toMatchObject([{ status: "FAILED" }]);
  });

  it("can be Sitecore's for all", async () => {
    const { post, browser, events } = await startSandbox({ config: { catalog: "sitecore" } });
    await post({ type: "VIEW", browser_id: await browser(), pos: "bellhop" });
    expect(await events()).toMatchObject([{ status: "PROCESSED" }]);
  });

  it("fails an event without any point of sale, which its catalog requires", async () => {
    const { post, browser, view, events } = await startSandbox();
    const event = view(await browser());
    delete event["pos"];
    expect((await post(event)).status).toBe(201);
    expect(await events()).toMatchObject([{ status: "FAILED", reasons: [{ path: "/pos" }] }]);
  });
});

describe("strictness", () => {
  it("answers 400 with the issues to an event that its catalog calls invalid", async () => {
    const { post, browser, view, summary } = await startSandbox({ config: { strict: true } });
    const answer = await post(view(await browser(), { page: "home" }));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: "invalid-event", issues: [{ path: "/page" }] });
    expect(await summary()).toMatchObject({ total: 0, rejected: 1 });
  });

  it("leaves a valid event and an unknown point of sale as they are", async () => {
    const { post, browser, view, summary } = await startSandbox({ config: { strict: true } });
    const id = await browser();
    expect((await post(view(id))).status).toBe(201);
    expect((await post(view(id, { pos: "nowhere" }))).status).toBe(201);
    expect(await summary()).toMatchObject({ processed: 1, dropped: 1, rejected: 0 });
  });
});

describe("the outcome", () => {
  it("comes after the answer, by the configured delay", async () => {
    const { post, browser, view, call } = await startSandbox({ config: { delay: 86_400_000 } });
    const answer = await post(view(await browser()));
    expect(answer.status).toBe(201);
    const { body } = await call("GET", "/_sandbox/events");
    expect(body["items"]).toMatchObject([{ ref: answer.body["ref"], status: "PENDING", reasons: [] }]);
  });

  it("comes to every event of a burst, once", async () => {
    const { post, browser, view, summary } = await startSandbox();
    const id = await browser();
    const types = ["bellhop", "nowhere"];
    await Promise.all(
      Array.from({ length: 600 }, (_, index) => post(view(id, { pos: types[index % 2] ?? "" }))),
    );
    expect(await summary()).toEqual({
      total: 600,
      processed: 300,
      failed: 0,
      dropped: 300,
      pending: 0,
      rejected: 0,
      guests: 1,
      sessions: 300,
      orders: 0,
      revision: expect.any(Number) as number,
    });
  });
});
