import { describe, expect, it } from "vitest";
import { createPace } from "./pace";

/** A pace on a clock that a test moves. */
const paceAt = (rate: number | null) => {
  let time = 1000;
  const pace = createPace(rate, () => time);
  return { take: () => pace.take(), pass: (milliseconds: number) => (time += milliseconds) };
};

describe("the pace of a run", () => {
  it("puts the same distance between events, whoever sends them", () => {
    const { take, pass } = paceAt(5);
    expect([take(), take(), take()]).toEqual([0, 200, 400]);
    pass(450);
    expect(take()).toBe(150);
  });

  it("makes up for nothing after a pause, but for what timers are late", () => {
    const { take, pass } = paceAt(1000);
    take();
    pass(5000);
    expect([take(), take(), take()]).toEqual([0, 0, 2]);
    pass(3);
    expect(take()).toBe(0);
  });

  it("waits for nobody where no rate was asked for", () => {
    const { take } = paceAt(null);
    expect([take(), take(), take()]).toEqual([0, 0, 0]);
  });
});
