import { describe, expect, it } from "vitest";
import type { Issue } from "../../../shared/model/verdict";
import { newEntry, newOutcome, openLogForEachTest, type OpenLog } from "./log-for-tests";

let opened: OpenLog;
openLogForEachTest((log) => (opened = log));

const issue = (code: string, path: string, severity: Issue["severity"] = "error"): Issue => ({
  severity,
  code,
  path,
  message: `${path} is wrong: ${code}.`,
  catalog: "spec",
});

describe("an entry", () => {
  it("comes back as it was written, pending and done", async () => {
    const entry = newEntry({ source: { kind: "scenario", runId: "run-1", iteration: 2, stepId: "land" } });
    const pending = await opened.log.begin(entry);
    expect(pending).toMatchObject({ ...entry, seq: 1, revision: 1, state: "pending", response: null });
    expect(await opened.log.detail(entry.id)).toEqual(pending);
    const outcome = newOutcome({ guestRef: "g-1" });
    const done = await opened.log.complete(entry.id, outcome);
    expect(done).toEqual({
      ...pending,
      revision: 2,
      state: "done",
      response: outcome.response,
      timings: outcome.timings,
      guestRef: "g-1",
      verdict: { ...entry.verdict, ingestion: "accepted" },
    });
    expect(await opened.log.detail(entry.id)).toEqual(done);
  });

  it("keeps the event and an equal request body once", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    expect(await opened.database.query("SELECT part FROM bodies")).toEqual([{ part: "request" }]);
    expect(await opened.log.detail(entry.id)).toMatchObject({ event: entry.event, request: entry.request });
  });

  it.each([
    [
      "an event whose body says more",
      newEntry().event,
      { text: '{"client_key":"***"}', size: 20, truncated: false },
    ],
    ["an event that travels in the address", newEntry().event, null],
    ["a call without an event", null, { text: "", size: 0, truncated: false }],
    ["bytes that are no text", null, { base64: "AAH/", size: 3, truncated: false, encoding: "gzip" }],
    ["a text with a NUL in it", null, { text: "before\0after", size: 12, truncated: false }],
    ["a number as text", null, { text: "0123", size: 4, truncated: false }],
    ["a body that was cut", null, { text: '{"a":', size: 99_000_000, truncated: true }],
  ])("gives back %s", async (_what, event, body) => {
    const entry = newEntry({ event, request: { ...newEntry().request, body } });
    await opened.log.begin(entry);
    await opened.log.complete(entry.id, newOutcome({ response: { ...response, body } }));
    const detail = await opened.log.detail(entry.id);
    expect(detail.event).toEqual(event);
    expect(detail.request.body).toEqual(body);
    expect(detail.response?.body).toEqual(body);
  });
  const response = { status: 200, statusText: "OK", headers: {} };

  it("is refused under an id that the log has", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    await expect(opened.log.begin(entry)).rejects.toMatchObject({ code: "CONFLICT", field: "/id" });
    await opened.log.complete(entry.id, newOutcome());
    await expect(opened.log.begin(entry)).rejects.toMatchObject({ code: "CONFLICT", field: "/id" });
    expect((await opened.query({ limit: 10 })).total).toBe(1);
  });

  it("that is not there is NOT_FOUND", async () => {
    await expect(opened.log.detail("nobody")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await opened.log.complete("nobody", newOutcome())).toBeNull();
    expect(await opened.log.settle("nobody", "processed", [], null)).toBe(false);
  });
});

describe("completing", () => {
  it("happens once: a late answer does not overwrite the first outcome", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    const outcomes = await Promise.all(
      [200, 201, 202].map((status) =>
        opened.log.complete(
          entry.id,
          newOutcome({ response: { status, statusText: "", headers: {}, body: null } }),
        ),
      ),
    );
    expect(outcomes.map((done) => done?.response?.status)).toEqual([200, undefined, undefined]);
    expect(await opened.log.detail(entry.id)).toEqual(outcomes[0]);
    expect((await opened.query({ limit: 1 })).revision).toBe(2);
  });

  it("keeps no body of the answer that came too late", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    const error = { code: "ABORTED", message: "Cancelled.", hint: "Send it again." } as const;
    await opened.log.complete(entry.id, newOutcome({ response: null, error }));
    await opened.log.complete(entry.id, newOutcome());
    expect(await opened.database.query("SELECT part FROM bodies")).toEqual([{ part: "request" }]);
    const [row] = (await opened.query({ limit: 1 })).rows;
    expect(row).toMatchObject({ error: "ABORTED", reason: "Cancelled.", status: null, latency: 2.6 });
  });
});

describe("a row of the list", () => {
  it("stays short when a target sends a long answer's words, which the detail keeps", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    const message = `It points to https://cdp.example/${"x".repeat(10_000)}`;
    await opened.log.complete(entry.id, newOutcome({ error: { code: "REDIRECT", message, hint: "Look." } }));
    const [row] = (await opened.query({ limit: 1 })).rows;
    expect(row?.reason).toHaveLength(300);
    expect((await opened.log.detail(entry.id)).error?.message).toBe(message);
  });
});

describe("settling", () => {
  it("adds what became of the event, each issue once", async () => {
    const entry = newEntry({
      verdict: { ...newEntry().verdict, issues: [issue("unknown-field", "/x", "warning")] },
    });
    await opened.log.begin(entry);
    await opened.log.complete(entry.id, newOutcome());
    const dropped = [issue("unknown-point-of-sale", "/pos"), issue("unknown-point-of-sale", "/pos")];
    await opened.log.settle(entry.id, "dropped", dropped, "g-2");
    await opened.log.settle(entry.id, "dropped", dropped, null);
    const settled = await opened.log.detail(entry.id);
    expect(settled).toMatchObject({ revision: 4, guestRef: "g-2", event: entry.event });
    expect(settled.verdict.ingestion).toBe("dropped");
    expect(settled.verdict.issues.map(({ code }) => code)).toEqual([
      "unknown-field",
      "unknown-point-of-sale",
    ]);
    const [row] = (await opened.query({ limit: 1 })).rows;
    expect(row).toMatchObject({
      ingestion: "dropped",
      errors: 1,
      warnings: 1,
      reason: "/pos is wrong: unknown-point-of-sale.",
    });
  });

  it("loses nothing when several settle at once", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    await opened.log.complete(entry.id, newOutcome());
    const paths = Array.from({ length: 8 }, (_, index) => `/field${index}`);
    await Promise.all(
      paths.map((path) => opened.log.settle(entry.id, "failed", [issue("wrong", path)], null)),
    );
    const { verdict } = await opened.log.detail(entry.id);
    expect(verdict.issues.map(({ path }) => path).sort()).toEqual(paths);
  });

  it("leaves a pending entry alone", async () => {
    const entry = newEntry();
    await opened.log.begin(entry);
    expect(await opened.log.settle(entry.id, "processed", [], null)).toBe(false);
  });
});
