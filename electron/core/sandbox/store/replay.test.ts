import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GuestProfile } from "../../../../shared/model/guest-profile";
import type { JsonObject } from "../../../../shared/model/json";
import { randomEvent, type RandomEvent } from "../semantics/testing/random-events";
import { basic, startSandbox, type TestSandbox } from "../testing/sandbox-fixture";

const browserNames = ["phone", "laptop", "desk", "kiosk"];

/** Sends a stream by the way of sending that means its catalog. @returns the answers' statuses */
const play = async (test: TestSandbox, stream: readonly RandomEvent[]): Promise<number[]> => {
  const ids = new Map<string, string>();
  for (const name of browserNames) ids.set(name, await test.browser());
  const statuses: number[] = [];
  for (const { browser, type, catalog, payload, pause } of stream) {
    if (pause > 60_000) await test.sandbox.time.advance(pause);
    const event = { ...payload, type, browser_id: ids.get(browser) ?? "", client_key: "sandbox" };
    const sent =
      catalog === "spec"
        ? await test.call("POST", "/v1.2/event/create.json", {
            headers: { authorization: basic() },
            body: JSON.stringify(event),
          })
        : await test.call("POST", "/v1.2/events", { body: JSON.stringify(event) });
    statuses.push(sent.status);
  }
  return statuses;
};

const guestsOf = async ({ sandbox }: TestSandbox): Promise<GuestProfile[]> => {
  const { rows } = await sandbox.guests.list({}, 0, 1000);
  const profiles = await Promise.all(rows.map(({ ref }) => sandbox.guests.profile(ref)));
  return profiles.filter((profile) => profile !== null).sort((a, b) => a.ref.localeCompare(b.ref));
};

const collect = async (test: TestSandbox): Promise<JsonObject> => {
  let text = "";
  for await (const piece of test.sandbox.states.export()) text += piece;
  return JSON.parse(text) as JsonObject;
};

async function* oneText(value: JsonObject): AsyncGenerator<string> {
  yield JSON.stringify(value);
}

interface ExportedStep {
  event: number | null;
  guestRef: string;
  changes: { path: string; value?: GuestProfile }[];
}

/** A state as it was before anything became of its events: the same browsers, and each guest as first made. */
const undo = (state: JsonObject): JsonObject => {
  const steps = (state["history"] as unknown as ExportedStep[]).filter(
    ({ event, changes }) => event === null && changes[0]?.path === "",
  );
  const firstOf = new Map(
    (state["browsers"] as JsonObject[]).map((one) => [one["ref"], one["firstGuestRef"]]),
  );
  return {
    ...state,
    browsers: (state["browsers"] as JsonObject[]).map((one) => ({
      ...one,
      guestRef: one["firstGuestRef"] ?? "",
    })),
    extensionTypes: [],
    events: (state["events"] as JsonObject[]).map((event) => ({
      ...event,
      ...{ status: "PENDING", sessionRef: null, modifiedAt: null, issues: [] },
      guestRef: firstOf.get(event["browserRef"] ?? "") ?? "",
    })),
    guests: steps.map(({ changes }) => changes[0]?.value) as unknown as JsonObject[],
    history: steps as unknown as JsonObject[],
  };
};

describe("any stream of events over HTTP", () => {
  it("ends in one state each, keeps every count, and rebuilds the same guests when it is applied again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomEvent, { minLength: 10, maxLength: 60, size: "max" }),
        async (stream) => {
          const test = await startSandbox();
          const statuses = await play(test, stream);
          const counts = await test.summary();
          expect(counts).toMatchObject({
            pending: 0,
            total: statuses.filter((status) => status === 201).length,
          });
          expect(counts["total"]).toBe(
            Number(counts["processed"]) + Number(counts["failed"]) + Number(counts["dropped"]),
          );
          for (const event of await test.events("?status=FAILED&limit=1000"))
            expect(event["reasons"]).not.toEqual([]);

          const guests = await guestsOf(test);
          const living = guests.filter(({ guestType }) => guestType !== "retired");
          expect(counts).toMatchObject({
            guests: living.length,
            sessions: living.flatMap(({ sessions }) => sessions).length,
            orders: living.flatMap(({ orders }) => orders).length,
            processed: living.reduce((sum, { events }) => sum + events, 0),
          });

          const again = await startSandbox();
          await again.sandbox.states.import(oneText(undo(await collect(test))));
          expect(await again.summary()).toEqual({ ...counts, revision: expect.any(Number) as number });
          // What time alone closes, closes when it is noticed, and that is all that may differ.
          await again.sandbox.time.advance(30 * 86_400_000);
          await test.sandbox.time.advance(30 * 86_400_000);
          expect(await guestsOf(again)).toEqual(await guestsOf(test));
          await Promise.all([test.sandbox.close(), again.sandbox.close()]);
        },
      ),
      { numRuns: 12 },
    );
  });
});
