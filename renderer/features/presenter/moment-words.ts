import { parseDuration } from "../../../shared/duration";
import { spanWords } from "../../../shared/guest-words/values";
import type { JsonObject, JsonValue } from "../../../shared/model/json";
import { hasEnded, type RunSummary, type StepResult } from "../../../shared/model/run";
import type { Ingestion } from "../../../shared/model/verdict";
import type { StepOutline } from "../../../shared/model/scenario";

const outcomes: Partial<Record<Ingestion, string>> = {
  processed: "processed",
  visible: "visible to the Guest API",
  failed: "and failed",
  dropped: "and dropped",
  accepted: "accepted, not confirmed",
};

/** What came back for an event: "answered 201, processed". */
export const answerWords = ({ status, error, ingestion }: StepResult): string => {
  if (status === null) return error === null ? "not sent" : `no answer: ${error}`;
  const outcome = ingestion === null ? undefined : outcomes[ingestion];
  return outcome === undefined ? `answered ${status}` : `answered ${status}, ${outcome}`;
};

/** How long passes, as the file says it: "2 s pass". A template is not for an audience. */
export const timePasses = (step: JsonObject | undefined): string => {
  const span = step?.["wait"] ?? step?.["clock"];
  const milliseconds = typeof span === "string" ? parseDuration(span) : null;
  if (milliseconds === null) return "Some time passes";
  const words = milliseconds < 1000 ? "A moment" : spanWords(milliseconds);
  return milliseconds < 1000 || /^1 /.test(words) ? `${words} passes` : `${words} pass`;
};

const isRecord = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const named = (key: string): string => key.replace(/([A-Z])/g, " $1").toLowerCase();

/** What a look at the guest expected: "guest type customer, first name Ada". Deeper matchers count by their name alone. */
export const expectedWords = (step: JsonObject | undefined): string => {
  const guest = step?.["guest"];
  const expected = isRecord(guest) ? guest["expect"] : undefined;
  if (!isRecord(expected)) return "";
  return Object.entries(expected)
    .map(([key, value]) =>
      ["string", "number", "boolean"].includes(typeof value) && !String(value).includes("{{")
        ? `${named(key)} ${String(value)}`
        : named(key),
    )
    .join(", ");
};

/** Whether the file gives the step a name; otherwise its title only says what it does. */
export const hasName = (outline: StepOutline | undefined): boolean =>
  typeof outline?.step["name"] === "string";

/** Where values stand that reach or describe a person; what was found there is not for an audience. */
const personal = /mail|phone|mobile|birth|street|address|identifier|postal/i;

/**
 * Expectations that were not met, as sentences; as many as are read from the back of a room.
 *
 * @param veiled whether values that reach a person are kept from the audience
 */
export const failureSentences = ({ failures }: StepResult, veiled: boolean, most = 2): string[] => {
  const sentences = failures
    .slice(0, most)
    .map(({ message, path }) => (veiled && personal.test(path) ? `${path} is not as expected.` : message));
  const more = failures.length - sentences.length;
  return more > 0
    ? [...sentences, `And ${more} more ${more === 1 ? "was" : "were"} not as expected.`]
    : sentences;
};

/** How it stands when nothing comes any more. */
export const endWords = (run: RunSummary | null): string => {
  if (!run || !hasEnded(run.state)) return "The next step";
  if (run.state === "passed") return "That was the journey";
  if (run.state === "failed") return "The journey ends here: not all was as expected";
  return run.state === "cancelled" ? "The journey was stopped" : "The journey ends here";
};
