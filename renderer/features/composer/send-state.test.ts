import { expect, test } from "vitest";
import { entryForTests } from "../../../shared/model/entry-for-tests";
import type { Entry } from "../../../shared/model/entry";
import type { Issue } from "../../../shared/model/verdict";
import { resultOfEntry, sentWords, shortSentWords, type SentResult } from "./send-state";

const result = (part: Partial<SentResult>): SentResult => ({
  entryId: "e",
  status: 201,
  error: null,
  latency: 2.61,
  ingestion: "processed",
  reason: null,
  ...part,
});

test.each([
  [{}, "processed", "201 in 2.6 ms, processed"],
  [{ latency: 184.4, ingestion: "accepted" }, "unknown", "201 in 184 ms, accepted, not confirmed"],
  [{ latency: 1234, ingestion: "unknown" }, "unknown", "201 in 1.2 s, accepted, not confirmed"],
  [
    { ingestion: "failed", reason: "/email must be an e-mail address." },
    "failed",
    "201 in 2.6 ms, failed: /email must be an e-mail address",
  ],
  [
    { ingestion: "dropped", reason: "The sandbox knows no point of sale x." },
    "dropped",
    "201 in 2.6 ms, dropped: The sandbox knows no point of sale x",
  ],
  [
    { status: 401, ingestion: "unknown", reason: "Wrong key." },
    "failed",
    "401 in 2.6 ms, refused: Wrong key",
  ],
  [
    { status: null, error: "REFUSED", reason: "Nothing listens at 127.0.0.1:4680." },
    "not-sent",
    "REFUSED: Nothing listens at 127.0.0.1:4680",
  ],
  [{ status: null, error: "ABORTED" }, "interrupted", "Cancelled; it may or may not have arrived"],
  [{ status: null, error: "INTERRUPTED" }, "interrupted", "Interrupted; it may or may not have arrived"],
] as const)("what came of a send is said in one line: %o", (part, glyph, text) => {
  expect(sentWords(result(part))).toEqual({ glyph, text });
});

const issue = (code: string, severity: Issue["severity"] = "error"): Issue => ({
  ...{ severity, code, path: "", message: `${code} happened.`, hint: `Mend ${code}.`, catalog: "spec" },
});
const refused = (status: number, ...issues: Issue[]): Entry =>
  entryForTests({
    response: { status, statusText: "", headers: {}, body: null },
    verdict: { catalog: "spec", schema: "valid", issues, ingestion: "unknown" },
  });

test("a refused send is told whole, with what may help against it", () => {
  const entry = refused(401, issue("refused-credential"), issue("unconfirmed-transport", "info"));
  const result = resultOfEntry(entry);
  expect(result.advice).toEqual({
    message: "refused-credential happened.",
    hint: "Mend refused-credential. unconfirmed-transport happened. Mend unconfirmed-transport.",
    byTransport: true,
    byNewGuest: false,
    byEnvironment: true,
  });
  expect(shortSentWords(result).text).toBe("401 in 2.0 ms, refused");
  expect(resultOfEntry(refused(404, issue("unknown-browser"))).advice).toMatchObject({ byNewGuest: true });
  // What was known of the event before is not why it was refused.
  const both = resultOfEntry(refused(400, issue("missing-field"), issue("refused-event")));
  expect(both.advice?.message).toBe("refused-event happened.");
});

test("what was accepted, cancelled or only found wrong afterwards asks for nothing", () => {
  const cancelled = { code: "ABORTED", message: "Cancelled.", hint: "" } as const;
  expect(resultOfEntry(entryForTests({ response: null, error: cancelled })).advice).toBeUndefined();
  expect(resultOfEntry(entryForTests()).advice).toBeUndefined();
  expect(resultOfEntry(refused(201, issue("missing-field"))).advice).toBeUndefined();
});

test("a certificate that is not trusted leads to the environment, a time-out does not", () => {
  const failed = (code: "TLS" | "TIMEOUT") =>
    resultOfEntry(entryForTests({ response: null, error: { code, message: "No.", hint: "Do." } })).advice;
  expect(failed("TLS")).toMatchObject({
    message: "No.",
    hint: "Do.",
    byEnvironment: true,
    byTransport: false,
  });
  expect(failed("TIMEOUT")).toMatchObject({ byEnvironment: false });
});
