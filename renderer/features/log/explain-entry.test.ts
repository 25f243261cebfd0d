import { describe, expect, it } from "vitest";
import type { Entry, EntryErrorCode } from "../../../shared/model/entry";
import { entryErrorCodes } from "../../../shared/model/entry";
import type { Ingestion, Issue } from "../../../shared/model/verdict";
import { explainEntry, stepsOf } from "./explain-entry";
import { entryForTests } from "./rows-for-tests";

const unknownPos: Issue = {
  severity: "error",
  code: "unknown-point-of-sale",
  path: "/pos",
  message: "/pos is bellhop-eu.",
  catalog: "spec",
};
const ended = (ingestion: Ingestion, issues: Issue[] = []): Entry =>
  entryForTests({ verdict: { catalog: "spec", schema: "valid", issues, ingestion } });
const unanswered = (code: EntryErrorCode): Entry =>
  entryForTests({
    response: null,
    error: { code, message: "What happened.", hint: "What to do." },
    verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "unknown" },
  });
const names = (entry: Entry): string[] => stepsOf(entry).map(({ name }) => name);

describe("what happened to an entry", () => {
  it("tells that a 201 was thrown away, and for what", () => {
    const explanation = explainEntry(ended("dropped", [unknownPos]));
    expect(explanation.headline).toBe("Accepted, but dropped: unknown point of sale at /pos");
    expect(explanation.tone).toBe("warn");
    expect(names(ended("dropped"))).toEqual(["Composed", "Sent", "Answered", "Dropped"]);
  });

  it("does not claim to know what a tenant did after its answer", () => {
    expect(explainEntry(ended("accepted")).headline).toBe("Accepted, not confirmed");
    expect(names(ended("accepted")).at(-1)).toBe("Outcome");
  });

  it("tells a refusal by its status", () => {
    const refused = entryForTests({
      response: { status: 401, statusText: "Unauthorized", headers: {}, body: null },
      verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "unknown" },
    });
    expect(explainEntry(refused).headline).toBe("Refused (401)");
    expect(stepsOf(refused).at(-1)).toMatchObject({ name: "Outcome", detail: "not reached" });
  });

  it("speaks of no event where only a guest was read, and takes one who is not there for an answer", () => {
    const read = (status: number) =>
      explainEntry(
        entryForTests({
          ...{ kind: "guest", event: null },
          response: { status, statusText: "", headers: {}, body: null },
          verdict: { catalog: "spec", schema: "unchecked", issues: [], ingestion: "unknown" },
        }),
      );
    expect(read(404)).toMatchObject({ headline: "No such guest (404)", tone: "quiet" });
    expect(read(401)).toMatchObject({ headline: "Refused (401)", tone: "bad" });
    expect([200, 404, 401, 500].map((status) => read(status).story).join()).not.toContain("event");
  });

  it.each(entryErrorCodes)("has a headline, the sentence and the way out for %s", (code) => {
    const explanation = explainEntry(unanswered(code));
    expect(explanation.headline).toBeTruthy();
    expect(explanation.story).toBe("What happened.");
    expect(explanation.whatToDo).toBe("What to do.");
  });

  it.each(["DNS", "REFUSED", "TLS"] as const)("says that nothing left after %s", (code) => {
    expect(names(unanswered(code))[1]).toBe("Not sent");
  });

  it("shows a call without an event without a stage of composing", () => {
    expect(names(entryForTests({ kind: "browser", event: null }))).toEqual(["Sent", "Answered"]);
  });
});
