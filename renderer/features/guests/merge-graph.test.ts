import { expect, it } from "vitest";
import { guestOf } from "../../../shared/guest-words/guests-for-tests";
import type { GuestBrowser, GuestMerge } from "../../../shared/model/guest-profile";
import { layOutMerges } from "./merge-graph";

const browser = (ref: string, movedFrom: string | null = null): GuestBrowser => ({
  ...{ ref, channel: "WEB", pointOfSale: "bellhop", firstSeen: "", lastSeen: "", movedFrom },
});
const merge = (from: string, into: string): GuestMerge => ({
  ...{ from, into, at: "", eventRef: `event-${from}`, reason: "Both gave the same e-mail." },
});

it("gives each guest that became one a lane with its browsers", () => {
  const graph = layOutMerges(
    guestOf({
      ref: "ada",
      browsers: [browser("b-1"), browser("b-2", "old"), browser("b-3", "old")],
      merges: [merge("old", "ada")],
    }),
  );
  expect(graph.lanes.map(({ ref, browsers }) => [ref, browsers.map((one) => one.ref)])).toEqual([
    ["ada", ["b-1"]],
    ["old", ["b-2", "b-3"]],
  ]);
  expect(graph.joints).toHaveLength(1);
});

it("ends the line of a guest that became one which retired later on that one's", () => {
  const graph = layOutMerges(guestOf({ ref: "c", merges: [merge("a", "b"), merge("b", "c")] }));
  const laneOfB = graph.lanes.find(({ ref }) => ref === "b");
  expect(graph.joints.map(({ y }) => y)).toEqual([laneOfB?.y, graph.end.y]);
});

it("draws neither a lane nor a joint for a guest's own retirement", () => {
  const graph = layOutMerges(guestOf({ ref: "old", mergedInto: "ada", merges: [merge("old", "ada")] }));
  expect(graph.lanes).toHaveLength(1);
  expect(graph.joints).toEqual([]);
  expect(graph.trunk).toBe("");
});

it("draws the newest merges and a few browsers of many, and says how many it leaves out", () => {
  const merges = Array.from({ length: 9 }, (_, index) => merge(`g-${index}`, "ada"));
  const browsers = Array.from({ length: 7 }, (_, index) => browser(`b-${index}`));
  const graph = layOutMerges(guestOf({ ref: "ada", merges, browsers }));
  expect([graph.joints.length, graph.hidden]).toEqual([5, 4]);
  expect(graph.lanes[0]).toMatchObject({ more: 4 });
});
