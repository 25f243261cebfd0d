import { setMaxListeners } from "node:events";
import { buildEvent } from "../../../shared/build-event";
import { judge } from "../../../shared/catalog/catalog";
import { AppError } from "../../../shared/contract/errors";
import type { EntrySource } from "../../../shared/model/entry";
import type { StreamEvent } from "../../../shared/model/event";
import type { Verdict } from "../../../shared/model/verdict";
import { createPace } from "../scenarios/engine/pace";
import type { RunAnswer, RunTarget } from "../sender/run-sends";
import { verdictOf } from "./check-events";
import type { BatchGuest } from "./batch-guest";
import { readEventFile } from "./read-file";
import type { SendingTally } from "./sending-tally";
import { createSlots } from "./slots";

/** Requests that are under way at once, each of another browser: the events of one browser go in their order. */
const concurrency = 8;
/** Events that may be under way or wait for what a sandbox makes of them, and for the log. */
const unsettled = 500;
/** Milliseconds until nobody waits for a sandbox any more; the entry gets its outcome all the same. */
const settleFor = 10_000;
/** So many events in a row that nobody takes, from the first on, say that no event will be taken. */
const hopeless = 20;

export interface Sending {
  path: string;
  name: string;
  target: RunTarget;
  guest: BatchGuest;
  /** Events a second; null for as fast as can be. */
  rate: number | null;
  /** Send what the catalog calls invalid, too. */
  sendInvalid: boolean;
  /** Where the entries say they come from; the place of the event is added. */
  source: EntrySource;
  /** Stops it; what is under way is cut off. */
  signal: AbortSignal;
  tally: SendingTally;
  /** @param progress 0 to 1 */
  went(progress: number): void;
}

/** Whether it was not about this one event: the next would fare the same. */
const isHopeless = ({ status, error }: RunAnswer): boolean =>
  (error !== null && error.code !== "ABORTED") || status === 401 || status === 403;

const stopped = (reason: string): AppError =>
  new AppError({
    code: "UNREACHABLE",
    message: `Stopped after the first ${hopeless} events, because none of them was taken: ${reason}`,
    hint: "Put that right, then send again. The log has what was answered.",
  });

/**
 * Sends the events of a file, each as a run sends: in the log's journal before it leaves, with an outcome after.
 *
 * @returns once all is sent, answered and in the log, or it was aborted
 * @throws AppError what keeps it from going on: the guest cannot be made, the log cannot be written, the file is cut off
 */
export const sendEvents = async (sending: Sending): Promise<void> => {
  const { path, name, target, guest, sendInvalid, source, signal, tally, went } = sending;
  const { environment } = target;
  // Each event that is under way listens to it.
  setMaxListeners(0, signal);
  const pace = createPace(sending.rate);
  const requests = createSlots(concurrency);
  const open = createSlots(unsettled);
  /** The newest request of each browser that has one under way. */
  const lanes = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  let failure: unknown = null;
  let inVain: number | null = 0;

  const note = async (reason: string | null, line: number): Promise<void> => {
    if (reason !== null) tally.note(await target.redact(reason), line);
  };

  /** Follows an event that has been answered until nothing more is to come. */
  const settle = async (answer: RunAnswer, line: number): Promise<void> => {
    const outcome = await target.outcomeOf(answer, settleFor, signal);
    if (outcome !== null) await note(tally.settled(outcome), line);
    await answer.logged;
  };

  const judgeHope = async (answer: RunAnswer, reason: string | null): Promise<void> => {
    if (inVain === null) return;
    inVain = isHopeless(answer) ? inVain + 1 : null;
    if (inVain === hopeless) throw stopped(await target.redact(reason ?? ""));
  };

  const send = async (event: StreamEvent, verdict: Verdict, number: number, line: number) => {
    const guestRef = guest.refOf(event);
    const answer = await target.send(event, verdict, {
      ...{ source: { ...source, iteration: number }, guestRef, signal },
    });
    const reason = tally.answered(answer);
    await guest.answered(event, answer);
    return { answer, reason, line };
  };

  const leave = async (event: StreamEvent, verdict: Verdict, number: number, line: number): Promise<void> => {
    try {
      const { answer, reason } = await send(event, verdict, number, line).finally(requests.giveBack);
      // What follows holds nobody up.
      const settling = (async (): Promise<void> => {
        await note(reason, line);
        await judgeHope(answer, reason);
        await settle(answer, line);
      })().catch((error: unknown) => void (failure ??= error));
      track(settling.finally(open.giveBack));
    } catch (error) {
      failure ??= error;
      open.giveBack();
    }
  };

  const track = (work: Promise<void>): void => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };

  const goesOn = (): boolean => failure === null && !signal.aborted;

  const play = async (): Promise<void> => {
    for await (const read of readEventFile(path, name)) {
      if (!goesOn()) return;
      went(read.progress);
      if ("unreadable" in read || (!sendInvalid && verdictOf(read.event, environment).schema === "invalid")) {
        tally.leftOut();
        continue;
      }
      await open.take();
      await requests.take();
      const giveUp = (): void => {
        requests.giveBack();
        open.giveBack();
      };
      try {
        await pace.turn(signal);
        if (!goesOn()) return giveUp();
        const ids = await guest.of(read.event, signal);
        const { catalog } = environment;
        const { event } = buildEvent({ environment, catalog, event: read.event, guest: ids });
        await lanes.get(ids.browserId);
        if (!goesOn()) return giveUp();
        const lane = leave(event, judge(event, catalog), read.number, read.line);
        lanes.set(ids.browserId, lane);
        track(
          lane.finally(() => {
            if (lanes.get(ids.browserId) === lane) lanes.delete(ids.browserId);
          }),
        );
      } catch (error) {
        giveUp();
        throw error;
      }
    }
  };

  try {
    await play();
  } catch (error) {
    // A wait for the next turn ends with the abort.
    if (!signal.aborted) failure ??= error;
  }
  while (running.size > 0) await Promise.allSettled(running);
  await target.settled();
  if (failure !== null && !signal.aborted) throw failure;
};
