import type { Node } from "jsonc-parser";
import {
  buildEvent,
  inheritedFields,
  type BuildInput,
  type InheritedField,
} from "../../../shared/build-event";
import { judge } from "../../../shared/catalog/catalog";
import type { Draft } from "../../../shared/model/draft";
import type { EnvironmentView } from "../../../shared/model/environment";
import type { BuiltEvent, StreamEvent } from "../../../shared/model/event";
import { idToCome, type GuestContext } from "../../../shared/model/guest";
import type { Verdict } from "../../../shared/model/verdict";
import { filledOnTheWay } from "../../../shared/transports";
import { marksOfText, marksOfVerdict, readEventText, type Mark } from "../../editor";

/** All that is known of a draft's text in an environment: the built event and its verdict, or why it is no event. */
export type Judgement =
  | { state: "unreadable"; marks: Mark[] }
  | {
      state: "judged";
      /** As written. */
      event: StreamEvent;
      built: BuiltEvent;
      verdict: Verdict;
      inherited: InheritedField[];
      tree: Node;
      /** The verdict's issues in its order, then the warnings of the text itself. */
      marks: Mark[];
    };

const guestOf = (context: GuestContext | null): BuildInput["guest"] => ({
  browserId: context?.browserId ?? idToCome,
  sessionId: context?.sessionId ?? idToCome,
});

/**
 * Judges a draft the way the sender does: the event is built first, then its catalog judges it.
 *
 * @param guest the guest context; null while the first send has not made it
 */
export const judgeDraft = (
  { text, messageType }: Pick<Draft, "text" | "messageType">,
  environment: EnvironmentView,
  guest: GuestContext | null,
): Judgement => {
  const read = readEventText(text);
  if (read.state === "unreadable") return { state: "unreadable", marks: marksOfText(read.problems) };
  const input: BuildInput = {
    environment,
    catalog: environment.catalog,
    messageType,
    event: read.event,
    guest: guestOf(guest),
  };
  const built = buildEvent(input);
  const verdict = judge(built.event, environment.catalog, filledOnTheWay(environment));
  return {
    state: "judged",
    event: read.event,
    built,
    verdict,
    inherited: inheritedFields(input),
    tree: read.tree,
    marks: [...marksOfVerdict(read.tree, verdict), ...marksOfText(read.warnings)],
  };
};

/** How many errors, warnings and notes there are. */
export const countMarks = (marks: readonly Mark[]): Record<Mark["severity"], number> => {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of marks) counts[severity] += 1;
  return counts;
};

/** The one glyph of a judgement, for lists. */
export const glyphOf = ({ marks }: Judgement): "valid" | "error" | "warning" => {
  const { error, warning } = countMarks(marks);
  if (error > 0) return "error";
  return warning > 0 ? "warning" : "valid";
};
