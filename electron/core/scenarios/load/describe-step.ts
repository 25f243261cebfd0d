import { isJsonObject } from "../../../../shared/catalog/json-values";
import { formatDuration, parseDuration } from "../../../../shared/duration";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { StepKind } from "../../../../shared/model/scenario";

const counts = ["Never", "Once", "Twice", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** What a guest does, by what is sent. */
const doings: Readonly<Record<string, string>> = {
  VIEW: "Views a page",
  IDENTITY: "Says who it is",
  ADD: "Adds a product",
  SEARCH: "Searches",
  CONFIRM: "Confirms the cart",
  CHECKOUT: "Checks out",
  ORDER_CHECKOUT: "Places an order",
  PAYMENT: "Pays",
  CLEAR_CART: "Empties the cart",
  FORCE_CLOSE: "Ends the session",
};

const spokenDuration = (value: JsonValue | undefined): string | null => {
  const length = typeof value === "string" ? parseDuration(value) : null;
  return length === null ? null : formatDuration(length).replace(/(?=[a-z])(?<=\d)/, " ");
};

const times = (value: JsonValue | undefined): string => {
  if (typeof value !== "number") return "Repeats its steps";
  const word = counts[value] ?? String(value);
  return value < 3 ? word : `${word} times`;
};

/** The first line, as far as a list can show it. */
const firstLine = (text: string): string => {
  const [line = ""] = text.trim().split("\n");
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
};

const fileStem = (file: string): string =>
  (file.split("/").at(-1) ?? file).replace(/\.scenario\.ya?ml$|\.ya?ml$/, "");

const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

const titleOf = (kind: StepKind, value: JsonValue | undefined): string => {
  switch (kind) {
    case "send": {
      const type = textOf(value);
      return Object.hasOwn(doings, type) ? (doings[type] ?? type) : `Sends ${type}`;
    }
    case "wait":
      return spokenDuration(value) === null ? "Thinks" : `Thinks for ${spokenDuration(value)}`;
    case "browser": {
      const name = isJsonObject(value) ? textOf(value["name"]) : textOf(value);
      return name === "new" || name === "" ? "New browser" : `Browser ${name}`;
    }
    case "session":
      return "New session";
    case "guest":
      return "Looks at the guest";
    case "clock":
      return spokenDuration(value) === null
        ? "Moves the clock on"
        : `Moves the clock on by ${spokenDuration(value)}`;
    case "repeat":
      return times(value);
    case "use":
      return fileStem(textOf(value));
    case "note":
      return firstLine(textOf(value));
  }
};

const detailOf = (kind: StepKind, step: JsonObject): string => {
  const value = step[kind];
  switch (kind) {
    case "guest": {
      const within = isJsonObject(value) ? spokenDuration(value["within"]) : null;
      return within === null ? "" : `within ${within}`;
    }
    case "repeat": {
      const steps = Array.isArray(step["steps"]) ? step["steps"].length : 0;
      return `${steps} ${steps === 1 ? "step" : "steps"}`;
    }
    case "browser":
      return isJsonObject(value) ? textOf(value["name"]) : textOf(value);
    case "note":
      return "";
    default:
      return textOf(value);
  }
};

/**
 * What a list shows of a step: its name, or what it does in a few words; and what it sends or does, short.
 *
 * @param kind null where that is not known
 */
export const describeStep = (kind: StepKind | null, step: JsonObject): { title: string; detail: string } => {
  const name = firstLine(textOf(step["name"]));
  if (kind === null) return { title: name === "" ? "A step still to be written" : name, detail: "" };
  return { title: name === "" ? titleOf(kind, step[kind]) : name, detail: detailOf(kind, step) };
};
