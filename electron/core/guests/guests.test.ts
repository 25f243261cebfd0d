import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Notification } from "../../../shared/contract/messages";
import type { GuestContext } from "../../../shared/model/guest";
import { startDatabaseThread, type Database, type DatabaseThread } from "../database/database";
import { migrate } from "../database/migrate";
import { createNotifications } from "../notifications";
import { createGuests, type GuestsService } from "./guests";
import { guestsSchema } from "./guests-schema";

const context = (change: Partial<GuestContext> = {}): GuestContext => ({
  environment: "eu",
  browserId: "b-1",
  sessionId: "s-1",
  guestRef: "g-1",
  typed: false,
  since: "2026-11-23T10:15:30.123Z",
  ...change,
});

let folder: string;
let thread: DatabaseThread;
let said: Notification[];
let guests: GuestsService;

const openDatabase = async (): Promise<Database> => {
  const database = await thread.open(join(folder, "bellhop.db"));
  await migrate(database, [guestsSchema]);
  return database;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bellhop-guests-"));
  thread = startDatabaseThread();
  const notifications = createNotifications();
  said = [];
  notifications.listen((notification) => said.push(notification));
  guests = createGuests({ database: await openDatabase(), notifications });
});
afterEach(async () => {
  await thread.close();
  await rm(folder, { recursive: true });
});

it("keeps one context for each environment and says when it changes", async () => {
  const typed = context({ browserId: "b-2", guestRef: null, typed: true });
  await guests.write(context(), "https://a.example");
  await guests.write(context({ environment: "us" }), "https://a.example");
  await guests.write(typed, "https://a.example");
  expect(await guests.read("eu", "https://a.example")).toEqual(typed);
  expect(await guests.read("us", "https://a.example")).toMatchObject({ browserId: "b-1" });
  expect(said.at(-1)).toEqual({
    notification: "guests.changed",
    payload: { environment: "eu", context: typed },
  });
});

it("shares a context with another process on the same profile", async () => {
  const other = createGuests({ database: await openDatabase(), notifications: createNotifications() });
  await other.write(context(), "sandbox");
  expect(await guests.read("eu", "sandbox")).toEqual(context());
});

it("does not take a context to another address of the environment", async () => {
  await guests.write(context(), "https://a.example");
  expect(await guests.read("eu", "https://b.example")).toBeNull();
});

it("forgets all contexts of the environments that are named, and says it of those that had one", async () => {
  await guests.write(context(), "sandbox");
  await guests.write(context({ environment: "us" }), "sandbox");
  said.length = 0;
  await guests.forget(["eu", "ap"]);
  expect(await guests.read("eu", "sandbox")).toBeNull();
  expect(await guests.read("us", "sandbox")).not.toBeNull();
  expect(said.map(({ payload }) => payload)).toEqual([{ environment: "eu", context: null }]);
});

it("forgets a context, but not one that has replaced it", async () => {
  await guests.write(context(), "sandbox");
  await guests.remove("eu", "another");
  expect(await guests.read("eu", "sandbox")).not.toBeNull();
  await guests.remove("eu", "b-1");
  expect(await guests.read("eu", "sandbox")).toBeNull();
  expect(said.at(-1)?.payload).toEqual({ environment: "eu", context: null });
});
