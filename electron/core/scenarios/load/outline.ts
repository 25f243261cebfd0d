import { isSeq, type Node } from "yaml";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ScenarioOutline, StepOutline } from "../../../../shared/model/scenario";
import { kindsOf } from "./check-shape";
import { describeStep } from "./describe-step";
import type { ScenarioSource } from "./scenario-source";

const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");
const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** The lines that a node stands in; a block's end includes the empty lines behind it, which are not its own. */
const linesOf = (source: ScenarioSource, node: unknown): StepOutline["lines"] => {
  const [start, end] = (node as Node | null)?.range ?? [0, 0];
  const last = start + source.text.slice(start, end).trimEnd().length;
  const range = source.rangeOf(start, Math.max(start, last - 1));
  return { first: range.line, last: range.end.line };
};

const stepOutline = (source: ScenarioSource, step: JsonValue, node: unknown, number: string): StepOutline => {
  const map = mapOf(step);
  const kinds = kindsOf(map);
  const kind = kinds.length === 1 ? (kinds[0] ?? null) : null;
  const { steps, ...own } = map;
  const inner = (node as { get?: (key: string, keep: boolean) => unknown } | null)?.get?.("steps", true);
  return {
    number,
    kind: kind ?? "unknown",
    id: textOf(map["id"]) || null,
    ...describeStep(kind, map),
    when: map["when"] !== undefined,
    disabled: map["disabled"] === true,
    breakpoint: map["breakpoint"] === true,
    step: own,
    lines: linesOf(source, node),
    fragment: null,
    children: kind === "repeat" ? stepsOutline(source, steps, inner, `${number}.`) : [],
  };
};

const stepsOutline = (
  source: ScenarioSource,
  steps: JsonValue | undefined,
  node: unknown,
  prefix: string,
): StepOutline[] => {
  if (!Array.isArray(steps)) return [];
  const items: readonly unknown[] = isSeq(node) ? node.items : [];
  return steps.map((step, index) => stepOutline(source, step, items[index], `${prefix}${index + 1}`));
};

const namesOf = (value: JsonValue | undefined): string[] | null =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : null;

/** What a scenario says as far as it can be read; null where it is no map with anything of a scenario. */
export const outlineOf = (source: ScenarioSource): ScenarioOutline | null => {
  const { value, document } = source;
  if (!isJsonObject(value) || (value["bellhop"] === undefined && value["steps"] === undefined)) return null;
  return {
    name: textOf(value["name"]),
    description: textOf(value["description"]),
    environments: namesOf(value["environments"]),
    fragment: value["fragment"] === true,
    vars: mapOf(value["vars"]),
    defaults: mapOf(value["defaults"]),
    data: typeof value["data"] === "string" ? { file: value["data"], columns: [], rows: 0, first: [] } : null,
    steps: stepsOutline(source, value["steps"], document.get("steps", true), ""),
  };
};
