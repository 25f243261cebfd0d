import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../shared/model/json";
import type { CatalogName } from "../../../../shared/model/verdict";
import { nextClosing } from "./close-sessions";
import { defaultConfig } from "../config/sandbox-config";
import { minute, start, startJourney } from "./testing/journey";

const iso = (milliseconds: number): string => new Date(start + milliseconds).toISOString();

describe("which session an event belongs to", () => {
  interface Case {
    says: string;
    source: string;
    catalog: CatalogName;
    second: JsonObject;
    sessions: number;
  }
  const cases: Case[] = [
    {
      says: "is that of its session_id, whatever the channel",
      source: "AsyncAPI document: session_id",
      catalog: "spec",
      second: { channel: "MOBILE_APP" },
      sessions: 1,
    },
    {
      says: "is another for another session_id",
      source: "AsyncAPI document: session_id",
      catalog: "spec",
      second: { session_id: "two" },
      sessions: 2,
    },
    {
      says: "is that of its browser, channel and point of sale",
      source: "Sitecore: understanding sessions and events",
      catalog: "sitecore",
      second: { session_id: "not looked at" },
      sessions: 1,
    },
    {
      says: "is another on another channel",
      source: "Sitecore: understanding sessions and events",
      catalog: "sitecore",
      second: { channel: "MOBILE_APP" },
      sessions: 2,
    },
    {
      says: "is another at another point of sale",
      source: "Sitecore: understanding sessions and events",
      catalog: "sitecore",
      second: { pos: "kiosk" },
      sessions: 2,
    },
    {
      says: "is that of the browser's last channel, where the event names none",
      source: "Bellhop's reading: both SDKs send FORM without a channel",
      catalog: "sitecore",
      second: { channel: null },
      sessions: 1,
    },
  ];

  it.each(cases)("$says ($source)", ({ catalog, second, sessions: expected }) => {
    const { send, sessions } = startJourney(catalog);
    send("phone", "VIEW");
    const applied = send("phone", "shop:WISH", second);
    expect(sessions("phone")).toHaveLength(expected);
    expect(applied.sessionRef).toBe(sessions("phone").at(-1)?.ref);
  });

  it("is a new one for a known session_id that is closed (AsyncAPI document)", () => {
    const { send, wait, sessions } = startJourney("spec");
    send("phone", "VIEW");
    wait(31 * minute);
    send("phone", "VIEW");
    expect(sessions("phone")).toMatchObject([
      { sessionId: "one", status: "CLOSED" },
      { sessionId: "one", status: "OPEN" },
    ]);
    expect(sessions("phone")[0]?.ref).not.toBe(sessions("phone")[1]?.ref);
  });

  it("is never another browser's, even with the same session_id", () => {
    const { send, sessions } = startJourney("spec");
    send("phone", "IDENTITY", { email: "ada@lovelace.example" });
    send("laptop", "IDENTITY", { email: "ada@lovelace.example" });
    expect(sessions("phone").map(({ browserRef }) => browserRef)).toEqual(["phone", "laptop"]);
  });
});

describe("a session", () => {
  it("counts its events, notes its first and last page, and lasts from its first to its last event", () => {
    const { send, wait, sessions, guestOf } = startJourney("spec");
    send("phone", "VIEW", { page: "https://shop.example/" });
    wait(2 * minute);
    send("phone", "SEARCH", { search_term: "tee" });
    send("phone", "ADD", { product: { sku: "TEE" }, page: "https://shop.example/tee" });
    expect(sessions("phone")).toMatchObject([
      {
        status: "OPEN",
        firstPage: "https://shop.example/",
        lastPage: "https://shop.example/tee",
        startedAt: iso(0),
        lastEventAt: iso(2 * minute),
        duration: 2 * minute,
        counters: { events: 3, views: 1, searches: 1, adds: 1, confirms: 0, checkouts: 0 },
      },
    ]);
    expect(guestOf("phone")).toMatchObject({ events: 3, lastSeen: iso(2 * minute) });
  });

  it.each([
    { pos: "bellhop", timeout: 30, source: "Sitecore: manage a point of sale (minutes, per point of sale)" },
    { pos: "kiosk", timeout: 20, source: "Sitecore: manage a point of sale (minutes, per point of sale)" },
  ])("of $pos closes after $timeout minutes without an event ($source)", ({ pos, timeout }) => {
    const { send, pass, sessions, guestOf } = startJourney("sitecore");
    send("phone", "VIEW", { pos });
    expect(nextClosing(guestOf("phone"), defaultConfig)).toBe(start + timeout * minute);
    pass(timeout * minute - 1);
    expect(sessions("phone")).toMatchObject([{ status: "OPEN", endedAt: null }]);
    pass(1);
    expect(sessions("phone")).toMatchObject([
      { status: "CLOSED", closedBy: "TIMEOUT", endedAt: iso(timeout * minute), duration: 0 },
    ]);
    expect(nextClosing(guestOf("phone"), defaultConfig)).toBe(null);
  });

  it("ends when its time-out passed, however late that is noticed", () => {
    const { send, wait, sessions } = startJourney("spec");
    send("phone", "VIEW");
    wait(21 * 24 * 60 * minute);
    const { changes } = send("phone", "VIEW");
    expect(sessions("phone")[0]).toMatchObject({ endedAt: iso(30 * minute) });
    expect(changes).toMatchObject([{ event: null, at: start + 30 * minute }, { event: { type: "VIEW" } }]);
  });

  it("stays open as long as events come", () => {
    const { send, pass, sessions } = startJourney("sitecore");
    for (let count = 0; count < 5; count++) {
      send("phone", "VIEW");
      pass(29 * minute);
    }
    expect(sessions("phone")).toMatchObject([{ status: "OPEN", counters: { events: 5 } }]);
  });

  it("of a point of sale that is no longer configured closes after 30 minutes", () => {
    const { send, pass, sessions } = startJourney("sitecore", { pointsOfSale: [] });
    send("phone", "VIEW");
    pass(30 * minute);
    expect(sessions("phone")).toMatchObject([{ status: "CLOSED" }]);
  });
});

describe("a closed session", () => {
  it.each([
    { left: "BROWSED", events: ["VIEW"], source: "Sitecore: sessions data" },
    { left: "ABANDONED", events: ["ADD"], source: "Sitecore: sessions data (ADD and no order at close)" },
    { left: "CONVERTED", events: ["ADD", "ORDER_CHECKOUT"], source: "Sitecore: sessions data" },
    { left: "CONVERTED", events: ["ADD", "ORDER_CHECKOUT", "ADD"], source: "Sitecore: sessions data" },
    { left: "BROWSED", events: ["ADD", "CLEAR_CART"], source: "Bellhop's reading: the documents contradict" },
  ])("is $left after $events ($source)", ({ left, events }) => {
    const { send, pass, sessions, guestOf } = startJourney("spec");
    const payload = { product: { sku: "TEE", price: 5 }, reference_id: "A1", total_price: 5 };
    for (const type of events) send("phone", type, payload);
    pass(30 * minute);
    expect(sessions("phone")).toMatchObject([{ status: "CLOSED", cartType: left }]);
    expect(guestOf("phone").cart).toBe(null);
  });

  it("keeps what was left lying in its cart", () => {
    const { send, pass, sessions } = startJourney("spec");
    send("phone", "ADD", { product: { sku: "TEE", price: 5 } });
    pass(30 * minute);
    expect(sessions("phone")).toMatchObject([{ cart: [{ id: "TEE" }] }]);
  });
});

describe("FORCE_CLOSE (Sitecore's demonstrations; unverified)", () => {
  it("closes the sessions of its browser and channel at once, and no other", () => {
    const { send, wait, sessions } = startJourney("sitecore");
    send("phone", "VIEW", { channel: "MOBILE_APP" });
    send("phone", "VIEW");
    send("phone", "VIEW", { pos: "kiosk" });
    wait(minute);
    const { sessionRef, changes } = send("phone", "FORCE_CLOSE");
    expect(sessions("phone").map(({ status, closedBy }) => [status, closedBy])).toEqual([
      ["OPEN", null],
      ["CLOSED", "FORCE_CLOSE"],
      ["CLOSED", "FORCE_CLOSE"],
    ]);
    expect(sessions("phone")[1]).toMatchObject({
      ref: sessionRef,
      endedAt: iso(minute),
      counters: { events: 2 },
    });
    expect(changes).toMatchObject([{ certainty: "unverified" }]);
  });

  it("opens no session to close it", () => {
    const { send, sessions } = startJourney("sitecore");
    const applied = send("phone", "FORCE_CLOSE");
    expect(applied).toMatchObject({ status: "PROCESSED", sessionRef: null, issues: [{ severity: "info" }] });
    expect(sessions("phone")).toEqual([]);
  });
});

describe("a failed event", () => {
  it("changes nothing but what was due, and names the session it would have belonged to", () => {
    const { send, wait, sessions, guestOf } = startJourney("sitecore");
    send("phone", "VIEW", { pos: "kiosk" });
    wait(15 * minute);
    send("phone", "VIEW");
    wait(15 * minute);
    const before = guestOf("phone");
    const applied = send("phone", "CHECKOUT");
    expect(applied).toMatchObject({ status: "FAILED", sessionRef: sessions("phone")[1]?.ref });
    expect(applied.changes).toMatchObject([{ event: null }]);
    expect(guestOf("phone")).toMatchObject({ events: before.events, lastSeen: before.lastSeen });
  });

  it("belongs to no session where none is open", () => {
    const { send, sessions } = startJourney("sitecore");
    expect(send("phone", "CHECKOUT")).toMatchObject({ status: "FAILED", sessionRef: null, changes: [] });
    expect(sessions("phone")).toEqual([]);
  });
});
