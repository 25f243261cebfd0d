import { describe, expect, it } from "vitest";
import type { EntryRow } from "../../../shared/model/entry";
import { rowForTests } from "../../../shared/model/entry-for-tests";
import { byteSize, duration, sourceWords, statusWords, verdictWords } from "./words";

const cases: [string, Partial<EntryRow>, string, string][] = [
  ["processed", {}, "Processed", "201"],
  [
    "failed, with its reason",
    { ingestion: "failed", reason: "/email is wrong." },
    "Failed: /email is wrong.",
    "201",
  ],
  ["dropped", { ingestion: "dropped" }, "Dropped", "201"],
  ["accepted by a tenant", { ingestion: "accepted" }, "Accepted, not confirmed", "201"],
  ["refused", { status: 401, ingestion: "unknown" }, "Refused", "401"],
  ["a server error", { status: 503, ingestion: "unknown" }, "Server error", "503"],
  ["under way", { state: "pending", status: null, ingestion: "unknown" }, "Waiting for an answer", "…"],
  ["never sent", { status: null, error: "REFUSED", ingestion: "unknown" }, "Not sent", "REFUSED"],
  ["cut off", { status: null, error: "RESET", ingestion: "unknown" }, "No usable answer", "RESET"],
  ["cancelled", { status: null, error: "ABORTED", ingestion: "unknown" }, "Cancelled", "ABORTED"],
  ["redirected", { status: 302, error: "REDIRECT", ingestion: "unknown" }, "Redirected", "REDIRECT"],
  [
    "interrupted",
    { status: null, error: "INTERRUPTED", ingestion: "unknown" },
    "Interrupted: it may or may not have arrived",
    "INTERRUPTED",
  ],
  ["a browser call", { kind: "browser", ingestion: "accepted", status: 200 }, "Answered", "200"],
  ["a guest who was read", { kind: "guest", ingestion: "unknown", status: 200 }, "Answered", "200"],
  ["a guest who is not there", { kind: "guest", ingestion: "unknown", status: 404 }, "No such guest", "404"],
];

describe("an entry's words in its row", () => {
  it.each(cases)("say that it was %s", (_name, change, verdict, status) => {
    expect(verdictWords(rowForTests(1, change)).text).toBe(verdict);
    expect(statusWords(rowForTests(1, change)).text).toBe(status);
  });

  it.each([
    [null, "–"],
    [0.04, "0.0 ms"],
    [2.61, "2.6 ms"],
    [184.4, "184 ms"],
    [1234, "1.2 s"],
  ])("tell %s milliseconds as %s", (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [0, "0 B"],
    [214, "214 B"],
    [1536, "1.5 kB"],
    [10_000_000, "10.0 MB"],
  ])("tell %i bytes as %s", (bytes, text) => {
    expect(byteSize(bytes)).toBe(text);
  });
});

describe("where an entry came from", () => {
  const scenario = "scenarios/first-purchase.scenario.yaml";
  it.each([
    [{ kind: "scenario", scenario, stepId: "8" }, "first-purchase, step 8"],
    [{ kind: "scenario", scenario, stepId: "5.1" }, "first-purchase, step 5.1"],
    [{ kind: "scenario", scenario, stepId: "signup" }, "first-purchase, signup"],
    [{ kind: "scenario", scenario }, "first-purchase"],
  ] as const)("is the scenario and its step", (source, words) => {
    expect(sourceWords(rowForTests(1, { source }))).toBe(words);
  });
});
