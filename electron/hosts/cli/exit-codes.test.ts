import { describe, expect, it } from "vitest";
import type { Entry, EntryErrorCode } from "../../../shared/model/entry";
import { entryForTests } from "../../../shared/model/entry-for-tests";
import type { Ingestion } from "../../../shared/model/verdict";
import { exitCodeOfEntry, exitCodeOfError } from "./exit-codes";

const ended = (status: number | null, error: EntryErrorCode | null, ingestion: Ingestion): Entry =>
  entryForTests({
    response: status === null ? null : { status, statusText: "", headers: {}, body: null },
    error: error === null ? null : { code: error, message: "", hint: "" },
    verdict: { catalog: "spec", schema: "valid", issues: [], ingestion },
  });

describe("exit codes", () => {
  it.each([
    [201, null, "processed", 0],
    [201, null, "accepted", 0],
    [201, null, "failed", 1],
    [201, null, "dropped", 1],
    [400, null, "unknown", 1],
    [503, null, "unknown", 1],
    [302, "REDIRECT", "unknown", 1],
    [null, "REFUSED", "unknown", 3],
    [null, "DNS", "unknown", 3],
    [null, "TLS", "unknown", 3],
    [null, "TIMEOUT", "unknown", 3],
    [null, "INTERRUPTED", "unknown", 3],
    [null, "ABORTED", "unknown", 130],
  ] as const)("status %s, error %s, %s end with %i", (status, error, ingestion, code) => {
    expect(exitCodeOfEntry(ended(status, error, ingestion))).toBe(code);
  });

  it.each([
    ["CREDENTIAL_MISSING", 4],
    ["VAULT_LOCKED", 4],
    ["CONSENT_REQUIRED", 2],
    ["INVALID_INPUT", 2],
    ["NOT_FOUND", 2],
    ["WORKSPACE_INVALID", 2],
    ["UNREACHABLE", 3],
    ["CANCELLED", 130],
  ] as const)("a refused command with %s ends with %i", (error, code) => {
    expect(exitCodeOfError(error)).toBe(code);
  });
});
