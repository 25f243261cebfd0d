import { defineStore } from "pinia";
import { computed, reactive, shallowRef, watch, type WritableComputedRef } from "vue";
import type { JsonValue } from "../../shared/model/json";
import { useClient } from "./client-key";

export type LogState = "collapsed" | "open" | "maximised";

interface Arranged {
  view: string;
  /** By view: a form wants the room that an editor shares. */
  logs: Record<string, LogState>;
  /** Pixels, when open. */
  logHeight: number;
  /** The pixels that view and log shared when the height was chosen: a smaller window takes its share of both. */
  logRoom: number;
  /** Pixels by pane. */
  sizes: Record<string, number>;
  /** What is folded or hidden, by name. */
  shown: Record<string, boolean>;
}

/** The log's height in pixels before a person chooses one: low or high, as `room` for view and log allows. */
export const logHeightFor = (room: number): number => (room >= 796 ? 424 : 200);
const storageKey = "arrangement";

const isRecord = (value: unknown): value is Record<string, JsonValue> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const pickNumbers = (value: JsonValue | undefined): Record<string, number> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter(
      (pair): pair is [string, number] => typeof pair[1] === "number" && pair[1] > 0 && pair[1] < 10_000,
    ),
  );

const pickFlags = (value: JsonValue | undefined): Record<string, boolean> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter(
      (pair): pair is [string, boolean] => typeof pair[1] === "boolean",
    ),
  );

const isLogState = (value: unknown): value is LogState =>
  value === "collapsed" || value === "open" || value === "maximised";

const pickLogStates = (value: JsonValue | undefined): Record<string, LogState> =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).filter((pair): pair is [string, LogState] =>
      isLogState(pair[1]),
    ),
  );

/** What was remembered, as far as it makes sense: another version of Bellhop may have written it. */
export const readArrangement = (value: JsonValue | undefined): Partial<Arranged> => {
  if (!isRecord(value)) return {};
  const { view, logHeight, logRoom } = value;
  return {
    ...(typeof view === "string" && { view }),
    ...(typeof logHeight === "number" && logHeight >= 80 && logHeight < 10_000 && { logHeight }),
    ...(typeof logRoom === "number" && logRoom >= 80 && logRoom < 10_000 && { logRoom }),
    logs: pickLogStates(value.logs),
    sizes: pickNumbers(value.sizes),
    shown: pickFlags(value.shown),
  };
};

/** What lies above and below view and log, in pixels. */
export const bars = 64;

/** The log's height in pixels where it shares `room` with the view: as it was chosen, or its part of a smaller room. */
export const heightInRoom = (
  { logHeight, logRoom }: Pick<Arranged, "logHeight" | "logRoom">,
  room: number,
): number => Math.round(logHeight * Math.min(1, room / logRoom));

/** How the window is arranged: the view, the panes' sizes, the log. Remembered in the profile. */
export const useArrangement = defineStore("arrangement", () => {
  const client = useClient();
  const room = (typeof innerHeight === "number" ? innerHeight : 900) - bars;
  const state = reactive<Arranged>({
    view: "",
    logs: {},
    logHeight: logHeightFor(room),
    logRoom: room,
    sizes: {},
    shown: {},
  });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const save = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    const value = JSON.parse(JSON.stringify(state)) as JsonValue;
    // A failure here costs only the memory of a size; the connection bar tells why.
    client.call("layout.set", { key: storageKey, value }).catch(() => undefined);
  };

  const load = async (): Promise<void> => {
    Object.assign(state, readArrangement(await client.call("layout.get", { key: storageKey })));
    watch(
      () => JSON.stringify(state),
      () => {
        clearTimeout(timer);
        timer = setTimeout(save, 300);
      },
    );
    // The window may go before the pause is over.
    addEventListener("pagehide", save);
  };

  /** The size in pixels of a pane, kept between `min` and `max`. */
  const paneSize = (name: string, initial: number, min: number, max: number): WritableComputedRef<number> =>
    computed({
      get: () => Math.min(Math.max(state.sizes[name] ?? initial, min), max),
      set: (pixels) => {
        state.sizes[name] = pixels;
      },
    });

  /** Whether a pane or section is shown. */
  const shown = (name: string, initial = true): WritableComputedRef<boolean> =>
    computed({
      get: () => state.shown[name] ?? initial,
      set: (value) => {
        state.shown[name] = value;
      },
    });

  const view = computed({ get: () => state.view, set: (id) => (state.view = id) });
  /** How the log begins in each view, before a person arranges it. */
  const logDefaults = shallowRef<Readonly<Record<string, LogState>>>({});
  const log = computed<LogState>({
    get: () => state.logs[state.view] ?? logDefaults.value[state.view] ?? "open",
    set: (next) => (state.logs[state.view] = next),
  });
  const logHeightIn = (available: number): number => heightInRoom(state, available);
  const chooseLogHeight = (logHeight: number, logRoom: number): void => {
    Object.assign(state, { logHeight, logRoom });
  };
  const toggleLog = (): void => {
    log.value = log.value === "collapsed" ? "open" : "collapsed";
  };
  const toggleMaximised = (): void => {
    log.value = log.value === "maximised" ? "open" : "maximised";
  };
  return {
    load,
    paneSize,
    shown,
    view,
    log,
    logDefaults,
    logHeightIn,
    chooseLogHeight,
    toggleLog,
    toggleMaximised,
  };
});
