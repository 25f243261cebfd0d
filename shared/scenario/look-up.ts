import type { JsonObject, JsonValue } from "../model/json";
import type { TemplateContext } from "./template-context";

/** What names mean at one place of a scenario. */
export interface TemplateScopes {
  captures: Readonly<Record<string, JsonValue>>;
  vars: Readonly<Record<string, JsonValue>>;
  row: JsonObject | null;
  /** The environment's own values. */
  env: Readonly<Record<string, JsonValue>>;
  /** Step id -> what it keeps, such as `{ response: { status, headers, body } }`. */
  steps: Readonly<Record<string, JsonValue>>;
  browserId: string | null;
  sessionId: string | null;
}

/** Names that no var and no capture may have, because they mean something else. */
export const reservedTemplateNames = ["row", "env", "steps", "browser_id", "session_id"] as const;

/** The value at a path of own properties; items of lists by their number. */
export const lookInside = (value: JsonValue | undefined, path: readonly string[]): JsonValue | undefined => {
  let inside = value;
  for (const segment of path) {
    if (typeof inside !== "object" || inside === null) return undefined;
    if (Array.isArray(inside)) inside = /^(0|[1-9]\d*)$/.test(segment) ? inside[Number(segment)] : undefined;
    else inside = Object.hasOwn(inside, segment) ? inside[segment] : undefined;
  }
  return inside;
};

/** A column's name may have dots of its own. */
const lookInRow = (row: JsonObject | null, path: readonly string[]): JsonValue | undefined => {
  if (row === null) return undefined;
  const whole = path.join(".");
  return Object.hasOwn(row, whole) ? row[whole] : lookInside(row, path);
};

/**
 * How a template's path is looked up (interface "Scenario files", templates): `row.`, `env.` and `steps.` by their
 * prefix; a bare name in captures, then vars, then `browser_id` and `session_id`.
 */
export const lookIn =
  (scopes: TemplateScopes): TemplateContext["look"] =>
  (path) => {
    const [name = "", ...rest] = path;
    if (name === "row") return lookInRow(scopes.row, rest);
    if (name === "env") return lookInside(scopes.env, rest);
    if (name === "steps") return lookInside(scopes.steps, rest);
    if (Object.hasOwn(scopes.captures, name)) return lookInside(scopes.captures[name], rest);
    if (Object.hasOwn(scopes.vars, name)) return lookInside(scopes.vars[name], rest);
    if (rest.length > 0) return undefined;
    if (name === "browser_id") return scopes.browserId ?? undefined;
    return name === "session_id" ? (scopes.sessionId ?? undefined) : undefined;
  };
