import type { JsonValue } from "../../../shared/model/json";
import { hasEnded, type RunSummary, type StepResult } from "../../../shared/model/run";
import type { StepOutline } from "../../../shared/model/scenario";
import { toldIndex, type ToldStep } from "../../../shared/scenario/told-steps";

/** Which guest a moment leaves behind, and at which step of its history. */
export interface MomentGuest {
  ref: string;
  place: { seq: number } | { eventRef: string } | undefined;
}

/** What a press of the key brings: what one can stop at, and come back to. */
export interface Moment {
  what:
    | { kind: "opening" }
    /** A caption below what was there before. */
    | { kind: "note"; behind: Moment }
    /** Think time, or the sandbox's clock moved on. */
    | { kind: "time"; result: StepResult }
    /** An event, a look at the guest, or whatever failed. */
    | { kind: "step"; result: StepResult };
  /** The last note, as long as it is about what is shown. */
  caption: string | null;
  /** The point of the story reached, from 0; -1 before the first. */
  at: number;
  /** The virtual guest, from 1. */
  iteration: number;
  guest: MomentGuest | null;
}

export interface Story {
  told: readonly ToldStep[];
  /** By number, of every step. */
  outline: ReadonlyMap<string, StepOutline>;
}

const opening: Moment = { what: { kind: "opening" }, caption: null, at: -1, iteration: 1, guest: null };

const refIn = (response: JsonValue): string | null => {
  const isRecord = typeof response === "object" && response !== null && !Array.isArray(response);
  const ref = isRecord ? response["ref"] : null;
  return typeof ref === "string" ? ref : null;
};

const guestOf = ({ guest, kind, response }: StepResult): MomentGuest | null => {
  if (!guest) return null;
  const eventRef = kind === "send" ? refIn(response) : null;
  return {
    ref: guest.ref,
    place: guest.seq !== null ? { seq: guest.seq } : eventRef !== null ? { eventRef } : undefined,
  };
};

/** A wait that is left out on the stage is still told: time passes in the story. One behind a failure is not. */
const isTold = (result: StepResult, story: Story, failed: boolean): boolean => {
  if (result.kind !== "wait" || result.state !== "skipped") return result.state !== "skipped";
  return !failed && story.outline.get(result.number)?.when !== true;
};

const behindNote = (moment: Moment): Moment => (moment.what.kind === "note" ? moment.what.behind : moment);

const momentOf = (result: StepResult, before: Moment, story: Story): Moment | null => {
  const { iteration, number, kind } = result;
  const fresh = iteration !== before.iteration;
  const at = Math.max(toldIndex(story.told, number), fresh ? -1 : before.at);
  const guest = guestOf(result) ?? (fresh ? null : before.guest);
  const base = { at, iteration, guest };
  if (result.state === "failed") return { ...base, what: { kind: "step", result }, caption: null };
  // Only a caption that was just read is about what comes.
  const caption = before.what.kind === "note" ? before.caption : null;
  if (kind === "note") {
    const said = result.notes[0] ?? result.title;
    return { ...base, what: { kind: "note", behind: behindNote(before) }, caption: said };
  }
  if (kind === "wait" || kind === "clock") return { ...base, what: { kind: "time", result }, caption };
  if (kind === "send" || kind === "guest") return { ...base, what: { kind: "step", result }, caption };
  return null;
};

/**
 * What has been shown of a run so far. A step that has nothing to show, such as a new browser, makes no moment.
 *
 * @param results of a run that plays one guest after the other, in the order in which the steps began
 */
export const momentsOf = (results: readonly StepResult[], story: Story): Moment[] => {
  const moments = [opening];
  let failedIn = 0;
  for (const result of results) {
    if (result.state === "running" || result.state === "waiting") continue;
    if (!isTold(result, story, failedIn === result.iteration)) continue;
    if (result.state === "failed") failedIn = result.iteration;
    const moment = momentOf(result, moments.at(-1) ?? opening, story);
    if (moment) moments.push(moment);
  }
  return moments;
};

/** What the next press brings, as far as the file tells; null at the end. */
export const nextTold = (moment: Moment, run: RunSummary | null, story: Story): string | null => {
  if (!run || hasEnded(run.state)) return null;
  const begins = run.pausedAt !== null && run.pausedAt.iteration !== moment.iteration;
  const at = run.pausedAt ? toldIndex(story.told, run.pausedAt.number) : -1;
  return story.told[at !== -1 ? at : begins ? 0 : moment.at + 1]?.title ?? null;
};
