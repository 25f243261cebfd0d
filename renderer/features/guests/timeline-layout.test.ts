import { expect, it } from "vitest";
import { sessionOf } from "../../../shared/guest-words/guests-for-tests";
import type { GuestSession } from "../../../shared/model/guest-profile";
import { axisLabels } from "./axis-labels";
import { blocksIn, layOutTimeline } from "./timeline-layout";

const start = Date.parse("2026-11-25T09:00:00.000Z");
const at = (minute: number): string => new Date(start + minute * 60_000).toISOString();
const session = (ref: string, browserRef: string, from: number, to: number): GuestSession =>
  sessionOf({ ref, browserRef, startedAt: at(from), lastEventAt: at(to) });

it("gives each browser a lane, and one that has two sessions at once a second", () => {
  const { lanes, blocks } = layOutTimeline(
    [
      session("a", "b-1", 0, 10),
      session("b", "b-2", 4, 12),
      session("c", "b-1", 5, 9),
      session("d", "b-1", 60, 65),
    ],
    800,
  );
  expect(lanes).toEqual([
    { browserRef: "b-1", first: true },
    { browserRef: "b-1", first: false },
    { browserRef: "b-2", first: true },
  ]);
  expect(Object.fromEntries(blocks.map((block) => [block.session.ref, block.lane]))).toEqual({
    a: 0,
    b: 2,
    c: 1,
    d: 0,
  });
});

it("draws silence short, however long it was", () => {
  const { scale } = layOutTimeline([session("a", "b", 0, 10), session("b", "b", 30_000, 30_010)], 800);
  expect(scale.pieces.map(({ gap }) => gap)).toEqual([false, true, false]);
  expect(scale.pieces[1]?.width).toBeLessThan(80);
  expect(scale.width).toBeLessThanOrEqual(800);
  expect(scale.xOf(Date.parse(at(10)))).toBeLessThan(scale.xOf(Date.parse(at(30_000))));
});

it("grows wider than the window for a thousand sessions, and finds those in view", () => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    session(`s-${index}`, "b", index * 100, index * 100 + 10),
  );
  const timeline = layOutTimeline(many, 800);
  expect(timeline.scale.width).toBeGreaterThan(800);
  expect(blocksIn(timeline, 5000, 5800).length).toBeLessThan(20);
});

it("has a place for sessions of one moment, and none for no session", () => {
  const { blocks } = layOutTimeline([session("a", "b", 0, 0)], 600);
  expect(blocks[0]?.width).toBeGreaterThan(0);
  expect(layOutTimeline([], 600)).toMatchObject({ lanes: [], blocks: [] });
});

it("names the times below, and the day only where it changes", () => {
  const { scale } = layOutTimeline(
    [session("a", "b", 0, 20), session("b", "b", 60, 80), session("c", "b", 3000, 3020)],
    900,
  );
  const labels = axisLabels(scale).map(({ text }) => text);
  expect(labels.filter((text) => /Nov/.test(text))).toHaveLength(2);
});
