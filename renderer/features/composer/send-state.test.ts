import { expect, test } from "vitest";
import { sentWords, type SentResult } from "./send-state";

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
