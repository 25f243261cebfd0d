import { afterEach, beforeEach, expect, it } from "vitest";
import { startDatabaseThread, type DatabaseThread } from "../database/database";
import type { HandlersOf } from "../dispatcher";
import { createLayout } from "./layout";
import { layoutSchema } from "./layout-schema";

let thread: DatabaseThread;
let layout: HandlersOf<"layout">;

beforeEach(async () => {
  thread = startDatabaseThread();
  const database = await thread.open(":memory:");
  await database.migrate([layoutSchema]);
  layout = createLayout({ database });
});
afterEach(() => thread.close());

it("keeps a value under its name until another takes its place", async () => {
  const value = { tabs: ["d-1", "d-2"], sizes: [0.3, 0.7], "odd\0 key": null };
  await layout["layout.set"]({ key: "panes", value: 1 });
  await layout["layout.set"]({ key: "panes", value });
  await layout["layout.set"]({ key: "constructor", value: "another" });
  expect(await layout["layout.get"]({ key: "panes" })).toEqual(value);
});

it("gives null for a name that was never set", async () => {
  expect(await layout["layout.get"]({ key: "toString" })).toBeNull();
});

it("refuses what no arrangement needs", async () => {
  await expect(layout["layout.set"]({ key: "panes", value: "x".repeat(1_000_000) })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    field: "/value",
  });
  expect(await layout["layout.get"]({ key: "panes" })).toBeNull();
});
