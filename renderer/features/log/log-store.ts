import { defineStore } from "pinia";
import { computed, reactive, ref, shallowRef, triggerRef } from "vue";
import type { OutputOf } from "../../../shared/contract/commands";
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

/** How often at most what is shown is asked for again while more pours in than a push holds, in milliseconds. */
const lookPause = 250;

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

  /** What an older answer says of positions is wrong once entries were removed: how often that was. */
  let removals = 0;
  /** Rises with each change of the filter: an answer to an older one is thrown away. */
  let generation = 0;
  /** The list of another filter until its first page is here: so long, what was shown stays. */
  let next: RowWindow | null = null;
  const asking = new Set<number>();
  let inView = { from: 0, to: 0 };
  /** How long the last page of a filtered list took, in milliseconds. */
  let took = 0;
  let refreshTimer: ReturnType<typeof setTimeout> | undefined;
  let doubtTimer: ReturnType<typeof setTimeout> | undefined;

  const total = computed(() => rows.value.total);
  const narrow = computed(() => isNarrow(filter));

  /** Entries were removed or came back: every position is another one now. */
  const noteRemovals = (known: number): boolean => {
    if (known <= removals) return false;
    removals = known;
    rows.value.clear();
    return true;
  };

  const take = (page: OutputOf<"log.query">, position: number): void => {
    rows.value.take(page.rows, position, page.total, narrow.value);
    if (!narrow.value) entries.value = rows.value.total;
    loaded.value = true;
    failure.value = null;
    triggerRef(rows);
  };

  /** Asks for the newest rows, or for those from a position on. */
  const ask = async (position?: number): Promise<void> => {
    const asked = generation;
    const started = performance.now();
    try {
      const where = position === undefined ? { offset: 0 } : { position };
      const page = await client.call("log.query", { filter: { ...filter }, ...where, limit: blockSize });
      if (asked !== generation) return;
      if (page.removals < removals) return await ask(position);
      if (next) rows.value = next;
      next = null;
      const moved = noteRemovals(page.removals);
      take(page, position ?? page.total - page.rows.length);
      took = performance.now() - started;
      if (moved) void want(inView.from, inView.to);
    } catch (error) {
      if (asked === generation) failure.value = toErrorData(error);
    }
  };

  /** Fetches what is missing to show these positions. */
  const want = async (from: number, to: number): Promise<void> => {
    if (next) return;
    const missing = rows.value.missing(from, to).filter(({ block }) => !asking.has(block));
    await Promise.all(
      missing.map(async ({ block, position }) => {
        asking.add(block);
        await ask(position);
        asking.delete(block);
      }),
    );
  };
  /** As {@link want}, and these positions are kept up to date. */
  const show = (from: number, to: number): Promise<void> => {
    inView = { from, to };
    return want(from, to);
  };

  const restart = async (): Promise<void> => {
    generation++;
    asking.clear();
    next = new RowWindow();
    await ask();
  };

  const refreshSoon = (): void => {
    refreshTimer ??= setTimeout(
      () => {
        refreshTimer = undefined;
        void ask();
      },
      Math.max(refreshPause, 2 * took),
    );
  };

  const loadDetail = async (id: string): Promise<void> => {
    let next: Selection;
    try {
      next = { state: "shown", id, entry: await client.call("log.detail", { id, longest: longestBody }) };
    } catch (error) {
      next = { state: "missing", id, error: toErrorData(error) };
    }
    const chosen = selection.value;
    if (chosen.state === "none" || chosen.id !== id) return;
    const isSame =
      chosen.state === "shown" && next.state === "shown" && chosen.entry.revision === next.entry.revision;
    if (!isSame) selection.value = next;
  };

  const noteFacets = (changed: readonly EntryRow[]): void => {
    const environments = new Set([...facets.value.environments, ...changed.map((row) => row.environment)]);
    const types = new Set([...facets.value.types, ...changed.map((row) => row.type)]);
    if (environments.size === facets.value.environments.length && types.size === facets.value.types.length)
      return;
    facets.value = { environments: [...environments].sort(), types: [...types].sort() };
  };

  const noteNewest = (changed: readonly EntryRow[]): void => {
    for (const row of changed) if (row.seq >= (newest.value?.seq ?? 0)) newest.value = row;
  };

  const readFacets = async (): Promise<void> => {
    facets.value = await client.call("log.facets", {});
  };
  const readNewest = async (): Promise<void> => {
    const page = await client.call("log.query", { limit: 1 });
    newest.value = page.rows[0] ?? null;
    entries.value = page.total;
  };

  /** Asks again for what is shown, and only for that: however much has changed, it is no more work. */
  const lookAgain = async (): Promise<void> => {
    if (!loaded.value) return;
    rows.value.doubt();
    const chosen = selection.value;
    try {
      await Promise.all([
        narrow.value || total.value === 0 ? ask() : want(inView.from, inView.to),
        readNewest(),
        readFacets(),
        ...(chosen.state === "none" ? [] : [loadDetail(chosen.id)]),
      ]);
    } catch {
      // The connection is lost again; its return looks again.
    }
  };
  const lookAgainSoon = (): void => {
    doubtTimer ??= setTimeout(() => {
      doubtTimer = undefined;
      void lookAgain();
    }, lookPause);
  };

  client.on("log.appended", ({ rows: changed, revision, total: whole, removals: known }) => {
    if (!loaded.value) return;
    noteNewest(changed);
    noteFacets(changed);
    if (known > removals) {
      entries.value = whole;
      void lookAgain();
      return;
    }
    // A push holds so many rows at most.
    const isAll = (changed.at(-1)?.revision ?? 0) >= revision;
    entries.value = Math.max(entries.value, whole);
    if (narrow.value) {
      rows.value.replaceKnown(changed);
      refreshSoon();
    } else rows.value.grow(isAll ? changed : [], whole);
    triggerRef(rows);
    if (!isAll) lookAgainSoon();
    const chosen = selection.value;
    if (chosen.state !== "none" && changed.some((row) => row.id === chosen.id)) void loadDetail(chosen.id);
  });
  useConnection().onAgain(() => void lookAgain());

  /** Reads the end of the log for the first time. */
  const load = async (): Promise<void> => {
    await ask();
    newest.value = rows.value.at(rows.value.total - 1) ?? null;
    await readFacets();
  };

  const setFilter = (change: LogFilter): Promise<void> => {
    Object.assign(filter, change);
    return restart();
  };

  const clearFilter = (): Promise<void> =>
    setFilter({ environments: [], types: [], statuses: [], verdicts: [], runs: [], ids: [], text: "" });

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
    show,
    lookAgain,
    setFilter,
    clearFilter,
    select,
  };
});
