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
    push: (rows: EntryRow[], revision: number) =>
      tell({ notification: "log.appended", payload: { rows, revision } }),
    become: (state: "connected" | "reconnecting") => become(state),
  };
};

const load = async (core: ReturnType<typeof startStore>): Promise<void> => {
  const loading = core.store.load();
  core.answer(await core.next("log.query"), { rows: [row(2), row(1)], total: 2, revision: 2 });
  core.answer(await core.next("log.facets"), { environments: [], types: [] });
  await loading;
};

describe("what the log's store knows after an interruption", () => {
  it("asks from where its gap began, although newer pushes come before the answer", async () => {
    const core = startStore();
    await load(core);
    core.become("reconnecting");
    core.become("connected");
    const first = await core.next("log.since");
    expect(first.input).toMatchObject({ revision: 2 });
    core.push([row(5, 9)], 9);
    core.answer(first, { rows: [row(1, 3)], revision: 8, complete: false });
    expect((await core.next("log.since")).input).toMatchObject({ revision: 3 });
  });

  it("asks for the same gap again when the connection is lost before the answer", async () => {
    const core = startStore();
    await load(core);
    core.become("reconnecting");
    core.become("connected");
    await core.next("log.since");
    core.push([row(3, 9)], 9);
    core.become("reconnecting");
    await new Promise((resolve) => setImmediate(resolve));
    core.become("connected");
    expect((await core.next("log.since")).input).toMatchObject({ revision: 2 });
  });

  it("does not take a page that was scrolled to for all that has changed", async () => {
    const core = startStore();
    const loading = core.store.load();
    const newest = Array.from({ length: 100 }, (_, index) => row(150 - index));
    core.answer(await core.next("log.query"), { rows: newest, total: 150, revision: 150 });
    core.answer(await core.next("log.facets"), { environments: [], types: [] });
    await loading;
    const scrolling = core.store.want(0, 20);
    const older = Array.from({ length: 100 }, (_, index) => row(100 - index));
    core.answer(await core.next("log.query"), { rows: older, total: 150, revision: 160 });
    await scrolling;
    core.become("reconnecting");
    core.become("connected");
    expect((await core.next("log.since")).input).toMatchObject({ revision: 150 });
  });
});

describe("the log's store behind a filter", () => {
  it("counts every new entry once, whether it fits or not", async () => {
    const core = startStore();
    await load(core);
    const filtering = core.store.setFilter({ types: ["SEARCH"] });
    core.answer(await core.next("log.query"), { rows: [], total: 0, revision: 2 });
    await filtering;
    core.push([row(3), row(4)], 4);
    core.push([row(4, 5)], 5);
    expect(core.store.entries).toBe(4);
    expect(core.store.total).toBe(0);
  });
});
