import { createPinia } from "pinia";
import { describe, expect, it, vi } from "vitest";
import { createApp } from "vue";
import { createClient, type LiveChannel } from "../../client";
import type { MessageFromCore, Request } from "../../../shared/contract/messages";
import type { EntryRow } from "../../../shared/model/entry";
import { clientKey } from "../../layout/client-key";
import { useLogStore } from "./log-store";
import { rowForTests } from "../../../shared/model/entry-for-tests";

const row = (seq: number, revision = seq) => rowForTests(seq, { revision });

/** A store whose core is this test: what it asks waits in `asked` until it is answered. */
const startStore = () => {
  const asked: Request[] = [];
  let tell = (_message: MessageFromCore): void => undefined;
  let become = (_state: "connected" | "reconnecting"): void => undefined;
  const channel: LiveChannel = {
    post: (message) => void asked.push(message),
    onMessage(listener) {
      tell = listener;
      return () => undefined;
    },
    onConnection(listener) {
      const before = become;
      become = (state) => {
        before(state);
        listener(state);
      };
      listener("connected");
      return () => undefined;
    },
    transferHeaders: () => ({}),
    close: () => undefined,
  };
  const app = createApp({ render: () => null });
  app.provide(clientKey, createClient(channel));
  app.use(createPinia());
  const store = app.runWithContext(() => useLogStore());
  return {
    store,
    /** The next question under this name, taken off the queue. */
    async next(command: Request["command"]) {
      const find = (): Request | undefined => asked.find((request) => request.command === command);
      const request = await vi.waitUntil(find, 10_000);
      asked.splice(asked.indexOf(request), 1);
      return request;
    },
    answer: ({ id }: Request, value: unknown) => tell({ id, answer: { ok: true, value } } as MessageFromCore),
    push: (rows: EntryRow[], revision: number, total: number, removals = 0) =>
      tell({ notification: "log.appended", payload: { rows, revision, total, removals } }),
    isAsked: (command: Request["command"]) => asked.some((request) => request.command === command),
    become: (state: "connected" | "reconnecting") => become(state),
  };
};

/** What the log answers to a question for a page. */
const page = (rows: EntryRow[], total: number, removals = 0) => ({ rows, total, revision: 0, removals });

const load = async (core: ReturnType<typeof startStore>): Promise<void> => {
  const loading = core.store.load();
  core.answer(await core.next("log.query"), page([row(2), row(1)], 2));
  core.answer(await core.next("log.facets"), { environments: [], types: [] });
  await loading;
};

describe("the log's store", () => {
  it("asks for what is shown, and nothing else, when more came than a push holds", async () => {
    const core = startStore();
    await load(core);
    void core.store.show(0, 1);
    core.push([row(3, 9)], 5000, 4000);
    expect(core.store.total).toBe(4000);
    expect(core.store.entries).toBe(4000);
    expect(core.store.rows.at(2)).toBeUndefined();
    expect((await core.next("log.query")).input).toMatchObject({ position: 0, limit: 100 });
    expect((await core.next("log.query")).input).toEqual({ limit: 1 });
    expect(core.isAsked("log.query")).toBe(false);
    expect(core.isAsked("log.since")).toBe(false);
  });

  it("asks for what is shown after an interruption, and again where the connection is lost before the answer", async () => {
    const core = startStore();
    await load(core);
    void core.store.show(0, 1);
    for (let times = 0; times < 2; times += 1) {
      core.become("reconnecting");
      await new Promise((resolve) => setImmediate(resolve));
      core.become("connected");
      expect((await core.next("log.query")).input).toMatchObject({ position: 0 });
      expect((await core.next("log.query")).input).toEqual({ limit: 1 });
    }
  });

  it("starts again where entries were removed, because every position is another one", async () => {
    const core = startStore();
    await load(core);
    void core.store.show(0, 1);
    core.push([], 2, 1, 1);
    expect(core.store.entries).toBe(1);
    core.answer(await core.next("log.query"), page([row(2)], 1, 1));
    await vi.waitFor(() => expect(core.store.total).toBe(1));
    expect(core.store.rows.at(0)?.seq).toBe(2);
  });
});

describe("the log's store behind a filter", () => {
  it("counts every new entry once, whether it fits or not", async () => {
    const core = startStore();
    await load(core);
    const filtering = core.store.setFilter({ types: ["SEARCH"] });
    core.answer(await core.next("log.query"), page([], 0));
    await filtering;
    core.push([row(3), row(4)], 4, 4);
    core.push([row(4, 5)], 5, 4);
    expect(core.store.entries).toBe(4);
    expect(core.store.total).toBe(0);
  });
});
