import { describe, expect, it } from "vitest";
import { AppError } from "../../../shared/contract/errors";
import type { JsonObject } from "../../../shared/model/json";
import type { TenantGuest } from "../../../shared/model/tenant-guest";
import { awaitChange, pauseAfter, type Progress } from "./await-change";
import { normaliseGuest } from "./normalise-guest";

const before: JsonObject = { ref: "g", firstName: "Ada" };
const unreachable = new AppError({ code: "UNREACHABLE", message: "down" });
const guest = (raw: JsonObject): TenantGuest => normaliseGuest(raw, "staging", "g", "now");

/** Plays the answers one after the other, the last one again and again, and lets time pass at once. */
const play = (answers: (JsonObject | null | Error)[], within: number, since: JsonObject | null = before) => {
  const pauses: number[] = [];
  const told: Progress[] = [];
  const outcome = awaitChange({
    since,
    within,
    signal: new AbortController().signal,
    progress: (progress) => told.push(progress),
    async ask() {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer ? guest(answer) : null;
    },
    wait: async (milliseconds) => void pauses.push(milliseconds),
  });
  return { outcome, pauses, told };
};

describe("waiting for a change", () => {
  it("asks after 1, 2, 4 and 8 seconds, and then every 10, with the last question at the end", async () => {
    const { outcome, pauses, told } = play([before], 40_000);
    expect(await outcome).toEqual({ outcome: "unchanged", asked: 7 });
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 5000]);
    expect(told.slice(0, 3)).toEqual([
      { asked: 0, pause: 1000 },
      { asked: 0, pause: null },
      { asked: 1, pause: 2000 },
    ]);
    expect(pauseAfter(1000)).toBe(10_000);
  });

  it("ends with the first guest that differs", async () => {
    const { outcome } = play([before, before, { ...before, lastName: "Lovelace" }], 120_000);
    expect(await outcome).toMatchObject({ outcome: "changed", asked: 3, guest: { lastName: "Lovelace" } });
  });

  it("notices a guest that comes, and one that is gone", async () => {
    expect(await play([null, before], 10_000, null).outcome).toMatchObject({ outcome: "changed", asked: 2 });
    expect(await play([before, null], 10_000).outcome).toEqual({ outcome: "gone", asked: 2 });
  });

  it("asks no more where less than the shortest pause is left", async () => {
    const { outcome, pauses } = play([before], 3900);
    expect(await outcome).toEqual({ outcome: "unchanged", asked: 2 });
    expect(pauses).toEqual([1000, 2000]);
  });

  it("gets over a failure that passes, and ends with one that stays", async () => {
    const passes = play([unreachable, unreachable, { ref: "other" }], 60_000);
    expect(await passes.outcome).toMatchObject({ outcome: "changed", asked: 3 });
    await expect(play([before, unreachable], 5000).outcome).rejects.toBe(unreachable);
  });

  it("ends at once with a failure that asking again does not mend", async () => {
    const forbidden = new AppError({ code: "FORBIDDEN", message: "no" });
    const { outcome, pauses } = play([forbidden], 60_000);
    await expect(outcome).rejects.toBe(forbidden);
    expect(pauses).toEqual([1000]);
  });

  it("stops in the middle of a pause", async () => {
    const stop = new AbortController();
    const waiting = awaitChange({
      ...{ since: before, within: 60_000, signal: stop.signal },
      ask: async () => expect.fail("asked"),
      progress: () => stop.abort(),
    });
    await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
  });
});
