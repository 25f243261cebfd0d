import { expect, it } from "vitest";
import type { GuestEvent } from "../../../shared/model/guest-profile";
import { marksOf } from "./event-marks";

const event = (second: number, status: GuestEvent["status"] = "PROCESSED"): GuestEvent => ({
  ...{ ref: `e-${second}`, type: "VIEW", status, browserRef: "b", sessionRef: "s", reasons: [] },
  createdAt: new Date(second * 1000).toISOString(),
});
const xOf = (time: number): number => time / 1000;

it("marks plain events, milestones and failures", () => {
  const marks = marksOf([event(0), event(20), event(40, "FAILED")], new Set(["e-20"]), xOf);
  expect(marks.map(({ kind }) => kind)).toEqual(["plain", "stone", "failed"]);
});

it("leaves plain marks out where there is no room, and never a failure for them", () => {
  const many = Array.from({ length: 500 }, (_, second) =>
    event(second / 10, second === 250 ? "FAILED" : "PROCESSED"),
  );
  const marks = marksOf(many, new Set(), xOf);
  expect(marks.length).toBeLessThanOrEqual(12);
  expect(marks.filter(({ kind }) => kind === "failed")).toHaveLength(1);
});
