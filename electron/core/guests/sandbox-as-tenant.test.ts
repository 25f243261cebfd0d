import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compareTenantGuests } from "../../../shared/compare-tenant-guests";
import type { JsonObject } from "../../../shared/model/json";
import { openCore, type OpenCore } from "../sender/core-for-tests";

let core: OpenCore;
beforeEach(async () => {
  core = await openCore();
});
afterEach(async () => {
  await core.close();
  // Another sandbox may run on this machine.
  expect(core.problems.filter((problem) => !/^Port \d+ is taken/.test(problem))).toEqual([]);
});

const send = async (messageType: string, event: JsonObject, environment = "sandbox"): Promise<string> => {
  const sent = await core.call("sender.send", {
    ...{ environment, messageType, event, allowInvalid: false },
    source: { kind: "composer" },
    settle: 30_000,
  });
  if (sent.outcome !== "sent") throw new Error(JSON.stringify(sent.verdict));
  expect(sent.entry.verdict.ingestion).toBe("processed");
  return sent.entry.guestRef ?? "";
};
const email = "ada@shop.example";
const byMail = { environment: "sandbox", by: { email } } as const;

describe("the sandbox as a tenant", () => {
  it("is read by e-mail, identifier and reference, in both versions and over both transports", async () => {
    const ref = await send("IDENTITY", { email, firstname: "Ada", gender: "Female" });
    for (const guestApi of ["v2.1", "v2"] as const) {
      await core.call("settings.set", { guestApi });
      for (const environment of ["sandbox", "sandbox-engage"]) {
        for (const by of [{ email }, { identifier: { provider: "email", id: email } }, { ref }]) {
          expect(await core.call("guests.lookUp", { environment, by })).toMatchObject({
            ...{ environment, ref, guestType: "customer", firstName: "Ada", gender: "female" },
            ...{ emails: [email], identifiers: [{ provider: "email", id: email }] },
          });
        }
      }
    }
  });

  it("shows what a send has changed: before, the send, and the change that it brings", async () => {
    await send("IDENTITY", { email, firstname: "Ada" });
    const before = await core.call("guests.lookUp", byMail);
    await send("IDENTITY", { email, firstname: "Augusta", phone: "+353 1 000" });
    const awaited = await core.call("guests.awaitChange", {
      ...byMail,
      ...{ id: "wait-1", since: before?.raw ?? null, within: 10_000 },
    });
    if (awaited.outcome !== "changed") throw new Error(awaited.outcome);
    const changes = compareTenantGuests(before, awaited.guest);
    expect(changes).toContainEqual({ path: "/firstName", before: "Ada", after: "Augusta" });
    expect(changes).toContainEqual({ path: "/phoneNumbers/0", after: "+353 1 000" });
    expect(changes.map(({ path }) => path)).not.toContain("/emails/0");
  });

  it("knows a guest no more who became another one", async () => {
    const known = await send("IDENTITY", { email });
    await core.call("guests.new", { environment: "sandbox" });
    const visitor = await send("VIEW", { page: "https://shop.example/" });
    const question = { environment: "sandbox", by: { ref: visitor } };
    const before = await core.call("guests.lookUp", question);
    expect(before).toMatchObject({ guestType: "visitor" });
    expect(await send("IDENTITY", { email })).toBe(known);
    expect(await core.call("guests.lookUp", question)).toBeNull();
    const waiting = { ...question, id: "wait-1", since: before?.raw ?? null, within: 1000 };
    expect(await core.call("guests.awaitChange", waiting)).toEqual({ outcome: "gone", asked: 1 });
  });
});

describe("the guests of the running sandbox", () => {
  it("are listed, shown as they are and were, with their history and events", async () => {
    const ref = await send("VIEW", { page: "https://shop.example/" });
    await send("IDENTITY", { email, firstname: "Ada" });
    await send("ADD", { product: { sku: "TEE", name: "Tee", price: 19.9 } });

    const all = { offset: 0, limit: 10 };
    expect(await core.call("guests.list", { ...all, text: "ADA@shop" })).toMatchObject({
      total: 1,
      rows: [{ ref, guestType: "customer", firstName: "Ada", email }],
    });
    expect(await core.call("guests.list", { ...all, type: "retired" })).toEqual({ total: 0, rows: [] });

    const { items, next, total } = await core.call("guests.history", { ref, limit: 2 });
    expect(items).toHaveLength(2);
    const rest = await core.call("guests.history", { ref, limit: 100, after: next ?? 0 });
    expect(items.length + rest.items.length).toBe(total);
    expect(rest.items.at(-1)).toMatchObject({ type: "ADD", why: expect.any(String) });

    const seen = items.find(({ type }) => type === "VIEW");
    expect(await core.call("guests.profile", { ref, at: seen?.seq ?? 0 })).toMatchObject({
      ...{ ref, guestType: "visitor", firstName: null, cart: null },
    });
    expect(await core.call("guests.profile", { ref })).toMatchObject({
      ...{ ref, guestType: "customer", firstName: "Ada", cart: { items: [{ id: "TEE" }] } },
    });

    const events = await core.call("guests.events", { ref, limit: 100 });
    expect(events.items.map(({ type, status }) => `${type} ${status}`)).toEqual(
      ["VIEW", "IDENTITY", "ADD"].map((type) => `${type} PROCESSED`),
    );
    expect(events.next).toBeNull();
  });

  it("that are not there are NOT_FOUND", async () => {
    const ref = await send("VIEW", { page: "https://shop.example/" });
    for (const asked of [{ ref: "nobody" }, { ref, at: 9_999_999 }]) {
      expect(await core.fails("guests.profile", asked)).toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await core.fails("guests.history", { ref: "nobody", limit: 1 })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await core.fails("guests.events", { ref: "nobody", limit: 1 })).toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
