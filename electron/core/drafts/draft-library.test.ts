import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCore, type OpenCore } from "../sender/core-for-tests";

let core: OpenCore;

beforeEach(async () => {
  core = await openCore();
});
afterEach(() => core.close());

const event = { page: "https://shop.example/", channel: "WEB", pos: "bellhop" };
const send = (draft?: string) =>
  core.call("sender.send", {
    environment: "sandbox",
    messageType: "VIEW",
    event,
    source: { kind: "composer", ...(draft !== undefined && { draft }) },
    allowInvalid: false,
  });

describe("what was sent from a draft", () => {
  it("is known by the draft, newest first, also once the draft is gone", async () => {
    const saved = { id: "d-1", name: "Home", messageType: "VIEW", text: JSON.stringify(event), revision: 0 };
    await core.call("drafts.save", saved);
    const sent = [await send("d-1"), await send("d-1")].map((result) =>
      result.outcome === "sent" ? result.entry.id : "",
    );
    await send("d-2");
    await send();
    await core.call("drafts.remove", { id: "d-1" });
    const { rows, total } = await core.call("drafts.sent", { id: "d-1", limit: 10 });
    expect(rows.map(({ id }) => id)).toEqual(sent.reverse());
    expect(rows.every(({ source, status }) => source.draft === "d-1" && status === 201)).toBe(true);
    expect(total).toBe(2);
    const [newest] = (await core.call("drafts.sent", { id: "d-1", limit: 1 })).rows;
    expect(newest?.id).toBe(sent[0]);
  });

  it("of a draft from which nothing was sent is nothing", async () => {
    expect(await core.call("drafts.sent", { id: "constructor", limit: 10 })).toEqual({ rows: [], total: 0 });
  });
});

describe("a template", () => {
  const template = { id: "t-1", name: "Guest checks in", messageType: "CUSTOM", text: "{ not JSON: \0" };

  it("keeps its text as typed, and is listed by its name", async () => {
    const saved = await core.call("templates.save", template);
    expect(saved).toMatchObject(template);
    const other = await core.call("templates.save", { ...template, id: "t-2", name: "a visit" });
    expect(await core.call("templates.list", {})).toEqual([other, saved]);
    expect(
      core.notifications.filter(({ notification }) => notification === "templates.changed"),
    ).toHaveLength(2);
  });

  it("is replaced by one with its id, renamed, and had back after it was removed", async () => {
    const first = await core.call("templates.save", template);
    const renamed = await core.call("templates.save", { ...template, name: "Arrival", text: "{}" });
    expect(renamed).toMatchObject({ name: "Arrival", text: "{}", createdAt: first.createdAt });
    await core.call("templates.remove", { id: "t-1" });
    await core.call("templates.remove", { id: "t-1" });
    expect(await core.call("templates.list", {})).toEqual([]);
    await core.call("templates.save", template);
    expect(await core.call("templates.list", {})).toMatchObject([template]);
  });
});
