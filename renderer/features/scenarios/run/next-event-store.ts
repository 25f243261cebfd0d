import { defineStore } from "pinia";
import { shallowReactive, watch } from "vue";
import type { Forecast, NextEvent } from "../../../../shared/model/run";
import { prettyJson, readEventText } from "../../../editor";
import { problemOf, useClient, type Problem } from "../../../layout";
import { editedFields } from "./edited-fields";
import { useRuns } from "./runs-store";

/** Milliseconds of rest before what was typed goes to the run: each change asks for a forecast. */
const pause = 250;

/** What a paused run would send next, as it stands in the editor. */
export interface NextEventState {
  runId: string;
  next: NextEvent;
  /** The editor's text; it need not be an event yet. */
  text: string;
  /** JSON Pointers of what differs from the file. */
  edited: readonly string[];
  /** What it would change on the guest; null where that is not known. */
  forecast: Forecast | null;
  problem: Problem | null;
}

/** The event before which each paused run waits: read when it pauses, edited by a person, forecast by the sandbox. */
export const useNextEvents = defineStore("next-events", () => {
  const client = useClient();
  const runs = useRuns();
  const byPath = shallowReactive(new Map<string, NextEventState>());
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Edits that are on their way, by path: what goes next has to wait for them. */
  const underWay = new Map<string, Promise<void>>();

  const of = (path: string): NextEventState | undefined => byPath.get(path);
  const change = (path: string, runId: string, part: Partial<NextEventState>): void => {
    const known = byPath.get(path);
    if (known?.runId === runId) byPath.set(path, { ...known, ...part });
  };

  const foresee = async (path: string, runId: string): Promise<void> => {
    try {
      change(path, runId, { forecast: await client.call("runs.forecast", { id: runId }) });
    } catch (error) {
      change(path, runId, { forecast: null, problem: problemOf(error) });
    }
  };
  const read = async (path: string, runId: string): Promise<void> => {
    const next = await client.call("runs.next", { id: runId }).catch(() => null);
    const run = runs.runFor(path);
    if (!next || run?.id !== runId || run.state !== "paused") return;
    const event = next.edited ?? next.event;
    byPath.set(path, {
      ...{ runId, next, text: prettyJson(event), edited: editedFields(next.event, event) },
      ...{ forecast: null, problem: null },
    });
    await foresee(path, runId);
  };

  const tell = async (path: string, { runId, next }: NextEventState, text: string): Promise<void> => {
    const written = readEventText(text);
    if (written.state === "unreadable") return;
    const edited = editedFields(next.event, written.event);
    change(path, runId, { edited });
    try {
      const event = edited.length === 0 ? null : written.event;
      change(path, runId, { next: await client.call("runs.editNext", { id: runId, event }), problem: null });
      await foresee(path, runId);
    } catch (error) {
      change(path, runId, { problem: problemOf(error) });
    }
  };
  const send = (path: string): void => {
    timers.delete(path);
    const state = byPath.get(path);
    if (state) underWay.set(path, tell(path, state, state.text));
  };

  /** Takes what was typed; the run learns of it a moment later. */
  const type = (path: string, text: string): void => {
    const state = byPath.get(path);
    if (!state || state.text === text) return;
    byPath.set(path, { ...state, text });
    clearTimeout(timers.get(path));
    timers.set(
      path,
      setTimeout(() => send(path), pause),
    );
  };
  /** Settles when the run knows what was typed. */
  const flush = async (path: string): Promise<void> => {
    if (timers.has(path)) {
      clearTimeout(timers.get(path));
      send(path);
    }
    await underWay.get(path);
  };
  const putBack = async (path: string): Promise<void> => {
    const state = byPath.get(path);
    if (!state) return;
    clearTimeout(timers.get(path));
    timers.delete(path);
    const text = prettyJson(state.next.event);
    byPath.set(path, { ...state, text, edited: [] });
    await tell(path, state, text);
  };

  watch(
    () =>
      runs.allOn
        .filter(({ state, pausedAt }) => state === "paused" && pausedAt !== null)
        .map(({ id, path, pausedAt }) => ({ id, path, at: JSON.stringify(pausedAt) })),
    (now, before = []) => {
      for (const { path, id, at } of before)
        if (!now.some((each) => each.id === id && each.at === at)) byPath.delete(path);
      for (const { path, id, at } of now)
        if (!before.some((each) => each.id === id && each.at === at)) void read(path, id);
    },
    { immediate: true },
  );

  return { of, type, flush, putBack };
});
