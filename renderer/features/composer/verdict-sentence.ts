import type { EnvironmentView } from "../../../shared/model/environment";
import type { SandboxStatus } from "../../../shared/model/sandbox";
import type { Issue } from "../../../shared/model/verdict";
import { lineAndColumn } from "../../editor";
import { countMarks, type Judgement } from "./judgement";

/** What the composer says of a draft in one line. */
export interface Sentence {
  tone: "ok" | "warn" | "bad" | "quiet";
  glyph: "valid" | "warning" | "error" | "info" | "dropped";
  text: string;
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

const unreadable = (text: string, judgement: Extract<Judgement, { state: "unreadable" }>): Sentence => {
  const [first] = judgement.marks;
  if (!first || text.trim() === "") {
    return { tone: "bad", glyph: "error", text: "There is nothing to send yet" };
  }
  const { line, column } = lineAndColumn(text, first.range.start);
  return { tone: "bad", glyph: "error", text: `Line ${line}, column ${column}: ${first.message}` };
};

/** The API answers 400 where one of these is missing (Sitecore's documentation); everything else gets 201. */
const answeredBy400 = ({ code, path }: Issue): boolean =>
  (code === "missing-field" || code === "empty-field") && (path === "/browser_id" || path === "/type");

const invalidInSandbox = (environment: string, issues: readonly Issue[], strict: boolean): string => {
  const refusal = issues.find((issue) => issue.severity === "error" && answeredBy400(issue));
  if (refusal)
    return `The ${environment} would answer 400: ${refusal.message.replace(/^\//, "").replace(/\.$/, "")}`;
  if (strict) return `The ${environment} is strict and would answer 400 with the issues`;
  return `The ${environment} would answer 201 and end this event as failed`;
};

/**
 * The event's point of sale where the sandbox does not know it, so that it would drop the event.
 *
 * @returns the name and those it knows, or null where there is nothing to fear
 */
export const unknownPointOfSale = (
  judgement: Judgement,
  environment: EnvironmentView,
  sandbox: SandboxStatus | null,
): { pos: string; known: string[] } | null => {
  if (judgement.state !== "judged" || !environment.sandbox || sandbox?.state !== "running") return null;
  const pos = judgement.built.event["pos"];
  const known = sandbox.pointsOfSale;
  return typeof pos !== "string" || known.length === 0 || known.includes(pos) ? null : { pos, known };
};

const judged = (
  judgement: Extract<Judgement, { state: "judged" }>,
  environment: EnvironmentView,
  sandbox: SandboxStatus | null,
): Sentence => {
  const { verdict, marks } = judgement;
  const { error, warning } = countMarks(marks);
  if (error > 0) {
    const strict = sandbox?.state === "running" && sandbox.strict;
    const text = environment.sandbox
      ? invalidInSandbox("sandbox", verdict.issues, strict)
      : `${counted(error, "error")} by the ${verdict.catalog} catalog; what ${environment.name} does with it is unverified`;
    return { tone: "bad", glyph: "error", text };
  }
  const unknown = unknownPointOfSale(judgement, environment, sandbox);
  if (unknown) {
    const why = unknown.pos === "" ? "it names no point of sale" : `it knows no point of sale ${unknown.pos}`;
    const text = `The sandbox would answer 201 and drop this event: ${why}`;
    return { tone: "warn", glyph: "dropped", text };
  }
  const fits =
    verdict.schema === "valid"
      ? `Valid in the ${verdict.catalog} catalog`
      : `Has what every source asks for; the ${verdict.catalog} catalog has no schema yet`;
  if (warning > 0) return { tone: "warn", glyph: "warning", text: `${fits}, ${counted(warning, "warning")}` };
  return verdict.schema === "valid"
    ? { tone: "ok", glyph: "valid", text: fits }
    : { tone: "quiet", glyph: "info", text: fits };
};

/**
 * What will become of a draft if it is sent, in one sentence.
 *
 * @param text the draft's text, for line and column
 * @param sandbox the embedded sandbox's state; null where it is not known
 */
export const verdictSentence = (
  text: string,
  judgement: Judgement,
  environment: EnvironmentView,
  sandbox: SandboxStatus | null,
): Sentence =>
  judgement.state === "unreadable" ? unreadable(text, judgement) : judged(judgement, environment, sandbox);
