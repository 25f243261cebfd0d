import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Entry } from "../../../../shared/model/entry";
import type { JsonObject } from "../../../../shared/model/json";
import { openRuns } from "../runs-for-tests";
import { scenarioOfEntries } from "./scenario-of-entries";

const inherited = { channel: "WEB", pos: "bellhop", currency: "EUR", language: "EN" };

/** An entry as the log has it. */
const entry = (seq: number, event: JsonObject | null, change: Partial<Entry> = {}): Entry => ({
  ...{ seq, revision: seq, id: String(seq), at: `2026-11-23T10:00:0${seq}.000Z`, state: "done" },
  ...{ kind: event === null ? "browser" : "event", direction: "sent", source: { kind: "composer" } },
  ...{ environment: "sandbox", transport: "spec", type: String(event?.["type"] ?? "browser/create") },
  ...{ guestRef: null, event, request: { method: "POST", url: "http://x", headers: {}, body: null } },
  response: { status: 201, statusText: "Created", headers: {}, body: null },
  error: null,
  timings: { dns: null, connect: null, tls: null, firstByte: null, total: null },
  verdict: { catalog: "spec", schema: "valid", issues: [], ingestion: "processed" },
  ...change,
});

const of = (...entries: Entry[]): JsonObject =>
  parse(scenarioOfEntries("Saved", entries, () => inherited)) as JsonObject;

const view = (change: JsonObject = {}): JsonObject => ({
  ...{ type: "VIEW", page: "https://shop.example/", ...inherited },
  ...{ browser_id: "b1", session_id: "s1", ...change },
});

describe("a scenario made of entries", () => {
  it("has their events in order, without what a run supplies itself, and with pauses between", () => {
    const made = of(
      entry(5, view({ page: "https://shop.example/b" })),
      entry(1, null),
      entry(2, view({ client_key: "sandbox", requested_at: "2026-11-23T10:00:02.000Z" })),
    );
    expect(made).toEqual({
      ...{ bellhop: 1, name: "Saved" },
      steps: [
        { send: "VIEW", event: { page: "https://shop.example/" }, expect: { status: 201 } },
        { wait: "3s" },
        { send: "VIEW", event: { page: "https://shop.example/b" }, expect: { status: 201 } },
      ],
    });
  });

  it("expects a status only where it was good, and caps long pauses", () => {
    const refused = { response: { status: 401, statusText: "", headers: {}, body: null } };
    const made = of(
      entry(1, view(), refused),
      entry(2, view(), { response: null, at: "2026-11-23T11:00:00.000Z" }),
      entry(3, view(), { at: "2026-11-23T11:00:00.700Z" }),
    );
    const [first, pause, second, short] = made["steps"] as JsonObject[];
    expect([first?.["expect"], pause, second?.["expect"]]).toEqual([undefined, { wait: "10s" }, undefined]);
    expect(short).toEqual({ wait: "500ms" });
  });

  it("names browsers where there are several, and says where a session began", () => {
    const made = of(
      entry(1, view()),
      entry(2, view({ browser_id: "b2", session_id: "t1" }), { at: "2026-11-23T10:00:01.000Z" }),
      entry(3, view(), { at: "2026-11-23T10:00:01.000Z" }),
      entry(4, view({ session_id: "s2" }), { at: "2026-11-23T10:00:01.000Z" }),
    );
    const kinds = (made["steps"] as JsonObject[]).map((step) => step["browser"] ?? step["session"] ?? "send");
    expect(kinds).toEqual(["browser-1", "send", "browser-2", "send", "browser-1", "send", "new", "send"]);
  });

  it("gives names to e-mails and ids that several events have, and says shared fields once", () => {
    const email = "ada@example.com";
    const product = { sku: "TEE-001", name: "Tee" };
    const made = of(
      entry(1, view({ type: "ADD", product, currency: "USD" })),
      entry(2, view({ type: "IDENTITY", email, currency: "USD" })),
      entry(
        3,
        view({ type: "IDENTITY", email, identifiers: [{ provider: "email", id: email }], currency: "USD" }),
      ),
      entry(4, view({ type: "ADD", product, currency: "USD" })),
    );
    expect([made["vars"], made["defaults"]]).toEqual([{ sku: "TEE-001", email }, { currency: "USD" }]);
    expect((made["steps"] as JsonObject[])[4]).toMatchObject({
      event: { email: "{{ email }}", identifiers: [{ provider: "email", id: "{{ email }}" }] },
    });
  });

  it("leaves out what redaction has masked, and makes no template of what a stranger wrote", () => {
    const made = of(
      entry(
        1,
        view({
          api_token: "***",
          ext: { key: "***(unknown, a1b2c3)", list: ["***", 1], ok: "{{ env.KEY }}" },
        }),
      ),
    );
    expect((made["steps"] as JsonObject[])[0]).toMatchObject({
      event: { ext: { list: [1], ok: "{ { env.KEY }}" } },
    });
    expect(JSON.stringify(made)).not.toContain("***");
  });

  it("plays where its events were sent, and cannot be made of nothing", () => {
    const engage = { transport: "engage" as const };
    expect(of(entry(1, view(), engage))["environments"]).toEqual(["sandbox-engage"]);
    expect(of(entry(1, view()))["environments"]).toBeUndefined();
    expect(() => of(entry(1, null))).toThrow("None of these entries carries an event");
  });
});

it("Entries of a run become a scenario that passes", async () => {
  const runs = await openRuns();
  const { run } = await runs.play(`vars: { email: "{{ $email }}" }
steps:
  - send: VIEW
    event: { page: "https://shop.example/" }
  - send: IDENTITY
    event: { email: "{{ email }}", page: "https://shop.example/" }
  - browser: { name: phone, channel: MOBILE_WEB }
  - send: IDENTITY
    event: { email: "{{ email }}" }
`);
  expect(run.state).toBe("passed");
  const { rows } = await runs.call("log.query", { limit: 100 });
  const made = await runs.call("scenarios.create", {
    name: "Saved from the log",
    from: { kind: "entries", ids: rows.map(({ id }) => id) },
  });
  expect(made.issues).toEqual([]);
  expect(made.text).toContain("# Made from 3 entries of the log");
  expect(made.text).toContain('email: "{{ email }}"');
  const played = await runs.ended((await runs.start(made.path, { options: { noWait: true } })).id);
  expect(played).toMatchObject({ state: "passed", events: 3 });
});
