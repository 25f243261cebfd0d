import { AppError } from "../../../shared/contract/errors";
import { fieldType } from "../../../shared/catalog/catalog";
import type { JsonObject, JsonValue } from "../../../shared/model/json";
import type { CatalogName } from "../../../shared/model/verdict";

const wrong = (assignment: string, message: string): AppError =>
  new AppError({
    code: "INVALID_INPUT",
    message: `--set ${assignment}: ${message}`,
    hint: "Write --set path=value, such as --set product.sku=TEE-001 or --set items[0].quantity=2.",
  });

type Step = string | number;

/** `a.b[0]` -> `["a", "b", 0]`. */
const stepsOf = (path: string, assignment: string): Step[] => {
  if (!/^[^.[\]]+(\.[^.[\]]+|\[\d{1,6}\])*$/.test(path)) throw wrong(assignment, `${path} is not a path.`);
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  if (steps.includes("__proto__")) throw wrong(assignment, "__proto__ is not a field name.");
  return steps.map((step) => (path.includes(`[${step}]`) && /^\d+$/.test(step) ? Number(step) : step));
};

const isJsonText = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const valueOf = (text: string, isText: boolean): JsonValue =>
  !isText && isJsonText(text) ? (JSON.parse(text) as JsonValue) : text;

const place = (
  target: JsonObject | JsonValue[],
  steps: Step[],
  value: JsonValue,
  assignment: string,
): void => {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  if (Array.isArray(target) !== (typeof step === "number")) {
    throw wrong(
      assignment,
      `${String(step)} does not fit: there is ${Array.isArray(target) ? "a list" : "an object"}.`,
    );
  }
  if (Array.isArray(target) && Number(step) > target.length) {
    throw wrong(assignment, `the list has ${target.length} items, so the next one is [${target.length}].`);
  }
  const container = target as Record<Step, JsonValue>;
  if (rest.length === 0) {
    container[step] = value;
    return;
  }
  const known = Object.hasOwn(container, step) ? container[step] : undefined;
  const next = typeof known === "object" && known !== null ? known : typeof rest[0] === "number" ? [] : {};
  container[step] = next;
  place(next, rest, value, assignment);
};

/**
 * Carries out `--set path=value`. The value is read as JSON unless the schema says string, and is text where it
 * is not JSON.
 *
 * @param event is changed
 * @param assignment `a.b[0]=v`
 * @throws AppError INVALID_INPUT
 */
export const setPath = (
  event: JsonObject,
  assignment: string,
  { catalog, messageType }: { catalog: CatalogName; messageType: string },
): void => {
  const equals = assignment.indexOf("=");
  if (equals < 1) throw wrong(assignment, "there is no value.");
  const steps = stepsOf(assignment.slice(0, equals), assignment);
  const isText = fieldType(catalog, messageType, steps.map(String)) === "string";
  place(event, steps, valueOf(assignment.slice(equals + 1), isText), assignment);
};
