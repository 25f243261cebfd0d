import type { TimeScale } from "./time-scale";

export interface AxisLabel {
  x: number;
  text: string;
}

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Pixels that a label needs. */
const room = { time: 48, exact: 68, day: 56 };
const between = 110;
const minute = 60_000;

/** The times below a timeline: where each busy stretch begins, and within long ones; the day where it changes. */
export const axisLabels = (scale: TimeScale): AxisLabel[] => {
  const labels: AxisLabel[] = [];
  let free = 0;
  let lastDay = "";
  for (const { from, to, x, width, gap } of scale.pieces) {
    if (gap) continue;
    const short = to - from < 2 * minute;
    const marks = Math.max(1, Math.floor(width / between));
    for (let mark = 0; mark < (to === from ? 1 : marks); mark++) {
      const at = from + ((to - from) * mark) / marks;
      const today = day.format(at);
      const clock = (short ? exact : time).format(at);
      const text = today === lastDay ? clock : `${today}, ${clock}`;
      const place = x + (width * mark) / marks;
      const needs = room[short ? "exact" : "time"] + (today === lastDay ? 0 : room.day);
      if (place < free) continue;
      labels.push({ x: place, text });
      free = place + needs;
      lastDay = today;
    }
  }
  return labels;
};
