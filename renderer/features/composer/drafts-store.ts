import { defineStore } from "pinia";
import { computed, reactive, ref, watch } from "vue";
import { AppError } from "../../../shared/contract/errors";
import type { Draft } from "../../../shared/model/draft";
import { closeModel } from "../../editor";
import { useClient, useConnection, useProblems } from "../../layout";
import { freeName } from "./draft-names";
import { moveBefore, orderDrafts, stepTarget } from "./draft-order";
import { createDraftSync } from "./draft-sync";
import { behind, closeTab, noTabs, onlyExisting, openTab, readTabs, stepTab } from "./open-tabs";
import { placeOf, removalOf } from "./undo-removal";
import { useUndo } from "./undo-store";

const tabsKey = "composer-tabs";

export type NewDraft = Pick<Draft, "name" | "messageType" | "text">;

/** The drafts in the person's order, the tabs they are open in, and what is done with them. */
export const useDrafts = defineStore("drafts", () => {
  const client = useClient();
  const problems = useProblems();
  const undo = useUndo();
  const drafts = reactive(new Map<string, Draft>());
  const order = ref<string[]>([]);
  const tabs = ref(noTabs);
  const loaded = ref(false);

  const list = computed(() => orderDrafts(drafts.values(), order.value));
  const ids = computed(() => list.value.map(({ id }) => id));
  const open = computed(() => tabs.value.open.flatMap((id) => drafts.get(id) ?? []));
  const active = computed(() => (tabs.value.active === null ? undefined : drafts.get(tabs.value.active)));

  const select = (id: string): void => {
    if (drafts.has(id)) tabs.value = openTab(tabs.value, id);
  };
  const close = (id: string): void => {
    tabs.value = closeTab(tabs.value, id);
    closeModel(id);
  };

  const sync = createDraftSync({
    drafts,
    write: ({ id, name, messageType, text }, revision, before) =>
      client.call("drafts.save", {
        ...{ id, name, messageType, text, revision },
        ...(revision === 0 && before !== undefined && { before }),
      }),
    read: () => client.call("drafts.list", {}),
    erase: (id, revision) => client.call("drafts.remove", { id, revision }),
    keepAside: ({ theirs, ours }) => {
      create(ours, theirs.id);
      problems.report(
        new AppError({
          code: "CONFLICT",
          message: `${theirs.name} was changed in two windows at once.`,
          hint: "Both are kept: what was typed here is a draft of its own now.",
        }),
      );
    },
    gone: close,
    failed: (error) => problems.report(error),
  });

  /**
   * Makes a draft, shows it, and saves it at once.
   *
   * @param before the draft above which it stands; without it, on top
   */
  const create = ({ name, messageType, text }: NewDraft, before?: string | null): string => {
    const now = new Date().toISOString();
    const taken = list.value.map((draft) => draft.name);
    const id = crypto.randomUUID();
    if (before !== undefined) order.value = moveBefore(ids.value, id, before);
    sync.add(
      {
        ...{ id, messageType, text, revision: 0, createdAt: now, updatedAt: now },
        name: freeName(name.slice(0, 190), taken),
      },
      before,
    );
    select(id);
    return id;
  };

  /** A copy, right below the draft it was made of. */
  const duplicate = (id: string): void => {
    const draft = drafts.get(id);
    if (draft) create(draft, ids.value[ids.value.indexOf(id) + 1] ?? null);
  };

  const move = async (id: string, before: string | null): Promise<void> => {
    const was = ids.value;
    order.value = moveBefore(was, id, before);
    try {
      order.value = (await client.call("drafts.move", { id, before })).order;
    } catch (error) {
      order.value = was;
      throw error;
    }
  };
  /**
   * Moves a draft up (-1) or down (1) by a row.
   *
   * @param among the drafts that are shown, where a search leaves some out
   * @returns whether it went anywhere
   */
  const moveByStep = async (
    id: string,
    step: 1 | -1,
    among: readonly string[] = ids.value,
  ): Promise<boolean> => {
    const before = stepTarget(among, id, step);
    if (before === undefined) return false;
    await move(id, before);
    return true;
  };

  const restore = (draft: Draft, place: string | null): void => {
    // Another window had something unsaved in it, so it is there again: both are kept.
    if (drafts.has(draft.id)) {
      create(draft, place);
      return;
    }
    order.value = moveBefore(ids.value, draft.id, place);
    sync.add({ ...draft, revision: 0 }, place);
    select(draft.id);
  };
  /** Removes a draft; it can be had back as it was, where it was. */
  const remove = async (id: string): Promise<void> => {
    const { name } = drafts.get(id) ?? {};
    const before = ids.value;
    const removed = await sync.remove(id);
    if (!removed) {
      throw new AppError({
        code: "CONFLICT",
        message: `${name ?? "The draft"} was just changed in another window, so it was not deleted.`,
        hint: "It is shown as it is there. Delete it again if that can go, too.",
      });
    }
    const removal = removalOf(removed, before);
    undo.note({
      words: `Deleted “${removed.name}”.`,
      undo: () => restore(removed, placeOf(removal, ids.value)),
    });
  };

  /** Makes a draft of a JSON file and shows it. @throws AppError where the file holds no event */
  const importFile = async (file: File): Promise<void> => {
    const draft = await client.call("drafts.import", { ticket: await client.upload(file) });
    sync.take(draft);
    select(draft.id);
  };

  client.on("drafts.changed", (payload) => {
    if (!loaded.value) return;
    if ("removed" in payload) sync.takeRemoval(payload.removed);
    else if ("order" in payload) order.value = payload.order;
    else sync.take(payload.draft);
  });

  const readAll = async (): Promise<void> => {
    const all = await client.call("drafts.list", {});
    order.value = all.map(({ id }) => id);
    sync.takeAll(all);
  };
  const readFirst = async (): Promise<void> => {
    const [, remembered] = await Promise.all([readAll(), client.call("layout.get", { key: tabsKey })]);
    // A person may have opened a draft before this answer came.
    const before = onlyExisting(readTabs(remembered), (id) => drafts.has(id));
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
    const { open: opened, active: front } = tabs.value;
    // A failure costs only the memory of the tabs; the connection bar tells why.
    client
      .call("layout.set", { key: tabsKey, value: { open: [...opened], active: front } })
      .catch(() => undefined);
  };

  useConnection().onAgain(() => {
    if (!loaded.value) return;
    sync.retry();
    readAll().catch(() => undefined);
  });
  // The window may go at any moment from here on; a crash between loses at most the last 300 ms.
  addEventListener("pagehide", sync.flush);

  return {
    list,
    open,
    active,
    loaded,
    load,
    byId: (id: string): Draft | undefined => drafts.get(id),
    change: sync.change,
    create,
    duplicate,
    move,
    moveByStep,
    select,
    close,
    step: (by: 1 | -1): void => {
      tabs.value = stepTab(tabs.value, by);
    },
    remove,
    importFile,
  };
});
