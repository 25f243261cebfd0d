import * as v from "valibot";
import { readDocument } from "../config/read-document";
import { listOf, map, text } from "../config/schema-parts";
import type { Fault } from "./faults";

/** Faults, and what their author should know although they are usable. */
export interface ParsedFaults {
  faults: Fault[];
  /** Sentences with file, line and column. */
  warnings: string[];
}

const longest = 86_400_000;

const wholeNumber = (what: string, lowest: number, highest: number) => {
  const message = `${what} is a whole number from ${lowest} to ${highest}.`;
  return v.pipe(
    v.number(message),
    v.integer(message),
    v.minValue(lowest, message),
    v.maxValue(highest, message),
  );
};

const path = v.pipe(
  text("path", 2000),
  v.regex(/^\/[^?#]*$/, "path is a path without its query, such as /v1.2/event/create.json."),
  v.check(
    (value) => !/^\/_sandbox(\/|$)/.test(value),
    "Faults hit the API only: /_sandbox is how they are taken away again.",
  ),
);

const fault = map(
  "A fault is a map such as { match: { type: VIEW }, fault: reset }.",
  v.object({
    match: v.optional(
      map(
        "match is a map of path, type and nth.",
        v.object({
          path: v.exactOptional(path),
          type: v.exactOptional(text("type")),
          nth: v.exactOptional(wholeNumber("nth", 1, 1_000_000_000)),
        }),
      ),
      {},
    ),
    fault: v.picklist(
      ["delay", "status", "reset", "timeout", "garbage", "truncate", "slow-body"],
      "fault is one of delay, status, reset, timeout, garbage, truncate, slow-body.",
    ),
    ms: v.exactOptional(wholeNumber("ms", 0, longest)),
    status: v.exactOptional(wholeNumber("status", 200, 599)),
    times: v.exactOptional(wholeNumber("times", 1, 1_000_000_000)),
  }),
);

const schema = listOf("The faults", fault, 100);

const faultKeys = new Set(["match", "fault", "ms", "status", "times"]);
const matchKeys = new Set(["path", "type", "nth"]);
const timed = new Set<Fault["fault"]>(["delay", "timeout", "slow-body"]);

const idleKeys = ({ fault: kind, ms, status }: Fault): string[] => [
  ...(ms !== undefined && !timed.has(kind) ? ["ms"] : []),
  ...(status !== undefined && kind !== "status" ? ["status"] : []),
];

/**
 * Reads what `PUT /_sandbox/faults` is given; an empty text is no fault.
 *
 * @param source YAML, of which JSON is a part
 * @param file the name that messages give the text
 * @throws AppError INVALID_INPUT with file, line and column
 */
export const parseFaults = (source: string, file: string): ParsedFaults => {
  const document = readDocument(source, file, "docs/schemas/faults.schema.json describes the faults.");
  const result = v.safeParse(schema, document.value ?? []);
  if (!result.success) {
    const [issue] = result.issues;
    const place = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    throw document.invalid(place, issue.message);
  }
  const faults = result.output;
  const warnings = faults.flatMap((one, index) => [
    ...document.unknownKeys([index], faultKeys),
    ...document.unknownKeys([index, "match"], matchKeys),
    ...idleKeys(one).map(
      (key) => `${document.at([index, key])}: ${key} has no effect on the fault ${one.fault}.`,
    ),
  ]);
  return { faults, warnings };
};

/** What an editor shows while there are no faults. */
export const noFaultsText = `# There are no faults. Two examples: the third VIEW is answered 503, and everything that is sent to
# one path is answered two seconds late.
# - match: { type: VIEW, nth: 3 }
#   fault: status
#   status: 503
# - match: { path: /v1.2/event/create.json }
#   fault: delay
#   ms: 2000
[]
`;
