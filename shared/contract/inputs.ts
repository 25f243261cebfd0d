/** The schemas that commands share. Checked at run time on every host, without code generation. */
import * as v from "valibot";
import { isReservedName } from "../environment-names";
import { environmentColours, type Environment } from "../model/environment";
import { statusClasses, verdictClasses } from "../model/entry";
import type { JsonObject, JsonValue } from "../model/json";
import type { RunOptions } from "../model/run";
import type { ScenarioEdit } from "../model/scenario";

const shortText = v.pipe(v.string(), v.maxLength(500));

const reservedName =
  "This name has a meaning of its own in JavaScript, such as constructor or toString; choose another.";

export const environmentName = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    "A name has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit.",
  ),
  v.check((name) => !isReservedName(name), reservedName),
);

export const id = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9-]{1,64}$/, "An id has 1 to 64 letters, digits or dashes."),
);

const isHttpAddress = (text: string): boolean => {
  try {
    const url = new URL(text);
    return (
      (url.protocol === "https:" || url.protocol === "http:") &&
      url.username === "" &&
      url.password === "" &&
      url.search === "" &&
      url.hash === ""
    );
  } catch {
    return false;
  }
};

export const baseUrl = v.pipe(
  v.string(),
  v.maxLength(2000),
  v.check(isHttpAddress, "A base URL is http:// or https:// with a host, without user, query or fragment."),
  v.transform((text) => text.replace(/\/+$/, "")),
);

export const transport = v.picklist(["spec", "http-get", "engage", "edge"]);
export const catalogName = v.picklist(["spec", "sitecore"]);

export const environmentInput = v.strictObject({
  name: environmentName,
  colour: v.picklist(environmentColours),
  baseUrl,
  transport,
  catalog: catalogName,
  channel: v.optional(shortText),
  pos: v.optional(shortText),
  currency: v.optional(shortText),
  language: v.optional(shortText),
  siteId: v.optional(shortText),
  caFile: v.optional(shortText),
  proxy: v.optional(shortText),
  production: v.boolean(),
  vars: v.record(v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)), v.string()),
}) satisfies v.GenericSchema<unknown, Environment>;

/** Levels of nesting that any engine can write and read again without running out of stack. */
const deepestJson = 500;

/** Whether a value is JSON, at most 500 levels deep. Goes level by level: neither depth nor length can overflow the stack. */
export const isJsonValue = (root: unknown): root is JsonValue => {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepestJson) return false;
    const next: unknown[] = [];
    for (const value of level) {
      if (value === null || typeof value === "string" || typeof value === "boolean") continue;
      if (typeof value === "number" && Number.isFinite(value)) continue;
      if (typeof value !== "object") return false;
      for (const child of Array.isArray(value) ? value : Object.values(value)) next.push(child);
    }
    level = next;
  }
  return true;
};

export const jsonObject = v.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value) && isJsonValue(value),
  "Must be a JSON object, at most 500 levels deep.",
);

export const jsonValue = v.custom<JsonValue>(isJsonValue, "Must be JSON, at most 500 levels deep.");

export const entrySource = v.strictObject({
  kind: v.picklist(["composer", "cli", "scenario", "replay", "sdk", "import"]),
  scenario: v.optional(shortText),
  runId: v.optional(id),
  iteration: v.optional(v.number()),
  stepId: v.optional(shortText),
  format: v.optional(shortText),
  entryId: v.optional(id),
  draft: v.optional(id),
});

export const logFilter = v.strictObject({
  environments: v.optional(v.array(shortText)),
  types: v.optional(v.array(shortText)),
  statuses: v.optional(v.array(v.picklist(statusClasses))),
  verdicts: v.optional(v.array(v.picklist(verdictClasses))),
  ids: v.optional(v.array(id)),
  runs: v.optional(v.array(id)),
  text: v.optional(shortText),
});

/** What is kept of the log: days and megabytes, 0 for no limit. */
export const keptDays = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650));
export const keptMegabytes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

/** A secret on its way in. No command gives one out. */
export const secretText = v.pipe(v.string(), v.maxLength(4096));

/** A file of the workspace, relative to it with slashes, or an absolute path of a file from outside. */
export const filePath = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(4000),
  v.regex(/^[^\p{Cc}]+$/u, "A path has no control characters."),
);

/** 1 MB at most, as the format says. */
export const scenarioText = v.pipe(v.string(), v.maxLength(1_000_000));

/** The number of a step in a scenario's outline: `5`, `5.1`. */
export const stepNumber = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[1-9]\d*(\.[1-9]\d*)*$/, "A step's number looks like 5 or 5.1."),
);

const keyName = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const place = { parent: v.nullable(stepNumber), before: v.nullable(stepNumber) };
const steps = v.pipe(v.array(stepNumber), v.minLength(1), v.maxLength(1000));

export const scenarioEdit = v.variant("op", [
  v.strictObject({
    op: v.literal("setStep"),
    step: stepNumber,
    key: keyName,
    value: v.exactOptional(jsonValue),
  }),
  v.strictObject({ op: v.literal("replaceStep"), step: stepNumber, with: jsonObject }),
  v.strictObject({
    op: v.literal("insert"),
    ...place,
    steps: v.pipe(v.array(jsonObject), v.minLength(1), v.maxLength(1000)),
  }),
  v.strictObject({ op: v.literal("remove"), steps }),
  v.strictObject({ op: v.literal("move"), steps, ...place }),
  v.strictObject({ op: v.literal("duplicate"), steps }),
  v.strictObject({ op: v.literal("setHead"), key: keyName, value: v.exactOptional(jsonValue) }),
]) satisfies v.GenericSchema<unknown, ScenarioEdit>;

const countOf = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

/** The options of a run (interface "Command line"). */
export const runOptions = v.strictObject({
  data: v.exactOptional(filePath),
  delimiter: v.exactOptional(v.pipe(v.string(), v.length(1))),
  iterations: v.exactOptional(countOf(10_000_000)),
  concurrency: v.exactOptional(countOf(1000)),
  rate: v.exactOptional(v.pipe(v.number(), v.minValue(0.001), v.maxValue(100_000))),
  maxEvents: v.exactOptional(countOf(1_000_000_000)),
  seed: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  now: v.exactOptional(v.pipe(v.string(), v.isoTimestamp())),
  transport: v.exactOptional(transport),
  bail: v.exactOptional(v.boolean()),
  noWait: v.exactOptional(v.boolean()),
  noValidate: v.exactOptional(v.boolean()),
  mark: v.exactOptional(v.boolean()),
  dryRun: v.exactOptional(v.boolean()),
  allowPaths: v.exactOptional(v.pipe(v.array(filePath), v.maxLength(100))),
  vars: v.exactOptional(v.record(v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)), v.string())),
}) satisfies v.GenericSchema<unknown, RunOptions>;
