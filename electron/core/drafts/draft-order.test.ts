import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startDatabaseThread, type DatabaseThread } from "../database/database";
import { logSchema } from "../log/log-schema";
import { createNotifications } from "../notifications";
import { createTransfers } from "../transfers/transfers";
import { draftLibrarySchema } from "./draft-library-schema";
import { createDrafts } from "./drafts";
import { draftsSchema } from "./drafts-schema";

let thread: DatabaseThread;

beforeEach(() => {
  thread = startDatabaseThread();
});
afterEach(() => thread.close());

const open = async () => {
  const database = await thread.open(":memory:");
  await database.migrate([`${logSchema}${draftsSchema}`, draftLibrarySchema]);
  const notifications = createNotifications();
  const { handlers } = createDrafts({ database, notifications, transfers: createTransfers() });
  return {
    database,
    notifications,
    make: (id: string, before?: string | null) =>
      handlers["drafts.save"]({
        ...{ id, name: id, messageType: "VIEW", text: "{}", revision: 0 },
        ...(before !== undefined && { before }),
      }),
    move: (id: string, before: string | null) => handlers["drafts.move"]({ id, before }),
    remove: (id: string) => handlers["drafts.remove"]({ id }),
    ids: async () => (await handlers["drafts.list"]({})).map(({ id }) => id),
  };
};

/** What a person sees: the draft taken out, and put in before the other one. */
const moved = (ids: readonly string[], id: string, before: string | null): string[] => {
  if (id === before || (before !== null && !ids.includes(before))) return [...ids];
  const rest = ids.filter((each) => each !== id);
  rest.splice(before === null ? rest.length : rest.indexOf(before), 0, id);
  return rest;
};

describe("the order of drafts", () => {
  it("is the person's own: a draft goes before another one, or to the end, and every window hears of it", async () => {
    const drafts = await open();
    for (const id of ["c", "b", "a"]) await drafts.make(id);
    const said: unknown[] = [];
    drafts.notifications.listen(({ payload }) => said.push(payload));
    expect(await drafts.move("c", "b")).toEqual({ order: ["a", "c", "b"] });
    expect(await drafts.move("a", null)).toEqual({ order: ["c", "b", "a"] });
    expect(said).toEqual([{ order: ["a", "c", "b"] }, { order: ["c", "b", "a"] }]);
    expect(await drafts.ids()).toEqual(["c", "b", "a"]);
  });

  it("takes a new draft in beside another one, as a duplicate or one that is had back", async () => {
    const drafts = await open();
    for (const id of ["c", "b", "a"]) await drafts.make(id);
    await drafts.make("b-2", "c");
    await drafts.make("last", null);
    await drafts.make("orphan", "gone");
    expect(await drafts.ids()).toEqual(["orphan", "a", "b", "b-2", "c", "last"]);
  });

  it("stays as it is where the draft to stand before is gone; a draft that is gone is NOT_FOUND", async () => {
    const drafts = await open();
    for (const id of ["b", "a"]) await drafts.make(id);
    expect(await drafts.move("b", "gone")).toEqual({ order: ["a", "b"] });
    await expect(drafts.move("gone", "a")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of the drafts of an older version is newest first, as they were shown", async () => {
    const database = await thread.open(":memory:");
    const old = `${logSchema}${draftsSchema}`;
    await database.migrate([old]);
    const made = ["2026-11-23T10:00:00.000Z", "2026-11-23T11:00:00.000Z", "2026-11-23T11:00:00.000Z"];
    for (const [index, at] of made.entries()) {
      const sql = "INSERT INTO drafts VALUES (?, 'n', 'VIEW', '\"\"', 1, ?, ?)";
      await database.transaction([{ sql, params: [`d-${index}`, at, at] }]);
    }
    await database.migrate([old, draftLibrarySchema]);
    const rows = await database.query("SELECT id FROM drafts ORDER BY place, rowid DESC");
    expect(rows.map(({ id }) => id)).toEqual(["d-2", "d-1", "d-0"]);
  });

  it("costs no look through the log: the entries of a draft are found by an index", async () => {
    const { database } = await open();
    const plan = await database.query(
      "EXPLAIN QUERY PLAN SELECT seq FROM entries WHERE source_json ->> '$.draft' = ? AND kind = 'event' ORDER BY seq DESC",
      "d-1",
    );
    expect(plan.map(({ detail }) => String(detail)).join()).toContain("USING INDEX entries_by_draft");
  });

  it("is what a person sees after any making, moving and removing", async () => {
    const some = fc.nat({ max: 11 }).map((number) => `d-${number}`);
    const step = fc.oneof(
      fc.record({ do: fc.constant("make" as const), id: some }),
      fc.record({ do: fc.constant("move" as const), id: some, before: fc.option(some) }),
      fc.record({ do: fc.constant("remove" as const), id: some }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const drafts = await open();
        let seen: string[] = [];
        for (const each of steps) {
          const there = seen.includes(each.id);
          if (each.do === "make" && !there) {
            await drafts.make(each.id);
            seen = [each.id, ...seen];
          } else if (each.do === "move" && there) {
            await drafts.move(each.id, each.before);
            seen = moved(seen, each.id, each.before);
          } else if (each.do === "remove") {
            await drafts.remove(each.id);
            seen = seen.filter((id) => id !== each.id);
          }
        }
        expect(await drafts.ids()).toEqual(seen);
        await drafts.database.close();
      }),
      { numRuns: 60 },
    );
  });
});
