import { buildEvent } from "../../../../shared/build-event";
import { judge } from "../../../../shared/catalog/catalog";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { Environment } from "../../../../shared/model/environment";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Issue, Verdict } from "../../../../shared/model/verdict";
import { isMatcherMap } from "../../../../shared/scenario/matcher-names";
import { mismatches } from "../../../../shared/scenario/mismatches";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import { filledOnTheWay } from "../../../../shared/transports";
import type { CheckContext } from "./check-context";
import { fillKnown, fillWhole, isUnknownAt, unknown, type Filled } from "./fill-known";
import type { LoadedStep } from "./loaded";
import { probeId } from "./rehearsal-scope";
import { pathOf, pointerOf, type Path, type ScenarioSource } from "./scenario-source";

/** Fields that go into an event, with the place where they are written. */
export interface Layer extends Filled<JsonObject> {
  source: ScenarioSource;
  path: Path;
}

export interface JudgeInput {
  inner: TemplateContext;
  /** Filled between the message type and the event, in which order a run draws from the step's stream. */
  defaults(inner: TemplateContext): Layer;
  browser: Layer | null;
  /** From 1; null where the event is the same for every row. Asked once the event is filled. */
  row(): number | null;
}

/** A step may expect that the catalog calls its event invalid, or leave open what it says. */
const takes = (expected: JsonValue | undefined, verdict: Verdict, inner: TemplateContext): boolean => {
  if (expected === undefined) return false;
  const filled = fillWhole(expected, inner);
  if (filled === unknown) return true;
  const isWhole = isJsonObject(filled) && !isMatcherMap(filled);
  return mismatches(filled, isWhole ? (verdict as unknown as JsonObject) : verdict.schema).length === 0;
};

/** The fields of a step as its catalog would see them, with the layer that each came from. */
const build = (step: LoadedStep, environment: Environment, type: string, input: JudgeInput) => {
  const { inner, browser } = input;
  const defaults = input.defaults(inner);
  const written = mapOf((step.planned.step as unknown as JsonObject)["event"]);
  const event: Layer = { ...fillKnown(written, inner), source: step.source, path: [...step.path, "event"] };
  const built = buildEvent({
    environment,
    catalog: environment.catalog,
    messageType: type,
    defaults: defaults.value,
    browserFields: browser?.value,
    event: event.value,
    guest: { browserId: probeId, sessionId: probeId },
  });
  const layerAt = (path: string): Layer => {
    const [name = ""] = pathOf(path);
    const origin = built.origins[name];
    if (origin === "defaults") return defaults;
    return origin === "browser" && browser !== null ? browser : event;
  };
  return { event: built.event, layerAt };
};

/**
 * Says what the catalog of the environment says of the event of a `send` step, as far as it is known before a run;
 * issues of what only a run can tell are left out. An issue that many rows have is told of the first.
 */
export const createJudge = ({ environment, options, data, report }: CheckContext) => {
  const told = new Set<string>();
  const whereOf = (row: number | null): string =>
    row === null || data === null || data === "unreadable" ? "" : ` (row ${row} of ${data.file})`;

  return (step: LoadedStep, input: JudgeInput): void => {
    if (environment === null || options.noValidate === true) return;
    const parts = step.planned.step as unknown as JsonObject;
    const type = fillWhole(parts["send"] ?? "", input.inner);
    if (typeof type !== "string") return;
    const { event, layerAt } = build(step, environment, type, input);
    const verdict = judge(event, environment.catalog, filledOnTheWay(environment));
    if (verdict.issues.length === 0 || takes(mapOf(parts["expect"])["verdict"], verdict, input.inner)) return;
    for (const issue of verdict.issues) {
      const { source, path, unknown: missing } = layerAt(issue.path);
      const key = `${step.source.path} ${pointerOf(step.path)} ${issue.code} ${issue.path}`;
      if (issue.severity === "info" || isUnknownAt(issue.path, missing) || told.has(key)) continue;
      told.add(key);
      report.add(source, [...path, ...pathOf(issue.path)], wordsOf(issue, type, whereOf(input.row())));
    }
  };
};

const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

const wordsOf = ({ code, severity, message, hint }: Issue, type: string, where: string) => ({
  code: `event-${code}`,
  severity,
  message: `${type}: ${message.replace(/\.$/, "")}${where}.`,
  hint,
});
