import type { RunOptions } from "../../../../shared/model/run";

/** The options as text in fields, because a field may hold what is no number yet. */
export interface OptionFields {
  iterations: string;
  concurrency: string;
  rate: string;
  seed: string;
}

type NumberField = "iterations" | "concurrency" | "rate";

const limits: Record<NumberField, { most: number; whole: boolean; says: string }> = {
  iterations: { most: 10_000_000, whole: true, says: "A whole number from 1 to 10,000,000." },
  concurrency: { most: 1000, whole: true, says: "A whole number from 1 to 1,000." },
  rate: { most: 100_000, whole: false, says: "A number above 0, up to 100,000 events a second." },
};

/** What is wrong with a number field; undefined where nothing is, or where it is empty and the default counts. */
export const fieldError = (field: NumberField, text: string): string | undefined => {
  if (text.trim() === "") return undefined;
  const { most, whole, says } = limits[field];
  const value = Number(text.replaceAll(",", ""));
  const fits = Number.isFinite(value) && value > 0 && value <= most && (!whole || Number.isInteger(value));
  return fits ? undefined : says;
};

export const fieldsOf = ({ iterations, concurrency, rate, seed }: RunOptions): OptionFields => ({
  iterations: iterations?.toString() ?? "",
  concurrency: concurrency?.toString() ?? "",
  rate: rate?.toString() ?? "",
  seed: seed ?? "",
});

const numberOf = (field: NumberField, text: string): Partial<Record<NumberField, number>> =>
  text.trim() === "" || fieldError(field, text) !== undefined
    ? {}
    : { [field]: Number(text.replaceAll(",", "")) };

const without = (options: RunOptions, keys: readonly (keyof RunOptions)[]): RunOptions =>
  Object.fromEntries(Object.entries(options).filter(([key]) => !keys.some((each) => each === key)));

/** The options with what the fields say; a field that is empty or wrong leaves the default. */
export const withFields = (options: RunOptions, fields: OptionFields): RunOptions => ({
  ...without(options, ["iterations", "concurrency", "rate", "seed"]),
  ...numberOf("iterations", fields.iterations),
  ...numberOf("concurrency", fields.concurrency),
  ...numberOf("rate", fields.rate),
  ...(fields.seed.trim() !== "" && { seed: fields.seed.trim() }),
});

type Flag = "noWait" | "bail" | "noValidate" | "mark" | "dryRun";

/** The options with a switch on or off; off leaves it out. */
export const withFlag = (options: RunOptions, flag: Flag, on: boolean): RunOptions =>
  on ? { ...options, [flag]: true } : without(options, [flag]);

/** What differs from playing it once, in a few words each: "10 iterations", "seed 7". */
export const optionWords = (options: RunOptions): string[] => [
  ...(options.iterations !== undefined ? [`${options.iterations.toLocaleString("en-GB")} iterations`] : []),
  ...(options.concurrency !== undefined ? [`${options.concurrency} at a time`] : []),
  ...(options.rate !== undefined ? [`${options.rate}/s`] : []),
  ...(options.seed !== undefined ? [`seed ${options.seed}`] : []),
  ...(options.data !== undefined ? [options.data] : []),
  ...(options.noWait ? ["no waiting"] : []),
  ...(options.bail ? ["stops at a failure"] : []),
  ...(options.noValidate ? ["unchecked"] : []),
  ...(options.mark ? ["marked"] : []),
  ...(options.dryRun ? ["sends nothing"] : []),
];
