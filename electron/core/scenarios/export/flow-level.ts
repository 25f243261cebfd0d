import type { Environment } from "../../../../shared/model/environment";
import type { JsonObject } from "../../../../shared/model/json";
import type { ScriptColumn } from "./artillery-data";
import type { ScriptBrowsers } from "./artillery-browsers";
import type { ScriptTarget } from "./artillery-target";
import type { Draft } from "./draft";
import type { Meaning, Names } from "./template-to-artillery";

/** What all steps of a script share. */
export interface FlowParts {
  draft: Draft;
  target: ScriptTarget;
  environment: Environment;
  browsers: ScriptBrowsers;
  /** Columns of the data by name, as variables. */
  columns: ReadonlyMap<string, Pick<ScriptColumn, "variable" | "isAwkward">>;
}

/** What the steps of one file share. */
export interface FlowLevel {
  /** Vars, captures and answers that are read later: what they are called here, and the script's variables. */
  known: Map<string, string>;
  defaults: JsonObject;
  /** The condition that all of its steps stand under: the name of a function of the processor. */
  condition: string | null;
  /** Before the names of its variables, where a fragment was put in. */
  prefix: string;
}

const inRow = (columns: FlowParts["columns"], path: readonly string[]): Meaning | null => {
  // A column's name may have dots of its own.
  const whole = columns.get(path.join("."));
  if (whole !== undefined) return { variable: whole.variable, isAwkward: whole.isAwkward, path: [] };
  const column = columns.get(path[0] ?? "");
  if (column === undefined) return null;
  return { variable: column.variable, isAwkward: column.isAwkward, path: path.slice(1) };
};

/** What names mean at the steps of a level: the same order as in a run. */
export const namesAt =
  ({ environment, browsers, columns }: FlowParts, { known }: FlowLevel): Names =>
  (path) => {
    const [name = "", ...rest] = path;
    if (name === "row") return inRow(columns, rest);
    if (name === "env") {
      const [variable = ""] = rest;
      const value = Object.hasOwn(environment.vars, variable) ? environment.vars[variable] : undefined;
      return value === undefined ? null : { value };
    }
    const whole = known.get(path.join("."));
    if (whole !== undefined) return { variable: whole, path: [] };
    const variable = known.get(name);
    if (variable !== undefined) return { variable, path: rest };
    const browser = browsers.current();
    if (name === "browser_id") {
      browser.isNeeded = true;
      return { variable: browser.variable, path: [] };
    }
    if (name !== "session_id") return null;
    const { session } = browser;
    return {
      text: `{{ $uuid }}${session}`,
      code: session === "" ? "vars.$uuid" : `vars.$uuid + ${JSON.stringify(session)}`,
    };
  };
