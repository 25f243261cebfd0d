import { nearestOf } from "../../../../shared/catalog/nearest-name";
import type { IssueWords } from "./scenario-source";

/** The names that templates can use at one place of one file, as far as they are known before a run. */
export interface NamesScope {
  /** Evaluated already. */
  vars: Set<string>;
  /** Captured, or returned by a used file, before this place. */
  captures: Set<string>;
  /** Ids of steps before this place -> whether they send. */
  ids: Map<string, boolean>;
  /** Every id of the file -> the step's number. */
  allIds: ReadonlyMap<string, string>;
  /** Every var and capture of the file -> why it may not be known yet. */
  elsewhere: ReadonlyMap<string, string>;
  /** A used file could not be loaded, so that anything might have come from it. */
  isOpen: boolean;
  /** browser_id is there from the first step on. */
  hasBrowser: boolean;
}

/** What is the same everywhere in a scenario. */
export interface Surroundings {
  /** Columns of the data; null: there is none; unknown: it could not be read. */
  columns: ReadonlySet<string> | "unknown" | null;
  /** The environment's own values; unknown where no environment is chosen. */
  env: { name: string; vars: ReadonlySet<string> } | "unknown";
}

const listed = (names: Iterable<string>): string => {
  const all = [...new Set(names)];
  return all.length <= 12 ? all.join(", ") : `${all.slice(0, 12).join(", ")}, …`;
};

const unknown = (name: string, hint: string | undefined): IssueWords => ({
  code: "unknown-name",
  message: `Unknown name ${name}.`,
  hint,
});

const didYouMean = (name: string, candidates: Iterable<string>, prefix = ""): string | undefined => {
  const near = nearestOf(candidates)(name);
  return near === undefined ? undefined : `Did you mean ${prefix}${near}?`;
};

const inRow = (path: readonly string[], { columns }: Surroundings): IssueWords | null => {
  if (columns === "unknown") return null;
  const [name = ""] = path;
  if (columns === null) {
    const hint = "Name a file with data: guests.csv at the top, or give one with --data.";
    return { code: "no-data", message: `There is no row: the scenario has no data.`, hint };
  }
  if (columns.has(name) || columns.has(path.join("."))) return null;
  return unknown(
    `row.${path.join(".")}`,
    didYouMean(name, columns, "row.") ?? `The columns are ${listed(columns)}.`,
  );
};

const inEnv = ([name = ""]: readonly string[], { env }: Surroundings): IssueWords | null => {
  if (env === "unknown" || env.vars.has(name)) return null;
  const hint =
    didYouMean(name, env.vars, "env.") ??
    `Give the environment ${env.name} a value called ${name || "by a name"}.`;
  return { code: "unknown-name", message: `The environment ${env.name} has no value ${name}.`, hint };
};

const parts = ["body", "status", "headers"];

const inSteps = ([id = "", response, part]: readonly string[], scope: NamesScope): IssueWords | null => {
  const sends = scope.ids.get(id);
  if (sends === undefined) {
    const later = scope.allIds.get(id);
    if (later !== undefined) {
      const message = `steps.${id} is step ${later}, which has not been played yet.`;
      return { code: "later-step", message, hint: "A template can use the steps before its own." };
    }
    return unknown(
      `steps.${id}`,
      didYouMean(id, scope.allIds.keys(), "steps.") ?? "A step is named by its id.",
    );
  }
  if (!sends)
    return { code: "no-response", message: `The step ${id} sends no event, so it has no response.` };
  if (response === "response" && (part === undefined || parts.includes(part))) return null;
  const hint = `Write steps.${id}.response.body.… , steps.${id}.response.status or steps.${id}.response.headers.…`;
  return {
    code: "unknown-name",
    message: `A step has response.body, response.status and response.headers.`,
    hint,
  };
};

const bare = (
  path: readonly string[],
  scope: NamesScope,
  { columns, env }: Surroundings,
): IssueWords | null => {
  const [name = ""] = path;
  if (scope.captures.has(name) || scope.vars.has(name) || name === "session_id") return null;
  if (name === "browser_id") {
    if (scope.hasBrowser) return null;
    return {
      code: "unknown-name",
      message: "browser_id is not known yet: vars are filled before the first step.",
    };
  }
  if (scope.isOpen) return null;
  const why = scope.elsewhere.get(name);
  if (why !== undefined) return { code: "unknown-name", message: `${name} is not known here: ${why}.` };
  const known = [...scope.captures, ...scope.vars, ...scope.elsewhere.keys(), "browser_id", "session_id"];
  if (typeof columns === "object" && columns?.has(name)) return unknown(name, `Did you mean row.${name}?`);
  if (env !== "unknown" && env.vars.has(name)) return unknown(name, `Did you mean env.${name}?`);
  const own = [...scope.captures, ...scope.vars];
  return unknown(
    name,
    didYouMean(name, known) ??
      (own.length === 0
        ? "Name it in vars, or capture it in a step before."
        : `The names here are ${listed(own)}.`),
  );
};

/** What is wrong with a path of a template at one place; null where nothing is. */
export const checkPath = (
  path: readonly string[],
  scope: NamesScope,
  surroundings: Surroundings,
): IssueWords | null => {
  const [first, ...rest] = path;
  if (first === "row") return inRow(rest, surroundings);
  if (first === "env") return inEnv(rest, surroundings);
  if (first === "steps") return inSteps(rest, scope);
  return bare(path, scope, surroundings);
};
