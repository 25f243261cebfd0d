import { describe, expect, it } from "vitest";
import type { ChangeLine } from "../../../shared/guest-words/change-line";
import { shownChanges } from "./shown-changes";

const line = (place: string, quiet = false): ChangeLine => ({
  sign: "changed",
  label: place,
  old: "1",
  new: "2",
  place,
  quiet,
});

const room = { high: 3, low: 5 };
const several = (count: number): ChangeLine[] => Array.from({ length: count }, (_, at) => line(`field${at}`));

describe("the changes on the stage", () => {
  it("are those that matter", () => {
    const { lines, more } = shownChanges([line("firstName"), line("lastSeen", true)], room);
    expect(lines.map(({ place }) => place)).toEqual(["firstName"]);
    expect(more).toBe(0);
  });

  it("are the counters where nothing else changed, but never the times", () => {
    const { lines } = shownChanges([line("sessions/1/views", true), line("lastSeen", true)], room);
    expect(lines.map(({ place }) => place)).toEqual(["sessions/1/views"]);
  });

  it("stand in high rows, in low ones where more have to fit, and say how many do not", () => {
    expect(shownChanges(several(3), room)).toMatchObject({ dense: false, more: 0 });
    expect(shownChanges(several(5), room)).toMatchObject({ dense: true, more: 0 });
    const many = shownChanges(several(9), room);
    expect(many.lines).toHaveLength(4);
    expect(many.more).toBe(5);
    expect(shownChanges(several(2), { high: 1, low: 1 })).toMatchObject({ more: 1 });
  });
});
