import { defineStore } from "pinia";
import { computed, ref, watch } from "vue";
import { AppError } from "../../../shared/contract/errors";
import type { Draft } from "../../../shared/model/draft";
import { closeModel } from "../../editor";
import { useClient, useConnection, useProblems } from "../../layout";
import { createAutosave } from "./autosave";
import { freeName } from "./draft-names";
import { mergeDrafts } from "./merge-drafts";
import { behind, closeTab, noTabs, onlyExisting, openTab, readTabs, stepTab } from "./open-tabs";

/** Milliseconds after the last key until a draft is saved. */
const saveDelay = 300;
const tabsKey = "composer-tabs";

const isCode = (error: unknown, code: AppError["code"]): boolean =>
  error instanceof AppError && error.code === code;

const newestFirst = (one: Draft, other: Draft): number => other.createdAt.localeCompare(one.createdAt);

/** The drafts, the tabs they are open in, and their saving. */
export const useDrafts = defineStore("drafts", () => {
  const client = useClient();
  const problems = useProblems();
  const drafts = ref(new Map<string, Draft>());
  const tabs = ref(noTabs);
  /** The draft removed last, so that it can be had back. */
  const removed = ref<Draft | null>(null);
  const loaded = ref(false);
  /** Each draft as it was last saved, to tell own changes from those of another window. */
  const saved = new Map<string, Draft>();

  const list = computed(() => [...drafts.value.values()].sort(newestFirst));
  const open = computed(() => tabs.value.open.flatMap((id) => drafts.value.get(id) ?? []));
  const active = computed(() =>
    tabs.value.active === null ? undefined : drafts.value.get(tabs.value.active),
  );

  const take = (draft: Draft): void => {
    saved.set(draft.id, draft);
    drafts.value.set(draft.id, draft);
  };
  const drop = (id: string): void => {
    autosave.forget(id);
    drafts.value.delete(id);
    saved.delete(id);
    tabs.value = closeTab(tabs.value, id);
    closeModel(id);
  };

  const write = ({ id, name, messageType, text }: Draft, revision: number): Promise<Draft> =>
    client.call("drafts.save", { id, name, messageType, text, revision });

  /** What is saved now counts as saved; what was typed meanwhile stays. */
  const noteSaved = (sent: Draft, answer: Draft): void => {
    saved.set(answer.id, answer);
    const now = drafts.value.get(answer.id);
    if (!now) return;
    const text = now.text === sent.text ? answer.text : now.text;
    const name = now.name === sent.name ? answer.name : now.name;
    drafts.value.set(answer.id, { ...answer, text, name });
  };

  /** Another window was faster: bring both together, or keep both. */
  const reconcile = async (ours: Draft): Promise<void> => {
    const theirs = (await client.call("drafts.list", {})).find(({ id }) => id === ours.id);
    if (!theirs) return noteSaved(ours, await write(ours, 0));
    const merged = mergeDrafts(saved.get(ours.id) ?? theirs, ours, theirs);
    saved.set(theirs.id, theirs);
    if (merged.outcome === "one") return noteSaved(ours, await write(merged.draft, theirs.revision));
    drafts.value.set(theirs.id, theirs);
    await create(merged.ours);
    problems.report(
      new AppError({
        code: "CONFLICT",
        message: `${theirs.name} was changed in two windows at once.`,
        hint: "Both are kept: what was typed here is a draft of its own now.",
      }),
    );
  };

  const autosave = createAutosave({
    delay: saveDelay,
    async save(id) {
      const draft = drafts.value.get(id);
      if (!draft) return;
      const sent = { ...draft };
      try {
        noteSaved(sent, await write(sent, saved.get(id)?.revision ?? 0));
      } catch (error) {
        if (!isCode(error, "CONFLICT") && !isCode(error, "NOT_FOUND")) throw error;
        await reconcile(sent);
      }
    },
    failed: (error) => {
      // A lost connection has its own bar, and its return saves again.
      if (!isCode(error, "CLOSED")) problems.report(error);
    },
  });

  const change = (id: string, part: Partial<Pick<Draft, "name" | "text">>): void => {
    const draft = drafts.value.get(id);
    if (!draft) return;
    drafts.value.set(id, { ...draft, ...part });
    autosave.touch(id);
  };

  /** Makes a draft, shows it, and saves it at once. */
  const create = async ({
    name,
    messageType,
    text,
  }: Pick<Draft, "name" | "messageType" | "text">): Promise<string> => {
    const now = new Date().toISOString();
    const taken = list.value.map((draft) => draft.name);
    const draft: Draft = {
      id: crypto.randomUUID(),
      name: freeName(name, taken).slice(0, 200),
      messageType,
      text,
      revision: 0,
      createdAt: now,
      updatedAt: now,
    };
    drafts.value.set(draft.id, draft);
    select(draft.id);
    autosave.touch(draft.id);
    autosave.flush();
    return draft.id;
  };

  const select = (id: string): void => {
    if (drafts.value.has(id)) tabs.value = openTab(tabs.value, id);
  };
  const close = (id: string): void => {
    tabs.value = closeTab(tabs.value, id);
    closeModel(id);
  };
  const step = (by: 1 | -1): void => {
    tabs.value = stepTab(tabs.value, by);
  };

  const remove = async (id: string): Promise<void> => {
    const draft = drafts.value.get(id);
    if (!draft) return;
    await client.call("drafts.remove", { id });
    drop(id);
    removed.value = draft;
  };
  /** Brings back the draft that was removed last, as it was. */
  const restore = (): void => {
    const draft = removed.value;
    removed.value = null;
    if (!draft) return;
    drafts.value.set(draft.id, { ...draft, revision: 0 });
    select(draft.id);
    autosave.touch(draft.id);
    autosave.flush();
  };

  /** Makes a draft of a JSON file and shows it. @throws AppError where the file holds no event */
  const openFile = async (file: File): Promise<void> => {
    const draft = await client.call("drafts.import", { ticket: await client.upload(file) });
    take(draft);
    select(draft.id);
  };

  client.on("drafts.changed", (payload) => {
    if (!loaded.value) return;
    if ("removed" in payload) {
      if (!autosave.isUnsaved(payload.removed)) drop(payload.removed);
    } else if ("draft" in payload && !autosave.isUnsaved(payload.draft.id)) {
      const known = saved.get(payload.draft.id);
      if (!known || payload.draft.revision > known.revision) take(payload.draft);
    }
  });

  const readAll = async (): Promise<void> => {
    const answer = await client.call("drafts.list", {});
    const there = new Set(answer.map(({ id }) => id));
    for (const id of [...drafts.value.keys()]) if (!there.has(id) && !autosave.isUnsaved(id)) drop(id);
    for (const draft of answer) if (!autosave.isUnsaved(draft.id)) take(draft);
  };

  const readFirst = async (): Promise<void> => {
    const [, remembered] = await Promise.all([readAll(), client.call("layout.get", { key: tabsKey })]);
    // A person may have opened a draft before this answer came.
    const before = onlyExisting(readTabs(remembered), (id) => drafts.value.has(id));
    const meanwhile = tabs.value;
    tabs.value = behind(before, meanwhile);
    loaded.value = true;
    watch(tabs, rememberTabs);
    if (meanwhile.active !== null) rememberTabs();
  };
  let loading: Promise<void> | undefined;
  /** Reads drafts and open tabs as they were left, once. */
  const load = (): Promise<void> => {
    loading ??= readFirst();
    loading.catch(() => (loading = undefined));
    return loading;
  };

  const rememberTabs = (): void => {
    const { open: ids, active: front } = tabs.value;
    // A failure costs only the memory of the tabs; the connection bar tells why.
    client
      .call("layout.set", { key: tabsKey, value: { open: [...ids], active: front } })
      .catch(() => undefined);
  };

  useConnection().onAgain(() => {
    if (!loaded.value) return;
    autosave.retry();
    readAll().catch(() => undefined);
  });
  // The window may go at any moment from here on; a crash between loses at most the last 300 ms.
  addEventListener("pagehide", autosave.flush);

  return {
    list,
    open,
    active,
    removed,
    loaded,
    load,
    change,
    create,
    select,
    close,
    step,
    remove,
    restore,
    openFile,
    dismissRemoved: () => (removed.value = null),
  };
});
