/** Keys in the order in which the format's examples have them: where a new one is put among those there are. */
const order = [
  ...["bellhop", "id", "name", "description", "environments", "seed", "fragment", "params", "returns"],
  ...["when", "disabled", "breakpoint"],
  ...["send", "wait", "browser", "session", "guest", "clock", "repeat", "use", "note"],
  ...["event", "expect", "capture", "within", "retry", "continue", "required"],
  ...["vars", "defaults", "data"],
  "steps",
];

/** A key that the format does not know goes to the end, but before the steps. */
export const rankOf = (key: string): number => {
  const rank = order.indexOf(key);
  return rank === -1 ? order.length - 1.5 : rank;
};
