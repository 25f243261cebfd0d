import { parseDuration } from "../../../../shared/duration";
import type { IssueWords } from "./scenario-source";

/** Where a step may have a duration. */
export const durationPaths: readonly (readonly string[])[] = [
  ["wait"],
  ["clock"],
  ["within"],
  ["retry", "every"],
  ["guest", "within"],
  ["guest", "every"],
];

const day = 86_400_000;

/** Days. Behind 2^31 - 1 ms, a timer fires at once; and the sandbox's clock goes ahead by a hundred years. */
const mostDays = { timer: 24, clock: 36_500 } as const;

/** What is wrong with a duration that can be read: nobody can wait so long. Null where nothing is. */
export const tooLong = (at: readonly string[], text: string): IssueWords | null => {
  const most = mostDays[at[0] === "clock" ? "clock" : "timer"];
  if ((parseDuration(text) ?? 0) <= most * day) return null;
  return { code: "too-long", message: `${at.join(".")} is ${text}, and ${most}d is the most.` };
};
