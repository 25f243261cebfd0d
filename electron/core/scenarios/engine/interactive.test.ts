import { describe, expect, it } from "vitest";
import { openRuns } from "../runs-for-tests";

const journey = `
vars: { email: "{{ $email }}" }
steps:
  - { id: land, send: VIEW, event: { page: "https://shop.example/" } }
  - note: Signs up.
  - { id: sign, send: IDENTITY, event: { email: "{{ email }}", firstname: Ada }, capture: { signed: /ref } }
  - { send: VIEW, event: { page: "https://shop.example/{{ signed }}" }, breakpoint: true }
  - guest: { expect: { guestType: customer, firstName: Ada }, within: 300ms }
`;

const open = async () => {
  const runs = await openRuns({ sandbox: "with-window" });
  const path = await runs.write("scenarios/journey.scenario.yaml", `bellhop: 1\nname: Journey\n${journey}`);
  const pausedAt = (id: string, number: string) =>
    runs.until(id, ({ pausedAt: at }) => at?.number === number);
  return { ...runs, path, pausedAt };
};

describe("a run in a window", () => {
  it("pauses before the first step, goes step by step, to a number, stops at breakpoints, and goes on", async () => {
    const { start, path, pausedAt, call, ended } = await open();
    const { id } = await start(path, { paused: true, breakpoints: true });
    expect((await pausedAt(id, "1")).pausedAt).toMatchObject({ iteration: 1, why: "asked" });
    await call("runs.resume", { id, to: { kind: "step" } });
    expect((await pausedAt(id, "2")).pausedAt?.why).toBe("step");
    await call("runs.resume", { id, to: { kind: "number", number: "3" } });
    expect((await pausedAt(id, "3")).pausedAt?.why).toBe("reached");
    await call("runs.resume", { id, to: { kind: "end" } });
    expect((await pausedAt(id, "4")).pausedAt?.why).toBe("breakpoint");
    await call("runs.setBreakpoint", { id, number: "5", on: true });
    await call("runs.resume", { id, to: { kind: "end" } });
    await pausedAt(id, "5");
    await call("runs.resume", { id, to: { kind: "end" } });
    expect(await ended(id)).toMatchObject({ state: "passed", steps: { passed: 5, planned: 5 } });
  });

  it("shows what goes next, and sends it as a person has changed it", async () => {
    const { start, path, pausedAt, call, ended, stepsOf, fails } = await open();
    const { id } = await start(path, { until: "3" });
    await pausedAt(id, "3");
    const next = await call("runs.next", { id });
    expect(next).toMatchObject({
      step: { number: "3" },
      event: { type: "IDENTITY", firstname: "Ada" },
      edited: null,
    });
    const event = { ...next?.event, firstname: "Grace" };
    expect(await call("runs.editNext", { id, event })).toMatchObject({ edited: { firstname: "Grace" } });
    expect(await call("runs.editNext", { id, event: null })).toMatchObject({ edited: null });
    await call("runs.editNext", { id, event });
    expect(await call("runs.forecast", { id })).toMatchObject({
      ...{ status: "PROCESSED", before: { guestType: "visitor" } },
      after: { guestType: "customer", firstName: "Grace" },
    });
    await call("runs.resume", { id, to: { kind: "end" } });
    expect(await ended(id)).toMatchObject({ state: "failed", firstFailure: { number: "5" } });
    const steps = await stepsOf(id);
    expect(steps[2]).toMatchObject({ event: { ...event } });
    expect(steps[4]?.failures).toMatchObject([{ of: "guest", path: "/firstName", actual: "Grace" }]);
    expect(await fails("runs.next", { id })).toMatchObject({ code: "CONFLICT" });
  });

  it("tells what each event changed on its guest", async () => {
    const { start, path, ended, stepsOf, call } = await open();
    const { id } = await start(path);
    await ended(id);
    const [view, note, identity] = await stepsOf(id);
    expect(view?.guest?.ref).toBe(identity?.guest?.ref);
    expect(note).toMatchObject({ state: "passed", notes: ["Signs up."], changes: null });
    expect(identity?.changes).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: "/firstName", value: "Ada" })]),
    );
    const { items } = await call("guests.history", { ref: identity?.guest?.ref ?? "", limit: 100 });
    expect(items.map(({ seq }) => seq)).toContain(identity?.guest?.seq);
  });

  it("is played again from a step, with the sandbox as it was before it, and goes back further then", async () => {
    const { start, path, ended, stepsOf, call, write } = await open();
    const first = await start(path);
    await ended(first.id);
    await write(
      path,
      `bellhop: 1\nname: Journey\n${journey.replace("firstname: Ada", "firstname: Alan").replace("firstName: Ada", "firstName: Alan")}`,
    );
    const again = await start(path, { from: { step: "3", runId: first.id, guest: "snapshot" } });
    const run = await ended(again.id);
    expect(run).toMatchObject({ state: "passed", steps: { passed: 3, skipped: 2 } });
    const [before, , identity, , guest] = await stepsOf(again.id);
    expect(before).toMatchObject({ state: "skipped", notes: [expect.stringContaining("began with")] });
    const one = await stepsOf(first.id);
    expect(identity?.event).toMatchObject({
      email: one[2]?.event?.["email"],
      browser_id: one[2]?.event?.["browser_id"],
      session_id: one[2]?.event?.["session_id"],
    });
    expect(guest?.response).toMatchObject({ firstName: "Alan", events: 3 });
    const further = await start(path, { from: { step: "1", runId: again.id, guest: "snapshot" } });
    expect(await ended(further.id)).toMatchObject({ state: "passed", steps: { passed: 5 } });
    expect(await call("sandbox.snapshots", {})).toEqual([]);
  });

  it("is played again from a step on a fresh guest, with what the earlier run knew", async () => {
    const { start, path, ended, stepsOf } = await open();
    const first = await start(path);
    await ended(first.id);
    const again = await start(path, { from: { step: "4", runId: first.id, guest: "fresh" } });
    await ended(again.id);
    const [one, other] = [await stepsOf(first.id), await stepsOf(again.id)];
    expect(other[3]).toMatchObject({ state: "passed", event: { page: one[3]?.event?.["page"] } });
    expect(other[3]?.event?.["browser_id"]).not.toBe(one[3]?.event?.["browser_id"]);
  });

  it("is played again from a step of a run in a shell, with its seed and what it captured", async () => {
    const shell = await openRuns();
    const path = await shell.write(
      "scenarios/journey.scenario.yaml",
      `bellhop: 1\nname: Journey\n${journey}`,
    );
    const first = await shell.start(path);
    await shell.ended(first.id);
    const again = await shell.start(path, { from: { step: "4", runId: first.id, guest: "fresh" } });
    expect(await shell.ended(again.id)).toMatchObject({ seed: first.seed });
    const [one, other] = [await shell.stepsOf(first.id), await shell.stepsOf(again.id)];
    expect(other[3]).toMatchObject({ state: "passed", event: { page: one[3]?.event?.["page"] } });
    const from = { step: "4", runId: first.id, guest: "snapshot" } as const;
    expect(
      await shell.fails("runs.start", { path, environment: "sandbox", options: {}, from }),
    ).toMatchObject({
      code: "NOT_FOUND",
      message: "Nothing is kept of the moment before step 4.",
    });
  });

  it("says how it goes, with the steps that are under way and those that ended", async () => {
    const { start, path, ended, said } = await open();
    const { id } = await start(path);
    await ended(id);
    const told = said.flatMap(({ notification, payload }) =>
      notification === "runs.progressed" && "steps" in payload ? [payload] : [],
    );
    expect(told.at(-1)).toMatchObject({ run: { id, state: "passed" }, complete: true });
    const numbers = new Set(told.flatMap(({ steps }) => steps.map(({ number }) => number)));
    expect([...numbers].sort()).toEqual(["1", "2", "3", "4", "5"]);
  });
});
