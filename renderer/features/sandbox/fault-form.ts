import { parseDocument } from "yaml";
import type { JsonObject } from "../../../shared/model/json";

export const faultKinds = [
  { value: "delay", label: "delay", detail: "answers later" },
  { value: "status", label: "status", detail: "answers with this status" },
  { value: "reset", label: "reset", detail: "cuts the connection" },
  { value: "timeout", label: "timeout", detail: "gives no answer" },
  { value: "garbage", label: "garbage", detail: "answers what is not HTTP" },
  { value: "truncate", label: "truncate", detail: "stops in the middle of the answer" },
  { value: "slow-body", label: "slow-body", detail: "sends the answer piece by piece" },
] as const;
export type FaultKind = (typeof faultKinds)[number]["value"];

/** A fault as the form has it: every field a text, empty where the fault does not say. */
export interface FaultForm {
  type: string;
  path: string;
  nth: string;
  fault: FaultKind;
  ms: string;
  status: string;
  times: string;
}

export const emptyFault: FaultForm = {
  type: "",
  path: "",
  nth: "",
  fault: "status",
  ms: "",
  status: "503",
  times: "",
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

const faultOf = (value: unknown): FaultForm => {
  const fault = isRecord(value) ? value : {};
  const match = isRecord(fault["match"]) ? fault["match"] : {};
  return {
    type: textOf(match["type"]),
    path: textOf(match["path"]),
    nth: textOf(match["nth"]),
    fault: faultKinds.find((kind) => kind.value === fault["fault"])?.value ?? "status",
    ms: textOf(fault["ms"]),
    status: textOf(fault["status"]),
    times: textOf(fault["times"]),
  };
};

/** The faults that a text lists; null where it is no list. */
export const readFaults = (text: string): FaultForm[] | null => {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const value: unknown = document.toJS({ maxAliasCount: 50 }) ?? [];
  return Array.isArray(value) ? value.map(faultOf) : null;
};

/** Which of `ms` and `status` a kind of fault has. */
export const fieldOfKind = (kind: FaultKind): "ms" | "status" | null => {
  if (kind === "status") return "status";
  return kind === "delay" || kind === "timeout" || kind === "slow-body" ? "ms" : null;
};

/** A number as a number; anything else as it was typed, so that the core can say what is wrong with it. */
const numberOr = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

/** A fault as the file has it: without the fields that say nothing. */
export const faultToJson = (form: FaultForm): JsonObject => {
  const field = fieldOfKind(form.fault);
  return {
    match: {
      ...(form.type !== "" && { type: form.type }),
      ...(form.path !== "" && { path: form.path }),
      ...(form.nth !== "" && { nth: numberOr(form.nth) }),
    },
    fault: form.fault,
    ...(field === "ms" && form.ms !== "" && { ms: numberOr(form.ms) }),
    ...(field === "status" && form.status !== "" && { status: numberOr(form.status) }),
    ...(form.times !== "" && { times: numberOr(form.times) }),
  };
};

const ordinal = (nth: string): string => {
  const last = Number(nth) % 10;
  const teen = Number(nth) % 100 >= 11 && Number(nth) % 100 <= 13;
  return `${nth}${teen ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[last] ?? "th")}`;
};

/** What a fault hits, in words: "The 3rd VIEW", "Every request to /v1.2/events", "From the 3rd VIEW on". */
export const hitWords = ({ type, path, nth, times }: FaultForm): string => {
  const what = [type === "" ? "request" : type, ...(path === "" ? [] : [`to ${path}`])].join(" ");
  if (nth === "") return `Every ${what}`;
  return times === "" || times === "1"
    ? `The ${ordinal(nth)} ${what}`
    : `From the ${ordinal(nth)} ${what} on`;
};

/** What happens to it, in words: "answers with 503, 2 times at most". */
export const effectWords = ({ fault, ms, status, times, nth }: FaultForm): string => {
  const detail = faultKinds.find(({ value }) => value === fault)?.detail ?? fault;
  const field = fieldOfKind(fault);
  const how =
    field === "status" && status !== "" ? ` ${status}` : field === "ms" && ms !== "" ? ` (${ms} ms)` : "";
  const effect = fault === "status" ? `answers with${how}` : `${detail}${how}`;
  return times === "" || (nth !== "" && times === "1")
    ? effect
    : `${effect}, ${times === "1" ? "once" : `${times} times`} at most`;
};
