import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import { startSandbox } from "../testing/sandbox-fixture";

const refsOf = (items: JsonObject[]): unknown[] => items.map((item) => item["ref"]);

describe("the summary", () => {
  it("counts what became of events, and guests", async () => {
    const { post, browser, view, summary } = await startSandbox();
    const id = await browser();
    await browser();
    await post(view(id));
    await post(view(id, { pos: "nowhere" }));
    await post(view(id, { channel: "TELEPATHY" }));
    await post(view("nobody"));
    expect(await summary()).toEqual({
      total: 3,
      processed: 1,
      failed: 1,
      dropped: 1,
      pending: 0,
      rejected: 1,
      guests: 2,
      sessions: 1,
      orders: 0,
      revision: expect.any(Number) as number,
    });
  });

  it("without settle answers at once, with settle once nothing is pending", async () => {
    const { post, browser, view, call } = await startSandbox({ config: { delay: 200 } });
    await post(view(await browser()));
    expect((await call("GET", "/_sandbox/summary")).body).toMatchObject({ pending: 1 });
    const settled = await call("GET", "/_sandbox/summary?settle=10s");
    expect(settled.body).toMatchObject({ pending: 0, processed: 1 });
  });

  it("with a settle that is too short answers what there is", async () => {
    const { post, browser, view, call } = await startSandbox({ config: { delay: 86_400_000 } });
    await post(view(await browser()));
    const answer = await call("GET", "/_sandbox/summary?settle=20ms");
    expect(answer.body).toMatchObject({ total: 1, pending: 1 });
  });

  it.each(["5", "-1s", "soon", "11m", ""])("refuses the settle %j", async (settle) => {
    const { call } = await startSandbox();
    const answer = await call("GET", `/_sandbox/summary?settle=${settle}`);
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain("settle");
  });
});

describe("the events", () => {
  it("have the fields of a stored event, with all else in arbitraryData", async () => {
    const { call, browser, events } = await startSandbox();
    const id = await browser();
    const guest = (await call("GET", `/v1.2/browser/${id}/show.json?client_key=sandbox`)).body["customer"];
    const event = {
      type: "SEARCH",
      channel: "WEB",
      pos: "bellhop",
      browser_id: id,
      client_key: "sandbox",
      language: "EN",
      ext: { page_type: "list" },
    };
    const answer = await call("POST", "/v1.2/events", { body: JSON.stringify(event) });
    expect(await events()).toEqual([
      {
        ref: answer.body["ref"],
        type: "SEARCH",
        status: "PROCESSED",
        reasons: [],
        channel: "WEB",
        pointOfSale: "bellhop",
        browserRef: id,
        sessionRef: expect.any(String) as string,
        guestRef: (guest as JsonObject)["ref"],
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        arbitraryData: { language: "EN", ext: { page_type: "list" } },
      },
    ]);
  });

  it("keep what cannot be lifted where it was", async () => {
    const { post, browser, view, events } = await startSandbox();
    await post(view(await browser(), { channel: 7 }));
    expect(await events()).toMatchObject([{ channel: null, arbitraryData: { channel: 7 } }]);
  });

  it("are narrowed by status, type, browser and guest", async () => {
    const { post, browser, view, events } = await startSandbox();
    const [one, two] = [await browser(), await browser()];
    await post(view(one));
    await post(view(one, { type: "CLICKED" }));
    await post(view(two, { pos: "nowhere" }));
    const all = await events();
    expect(all).toHaveLength(3);
    const guest = String(all[2]?.["guestRef"]);
    expect(refsOf(await events("?status=PROCESSED"))).toEqual(refsOf(all.slice(0, 2)));
    expect(refsOf(await events("?status=dropped"))).toEqual(refsOf(all.slice(2)));
    expect(refsOf(await events("?type=CLICKED"))).toEqual(refsOf(all.slice(1, 2)));
    expect(refsOf(await events(`?browserRef=${one}`))).toEqual(refsOf(all.slice(0, 2)));
    expect(refsOf(await events(`?guestRef=${guest}`))).toEqual(refsOf(all.slice(2)));
    expect(refsOf(await events(`?browserRef=${one}&type=CLICKED`))).toEqual(refsOf(all.slice(1, 2)));
    expect(await events("?status=FAILED")).toEqual([]);
  });

  it("come in pages that together are all", async () => {
    const { post, browser, view, call, events } = await startSandbox();
    const id = await browser();
    for (let index = 0; index < 5; index += 1) await post(view(id));
    const all = refsOf(await events());
    const seen: unknown[] = [];
    let after = "";
    for (;;) {
      const { body } = await call("GET", `/_sandbox/events?limit=2&after=${after}`);
      seen.push(...refsOf(body["items"] as JsonObject[]));
      if (body["next"] === null) break;
      after = String(body["next"]);
    }
    expect(seen).toEqual(all);
  });

  it("come in shorter pages where they are large, and none is left out", async () => {
    const { post, browser, view, call, summary } = await startSandbox();
    const id = await browser();
    const text = "x".repeat(8_500_000);
    for (let index = 0; index < 5; index += 1) await post(view(id, { ext: { text } }));
    await summary();
    const first = (await call("GET", "/_sandbox/events")).body;
    const second = (await call("GET", `/_sandbox/events?after=${String(first["next"])}`)).body;
    const pages = [first, second].map((page) => page["items"] as JsonObject[]);
    expect(pages.map((items) => items.length)).toEqual([4, 1]);
    expect(second["next"]).toBeNull();
  });

  it.each(["status=LOST", "limit=0", "limit=1001", "limit=x", "after=-1", "after=x"])(
    "refuse the query %s",
    async (query) => {
      const { call } = await startSandbox();
      expect((await call("GET", `/_sandbox/events?${query}`)).status).toBe(400);
    },
  );

  it("carry the whole verdict where one is asked for by its reference", async () => {
    const { post, browser, view, events } = await startSandbox();
    const answer = await post(view(await browser(), { pos: "nowhere" }));
    const found = await events(`?ref=${String(answer.body["ref"])}`);
    expect(found).toMatchObject([{ status: "DROPPED", issues: [{ severity: "error", catalog: "spec" }] }]);
    expect(await events("?ref=nobody")).toEqual([]);
  });
});

describe("a reset", () => {
  it("forgets events, browsers and counts", async () => {
    const { post, browser, view, call, summary, events } = await startSandbox();
    const id = await browser();
    await post(view(id));
    await post(view("nobody"));
    expect((await call("POST", "/_sandbox/reset")).status).toBe(200);
    expect(await events()).toEqual([]);
    expect(await summary()).toMatchObject({ total: 0, rejected: 0, guests: 0 });
    expect((await post(view(id))).status).toBe(404);
  });

  it("in the middle of a burst leaves counts that fit the events", async () => {
    const { post, browser, view, call, summary, events } = await startSandbox();
    const id = await browser();
    const burst = Promise.all(Array.from({ length: 200 }, () => post(view(id))));
    await call("POST", "/_sandbox/reset");
    await burst;
    const { total, processed } = await summary();
    expect(processed).toBe(total);
    expect((await events("?limit=1000")).length).toBe(total);
  });
});
