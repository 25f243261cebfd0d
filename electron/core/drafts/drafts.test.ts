import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PayloadOf } from "../../../shared/contract/notifications";
import { startDatabaseThread, type DatabaseThread } from "../database/database";
import { logSchema } from "../log/log-schema";
import { createNotifications } from "../notifications";
import { createTransfers } from "../transfers/transfers";
import { createDrafts } from "./drafts";
import { draftLibrarySchema } from "./draft-library-schema";
import { draftsSchema } from "./drafts-schema";

let folder: string;
let thread: DatabaseThread;

const open = async () => {
  thread = startDatabaseThread();
  const database = await thread.open(join(folder, "test.db"));
  await database.migrate([`${logSchema}${draftsSchema}${draftLibrarySchema}`]);
  const notifications = createNotifications();
  const said: PayloadOf<"drafts.changed">[] = [];
  notifications.listen(({ payload }) => said.push(payload as PayloadOf<"drafts.changed">));
  const transfers = createTransfers();
  const { handlers } = createDrafts({ database, notifications, transfers });
  return {
    said,
    list: () => handlers["drafts.list"]({}),
    save: handlers["drafts.save"],
    remove: handlers["drafts.remove"],
    async importFile(name: string, text: string) {
      const ticket = await transfers.receive(name, [Buffer.from(text)] as never);
      try {
        return await handlers["drafts.import"]({ ticket });
      } finally {
        await transfers.close();
      }
    },
  };
};

let drafts: Awaited<ReturnType<typeof open>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "bellhop-drafts-"));
  drafts = await open();
});
afterEach(async () => {
  await thread.close();
  await rm(folder, { recursive: true, force: true });
});

const draft = { id: "d-1", name: "View", messageType: "VIEW", text: '{ "page": ', revision: 0 };

describe("a draft", () => {
  it("keeps its text as typed, also after a restart", async () => {
    const text = '{ not JSON: "\0 \ud800 ä\r\n\t';
    const saved = await drafts.save({ ...draft, text });
    expect(saved).toMatchObject({ ...draft, text, revision: 1 });
    expect(drafts.said).toEqual([{ draft: saved }, { order: [draft.id] }]);
    await thread.close();
    drafts = await open();
    expect(await drafts.list()).toEqual([saved]);
  });

  it("changes on the revision that was seen", async () => {
    const first = await drafts.save(draft);
    const second = await drafts.save({ ...draft, name: "Home", text: "{}", revision: first.revision });
    expect(second).toMatchObject({ name: "Home", text: "{}", revision: 2, createdAt: first.createdAt });
    expect(await drafts.list()).toEqual([second]);
  });

  it("that was changed elsewhere is not overwritten", async () => {
    await drafts.save(draft);
    const kept = await drafts.save({ ...draft, text: "theirs", revision: 1 });
    for (const revision of [0, 1, 99]) {
      await expect(drafts.save({ ...draft, text: "mine", revision })).rejects.toMatchObject({
        code: "CONFLICT",
        field: "/revision",
      });
    }
    expect(await drafts.list()).toEqual([kept]);
  });

  it("is saved once when the same change is asked for again", async () => {
    const first = await drafts.save(draft);
    expect(await drafts.save(draft)).toEqual(first);
    expect(drafts.said).toEqual([{ draft: first }, { order: [draft.id] }]);
  });

  it("that was removed elsewhere is NOT_FOUND, and can be saved as new", async () => {
    await drafts.save(draft);
    await drafts.remove({ id: draft.id });
    await expect(drafts.save({ ...draft, revision: 1 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await drafts.save(draft)).toMatchObject({ revision: 1 });
  });

  it("is removed once, and said so once", async () => {
    await drafts.save(draft);
    expect(await drafts.remove({ id: draft.id })).toBeNull();
    expect(await drafts.remove({ id: draft.id })).toBeNull();
    expect(await drafts.list()).toEqual([]);
    expect(drafts.said.slice(2)).toEqual([{ removed: "d-1" }]);
  });

  it("that another window has changed is not removed by one that has not seen it", async () => {
    await drafts.save(draft);
    const theirs = await drafts.save({ ...draft, text: "theirs", revision: 1 });
    await expect(drafts.remove({ id: draft.id, revision: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await drafts.list()).toEqual([theirs]);
    await drafts.remove({ id: draft.id, revision: 2 });
    await drafts.remove({ id: draft.id, revision: 2 });
    expect(await drafts.list()).toEqual([]);
  });

  it("stands on top when it is new, and stays in its place whatever changes later", async () => {
    for (const id of ["c", "a", "b"]) await drafts.save({ ...draft, id });
    await drafts.save({ ...draft, id: "c", text: "changed", revision: 1 });
    expect((await drafts.list()).map(({ id }) => id)).toEqual(["b", "a", "c"]);
  });
});

describe("importing a file", () => {
  it.each([
    ["checkout.json", '{ "type": "ORDER_CHECKOUT" }', "checkout", "ORDER_CHECKOUT"],
    ["own.JSON", '{"type":"LOYALTY_JOINED"}', "own", "CUSTOM"],
    ["none.txt", "{}", "none.txt", "CUSTOM"],
    [".json", '{"type":7}', ".json", "CUSTOM"],
  ])("makes a draft of %s with its text as it is", async (file, text, name, messageType) => {
    const made = await drafts.importFile(file, text);
    expect(made).toMatchObject({ name, messageType, text, revision: 1 });
    expect(await drafts.list()).toEqual([made]);
  });

  it.each([
    ["[{}]", "holds a list"],
    ["42", "holds a single value"],
    ["null", "holds a single value"],
    ["{ nope", "is not JSON"],
    ["", "is not JSON"],
  ])("refuses %j and says why", async (text, why) => {
    await expect(drafts.importFile("file.json", text)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining(why) as string,
      field: "/ticket",
    });
    expect(await drafts.list()).toEqual([]);
  });
});
