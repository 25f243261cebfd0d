import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "../../../shared/contract/errors";
import type { Draft } from "../../../shared/model/draft";
import { createDraftSync } from "./draft-sync";

// Nothing is saved by time here: each test says when.
beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

type News = { draft: Draft } | { removed: string };
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What the core promises of drafts, and lines to it on which everything comes in order and takes its time. */
const createKeeper = () => {
  const kept = new Map<string, Draft>();
  const listeners: ((news: News) => void)[] = [];
  const say = (news: News): void => listeners.forEach((listener) => listener(news));
  const refuse = (code: "CONFLICT" | "NOT_FOUND") => new AppError({ code, message: code });
  return {
    kept,
    listen: (listener: (news: News) => void) => listeners.push(listener),
    save(draft: Draft, revision: number): Draft {
      const there = kept.get(draft.id);
      const same = there?.text === draft.text && there.name === draft.name;
      if ((there?.revision ?? 0) !== revision) {
        if (there && same) return there;
        throw refuse(there ? "CONFLICT" : "NOT_FOUND");
      }
      const next = { ...draft, revision: revision + 1 };
      kept.set(next.id, next);
      say({ draft: next });
      return next;
    },
    erase(id: string, revision: number): void {
      const there = kept.get(id);
      if (there && there.revision !== revision) throw refuse("CONFLICT");
      if (kept.delete(id)) say({ removed: id });
    },
  };
};
type Keeper = ReturnType<typeof createKeeper>;

const openWindow = (keeper: Keeper) => {
  const drafts = new Map<string, Draft>([...keeper.kept]);
  const requests: (() => void)[] = [];
  const arrivals: (() => void)[] = [];
  const ask = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      requests.push(() => {
        try {
          const value = work();
          arrivals.push(() => resolve(value));
        } catch (error) {
          arrivals.push(() => reject(error as Error));
        }
      });
    });
  const sync = createDraftSync({
    drafts,
    write: (draft, revision) => ask(() => keeper.save(draft, revision)),
    read: () => ask(() => [...keeper.kept.values()]),
    erase: (id, revision) => ask(() => keeper.erase(id, revision)),
    keepAside: ({ theirs, ours }) => sync.add({ ...theirs, ...ours, id: crypto.randomUUID(), revision: 0 }),
    gone: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  sync.takeAll([...keeper.kept.values()]);
  keeper.listen((news) =>
    arrivals.push(() => ("draft" in news ? sync.take(news.draft) : sync.takeRemoval(news.removed))),
  );
  return { drafts, sync, requests, arrivals };
};
type Opened = ReturnType<typeof openWindow>;

/** Delivers and saves until nothing is on its way any more. */
const quieten = async (windows: readonly Opened[]): Promise<void> => {
  for (let round = 0; round < 200; round++) {
    for (const { sync, requests, arrivals } of windows) {
      sync.flush();
      requests.splice(0).forEach((run) => run());
      for (const arrive of arrivals.splice(0)) {
        arrive();
        // Every message is a task of its own: what waits for one goes on before the next.
        await settle();
      }
    }
    const busy = windows.some(
      ({ drafts, sync, requests, arrivals }) =>
        requests.length + arrivals.length > 0 || [...drafts.keys()].some(sync.isUnsaved),
    );
    if (!busy) return;
  }
  throw new Error("The windows do not come to rest.");
};

const home: Draft = {
  ...{ id: "home", name: "Home", messageType: "VIEW", text: "", revision: 0 },
  ...{ createdAt: "2026-11-23T10:00:00.000Z", updatedAt: "2026-11-23T10:00:00.000Z" },
};
const open = (count: number) => {
  const keeper = createKeeper();
  keeper.save(home, 0);
  return { keeper, windows: Array.from({ length: count }, () => openWindow(keeper)) };
};
const texts = (keeper: Keeper): string[] => [...keeper.kept.values()].map(({ text }) => text);

describe("two windows with one draft", () => {
  it("show the same after one has changed it", async () => {
    const { windows } = open(2);
    windows[0]?.sync.change("home", { text: "typed" });
    await quieten(windows);
    expect(windows[1]?.drafts.get("home")?.text).toBe("typed");
  });

  it("lose nothing that is typed while the news of the other's text is being looked at", async () => {
    const { keeper, windows } = open(2);
    const [one, other] = windows as [Opened, Opened];
    one.sync.change("home", { text: "theirs" });
    one.sync.flush();
    one.requests.splice(0).forEach((run) => run());
    other.sync.change("home", { text: "ours" });
    other.sync.flush();
    other.requests.splice(0).forEach((run) => run());
    other.arrivals.splice(0).forEach((run) => run());
    await settle();
    // Now it asks for what is there, and its person goes on typing.
    other.sync.change("home", { text: "ours, and more" });
    await quieten(windows);
    expect(texts(keeper).sort()).toEqual(["ours, and more", "theirs"]);
    expect([...other.drafts.values()].map(({ name }) => name)).toContain("Home (other window)");
  });

  it("keep a new name of one and a new text of the other in the one draft", async () => {
    const { keeper, windows } = open(2);
    windows[0]?.sync.change("home", { name: "Start" });
    windows[1]?.sync.change("home", { text: "typed" });
    await quieten(windows);
    expect([...keeper.kept.values()]).toMatchObject([{ name: "Start", text: "typed" }]);
  });

  it("do not remove what the other has typed unseen: it stays, and is shown", async () => {
    const { keeper, windows } = open(2);
    const [one, other] = windows as [Opened, Opened];
    one.sync.change("home", { text: "unseen" });
    one.sync.flush();
    one.requests.splice(0).forEach((run) => run());
    const removed = other.sync.remove("home");
    await quieten(windows);
    expect(await removed).toBeNull();
    expect(texts(keeper)).toEqual(["unseen"]);
    expect(other.drafts.get("home")?.text).toBe("unseen");
  });

  it("remove a draft whose last change is still on its way, and have it as it was typed", async () => {
    const { keeper, windows } = open(2);
    const [one] = windows as [Opened];
    one.sync.change("home", { text: "typed" });
    one.sync.flush();
    const removed = one.sync.remove("home");
    await quieten(windows);
    expect(await removed).toMatchObject({ text: "typed" });
    expect(keeper.kept.size).toBe(0);
    expect(windows.every(({ drafts }) => drafts.size === 0)).toBe(true);
  });

  it("keep what is typed in one while the other removes the draft", async () => {
    const { keeper, windows } = open(2);
    const [one, other] = windows as [Opened, Opened];
    one.sync.change("home", { text: "typed" });
    void other.sync.remove("home");
    other.requests.splice(0).forEach((run) => run());
    await quieten(windows);
    expect(texts(keeper)).toEqual(["typed"]);
    expect(other.drafts.get("home")?.text).toBe("typed");
  });
});

describe("whatever windows do at once", () => {
  const window = fc.nat({ max: 2 });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant("type" as const), window, which: fc.nat() }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("ask" as const), window }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("arrive" as const), window }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("rename" as const), window, which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), window, which: fc.nat() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("add" as const), window }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("reconnect" as const), window }) },
  );

  it("every piece of text survives that nobody who saw it has removed, and all show the same in the end", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const { keeper, windows } = open(3);
        const typed: string[] = [];
        const givenUp: string[] = [];
        for (const [index, each] of steps.entries()) {
          const { drafts, sync, requests, arrivals } = windows[each.window] as Opened;
          const all = [...drafts.values()];
          const draft = "which" in each ? all[each.which % Math.max(1, all.length)] : undefined;
          const word = `<${index}>`;
          if (each.do === "type" && draft) {
            typed.push(word);
            sync.change(draft.id, { text: draft.text + word });
          } else if (each.do === "rename" && draft) sync.change(draft.id, { name: word });
          else if (each.do === "remove" && draft) {
            const { text } = draft;
            void sync.remove(draft.id).then((removed) => removed && givenUp.push(text, removed.text));
          } else if (each.do === "add") {
            typed.push(word);
            sync.add({ ...home, id: crypto.randomUUID(), name: word, text: word });
          } else if (each.do === "ask") {
            sync.flush();
            requests.shift()?.();
          } else if (each.do === "arrive") arrivals.shift()?.();
          else if (each.do === "reconnect") sync.retry();
          await settle();
        }
        await quieten(windows);
        const left = texts(keeper).join("\n");
        const lost = typed.filter((word) => !left.includes(word) && !givenUp.join().includes(word));
        expect(lost).toEqual([]);
        for (const { drafts } of windows) {
          expect(new Map(drafts)).toEqual(keeper.kept);
        }
      }),
      { numRuns: 300 },
    );
  });
});
