import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startDatabaseThread } from "../../database/database";
import { startSandbox, temporaryFolder } from "../testing/sandbox-fixture";
import { sandboxMigrations } from "./sandbox-schema";

describe("a state of the first version", () => {
  it("gets a visitor for each browser, keeps its events and their outcomes, and goes on", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const thread = startDatabaseThread();
    const old = await thread.open(file);
    await old.migrate(sandboxMigrations.slice(0, 1));
    const at = Date.parse("2026-03-01T10:00:00.007Z");
    const event = `INSERT INTO events (ref, status, transport, type, browser_ref, guest_ref, created_at, payload)
      VALUES (?, ?, 'spec', 'VIEW', 'browser-1', 'Guest-1', ?, ?)`;
    const payload = {
      ...{ type: "VIEW", channel: "WEB", browser_id: "browser-1", session_id: "s", pos: "bellhop" },
      ...{ currency: "EUR", language: "EN", page: "https://shop.example/" },
    };
    await old.transaction([
      { sql: "INSERT INTO browsers VALUES ('browser-1', 'Guest-1', ?)", params: [at] },
      { sql: "INSERT INTO browsers VALUES ('browser-2', 'guest-2', ?)", params: [at + 1] },
      { sql: event, params: ["event-1", "PROCESSED", at, JSON.stringify(payload)] },
      { sql: event, params: ["event-2", "PENDING", at, JSON.stringify(payload)] },
    ]);
    await thread.close();

    const test = await startSandbox({ file });
    expect(await test.summary()).toMatchObject({ total: 2, processed: 2, guests: 2, sessions: 1, orders: 0 });
    expect(await test.sandbox.guests.list({ text: "guest-1" }, 0, 10)).toMatchObject({ total: 1 });
    const guest = await test.sandbox.guests.profile("Guest-1");
    // The event that had its outcome keeps it, and changes nobody any more.
    expect(guest).toMatchObject({ events: 1, createdAt: "2026-03-01T10:00:00.007Z" });
    const fresh = await startSandbox();
    const created = await fresh.browser();
    const [row] = (await fresh.sandbox.guests.list({ text: created }, 0, 1)).rows;
    const visitor = await fresh.sandbox.guests.profile(row?.ref ?? "");
    const upgraded = await test.sandbox.guests.profile("guest-2");
    expect(Object.keys(upgraded ?? {})).toEqual(Object.keys(visitor ?? {}));
    expect(Object.keys(upgraded?.browsers[0] ?? {})).toEqual(Object.keys(visitor?.browsers[0] ?? {}));

    const history = await test.sandbox.guests.history("Guest-1", 0, 10);
    expect(history?.items[0]).toMatchObject({ eventRef: null, changes: [{ op: "add", path: "" }] });
    expect(history?.items[1]).toMatchObject({ eventRef: "event-2" });
    expect((await test.post(test.view("browser-2"))).status).toBe(201);
    expect(await test.summary()).toMatchObject({ processed: 3 });
  });

  it("is not opened by a version that is older than it", async () => {
    const file = join(await temporaryFolder(), "sandbox.db");
    const thread = startDatabaseThread();
    const newer = await thread.open(file);
    await newer.migrate([...sandboxMigrations, "SELECT 1"]);
    await thread.close();
    await expect(startSandbox({ file })).rejects.toThrow(/newer version/);
  });
});
