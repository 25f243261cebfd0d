import { defineStore } from "pinia";
import { computed, reactive, ref, shallowRef, triggerRef } from "vue";
import type { Entry, EntryRow, LogFilter } from "../../../shared/model/entry";
import { AppError, type ErrorData } from "../../../shared/contract/errors";
import { useClient, useConnection } from "../../layout";
import { blockSize, RowWindow } from "./row-window";

/** The chosen entry: one state, so that a late answer cannot show beside another entry's name. */
export type Selection =
  | { state: "none" }
  | { state: "loading"; id: string }
  | { state: "shown"; id: string; entry: Entry }
  | { state: "missing"; id: string; error: ErrorData };

const isNarrow = (filter: LogFilter): boolean =>
  Object.values(filter).some((wanted) => (Array.isArray(wanted) ? wanted.length > 0 : Boolean(wanted)));

const toErrorData = (error: unknown): ErrorData =>
  error instanceof AppError ? error.toData() : { code: "INTERNAL", message: String(error) };

/** How often at most a filtered list is asked for again while entries pour in, in milliseconds. */
const refreshPause = 200;

/** Characters of a body that the window takes in; a longer one is read by a worker. */
const longestBody = 200_000;

/** The live log: which rows are in view, which entry is chosen, and whether the end is followed. */
export const useLogStore = defineStore("log", () => {
  const client = useClient();
  const rows = shallowRef(new RowWindow());
  const filter = reactive<LogFilter>({});
  const following = ref(true);
  const selection = ref<Selection>({ state: "none" });
  const failure = ref<ErrorData | null>(null);
  const facets = ref<{ environments: string[]; types: string[] }>({ environments: [], types: [] });
  const loaded = ref(false);
  /** All entries of the log, whatever the filter. */
  const entries = ref(0);
  const newest = shallowRef<EntryRow | null>(null);

  /** Every change up to this revision is in what is in memory. */
  let revision = 0;
  /** The highest revision that a push has told of. */
  let heard = 0;
  /** Whether pushes have come that do not follow on that revision: what lies between is being asked for. */
  let behind = false;
  /** Rises with each change of the filter: an answer to an older one is thrown away. */
  let generation = 0;
  const asking = new Set<number>();
  let catchingUp = false;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;

  const total = computed(() => rows.value.total);
  const narrow = computed(() => isNarrow(filter));

  const ask = async (offset: number, limit: number): Promise<void> => {
    const asked = generation;
    try {
      const page = await client.call("log.query", { filter: { ...filter }, offset, limit });
      if (asked !== generation) return;
      rows.value.take(page.rows, offset, page.total, narrow.value);
      // A later page says nothing of the changes of rows that other pages brought.
      if (!loaded.value) revision = Math.max(revision, page.revision);
      if (!narrow.value) entries.value = rows.value.total;
      loaded.value = true;
      failure.value = null;
      triggerRef(rows);
    } catch (error) {
      if (asked === generation) failure.value = toErrorData(error);
    }
  };

  /** Fetches what is missing to show these positions. */
  const want = async (from: number, to: number): Promise<void> => {
    const missing = rows.value.missing(from, to).filter(({ block }) => !asking.has(block));
    await Promise.all(
      missing.map(async ({ block, offset, limit }) => {
        asking.add(block);
        await ask(offset, limit);
        asking.delete(block);
      }),
    );
  };

  const restart = async (): Promise<void> => {
    generation++;
    asking.clear();
    rows.value = new RowWindow();
    await ask(0, blockSize);
  };

  const refreshSoon = (): void => {
    refreshTimer ??= setTimeout(() => {
      refreshTimer = undefined;
      void ask(0, blockSize);
    }, refreshPause);
  };

  const loadDetail = async (id: string): Promise<void> => {
    let next: Selection;
    try {
      next = { state: "shown", id, entry: await client.call("log.detail", { id, longest: longestBody }) };
    } catch (error) {
      next = { state: "missing", id, error: toErrorData(error) };
    }
    if (selection.value.state !== "none" && selection.value.id === id) selection.value = next;
  };

  const noteFacets = (changed: readonly EntryRow[]): void => {
    const environments = new Set([...facets.value.environments, ...changed.map((row) => row.environment)]);
    const types = new Set([...facets.value.types, ...changed.map((row) => row.type)]);
    if (environments.size === facets.value.environments.length && types.size === facets.value.types.length)
      return;
    facets.value = { environments: [...environments].sort(), types: [...types].sort() };
  };

  const apply = (changed: readonly EntryRow[]): void => {
    const last = changed.reduce<EntryRow | null>(
      (best, row) => (best && best.seq > row.seq ? best : row),
      null,
    );
    const known = newest.value?.seq ?? 0;
    if (last && last.seq >= known) newest.value = last;
    if (narrow.value) {
      entries.value += changed.filter(({ seq }) => seq > known).length;
      rows.value.replaceKnown(changed);
      refreshSoon();
    } else {
      rows.value.upsert(changed);
      entries.value = rows.value.total;
    }
    noteFacets(changed);
    triggerRef(rows);
    const chosen = selection.value;
    if (chosen.state !== "none" && changed.some((row) => row.id === chosen.id)) void loadDetail(chosen.id);
  };

  /** After a lost connection, or a push that did not hold all: everything that changed since what we know. */
  const catchUp = async (): Promise<void> => {
    if (!loaded.value) return;
    behind = true;
    if (catchingUp) return;
    catchingUp = true;
    try {
      for (let complete = false; !complete || revision < heard;) {
        const page = await client.call("log.since", { revision, limit: 1000 });
        apply(page.rows);
        complete = page.complete;
        revision = complete ? page.revision : (page.rows.at(-1)?.revision ?? revision);
      }
      behind = false;
    } catch {
      // The connection is lost again; its return catches up.
    } finally {
      catchingUp = false;
    }
  };

  const readFacets = async (): Promise<void> => {
    facets.value = await client.call("log.facets", {});
  };

  client.on("log.appended", (payload) => {
    apply(payload.rows);
    heard = Math.max(heard, payload.revision);
    if (!behind) revision = Math.max(revision, payload.rows.at(-1)?.revision ?? 0);
    // A push holds so many rows at most; the rest is asked for.
    if (behind || revision < heard) void catchUp();
  });
  useConnection().onAgain(() => void catchUp());

  /** Reads the end of the log for the first time. */
  const load = async (): Promise<void> => {
    await ask(0, blockSize);
    newest.value = rows.value.at(rows.value.total - 1) ?? null;
    await readFacets();
  };

  const setFilter = (change: LogFilter): Promise<void> => {
    Object.assign(filter, change);
    return restart();
  };

  const clearFilter = (): Promise<void> =>
    setFilter({ environments: [], types: [], statuses: [], verdicts: [], runs: [], text: "" });

  const select = (id: string | null): void => {
    if (id === null) {
      selection.value = { state: "none" };
      return;
    }
    if (selection.value.state === "none" || selection.value.id !== id)
      selection.value = { state: "loading", id };
    void loadDetail(id);
  };

  return {
    rows,
    total,
    entries,
    newest,
    loaded,
    failure,
    filter,
    narrow,
    facets,
    following,
    selection,
    load,
    want,
    setFilter,
    clearFilter,
    select,
  };
});
