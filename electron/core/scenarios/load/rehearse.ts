import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { fillWhen } from "../../../../shared/scenario/fill-template";
import type { TemplateContext } from "../../../../shared/scenario/template-context";
import type { CheckContext } from "./check-context";
import { checkFilled, countOf } from "./check-filled";
import { fillKnown, fillWhole } from "./fill-known";
import { createJudge, type Layer } from "./judge-step";
import type { LoadedFile, LoadedStep } from "./loaded";
import { rehearsalContext, type RehearsalScope } from "./rehearsal-scope";
import type { Path } from "./scenario-source";

const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});
const partsOf = (step: LoadedStep): JsonObject => step.planned.step as unknown as JsonObject;

/** What the steps of one iteration share. */
interface Stage {
  scope: RehearsalScope;
  /** What goes into every event, filled anew for each, as a run does it. */
  defaults(inner: TemplateContext): Layer;
  /** Of the whole iteration, fragments included. */
  browsers: { named: Map<string, Layer>; current: Layer | null };
}

/** What an iteration is rehearsed with. */
export type Rehearsal = Omit<RehearsalScope, "usedRow" | "captures">;

const isPlayed = (step: LoadedStep, inner: TemplateContext): boolean => {
  if (step.planned.step.disabled === true) return false;
  try {
    return fillWhen(partsOf(step)["when"], inner);
  } catch {
    // Not known before a run, or no template at all, which has a mark of its own.
    return true;
  }
};

const layerOf = (
  fields: JsonObject,
  { source }: Pick<LoadedStep, "source">,
  path: Path,
  inner: TemplateContext,
): Layer => ({
  ...fillKnown(fields, inner),
  source,
  path,
});

const over = (below: Layer, above: Layer): Layer => ({
  ...above,
  value: { ...below.value, ...above.value },
  unknown: new Set([...below.unknown, ...above.unknown]),
});

/**
 * Plays iterations with nobody behind them, to say what is wrong with what they would do.
 *
 * @returns a function that plays one and counts the events it sends, attempts of `retry` left out
 */
export const createRehearsal = (
  context: CheckContext,
): ((file: LoadedFile, rehearsal: Rehearsal) => number) => {
  const { report } = context;
  const judge = createJudge(context);
  /** Steps that are the same for every row. */
  const settled = new Set<LoadedStep>();
  /** `now`: since it was set to false. `inherited`: by what later steps draw on. */
  const rowUse = { now: false, inherited: false };

  const useBrowser = (step: LoadedStep, { browsers }: Stage, inner: TemplateContext): void => {
    const written = partsOf(step)["browser"] ?? "new";
    const { name: writtenName, ...fields } = isJsonObject(written) ? written : { name: written };
    const name = fillWhole(writtenName ?? "new", inner);
    const own = isJsonObject(written) ? layerOf(fields, step, [...step.path, "browser"], inner) : null;
    browsers.current = own ?? (typeof name === "string" ? (browsers.named.get(name) ?? null) : null);
    if (typeof name === "string" && name !== "new" && browsers.current)
      browsers.named.set(name, browsers.current);
    rowUse.inherited ||= rowUse.now;
  };

  const playUse = (step: LoadedStep, stage: Stage, inner: TemplateContext): number => {
    const { used, planned } = step;
    if (used === null) return 0;
    const given = Object.entries(mapOf(partsOf(step)["vars"]));
    const vars = new Map(given.map(([name, value]) => [name, fillWhole(value, inner)] as const));
    const outer = stage.defaults(inner);
    rowUse.inherited ||= rowUse.now;
    const scope = { ...stage.scope, vars, captures: new Set<string>() };
    const count = playFile(used, { ...stage, scope }, outer, `vars ${planned.number}#1`);
    for (const name of planned.fragment?.returns ?? []) stage.scope.captures.add(name);
    return count;
  };

  const playSend = (
    step: LoadedStep,
    { scope, defaults, browsers }: Stage,
    inner: TemplateContext,
  ): number => {
    if (settled.has(step)) return 1;
    const isByRow = (): boolean => scope.row !== null && (rowUse.now || rowUse.inherited);
    const row = (): number | null => (isByRow() ? scope.iteration : null);
    judge(step, { inner, defaults, browser: browsers.current, row });
    if (!isByRow()) settled.add(step);
    return 1;
  };

  const playByKind = (step: LoadedStep, stage: Stage, inner: TemplateContext): number => {
    switch (step.planned.kind) {
      case "send":
        return playSend(step, stage, inner);
      case "browser":
        useBrowser(step, stage, inner);
        return 0;
      case "repeat": {
        const count = countOf(step, inner, report);
        return count === 0 ? 0 : count * playSteps(step.children, stage);
      }
      case "use":
        return playUse(step, stage, inner);
      default:
        return 0;
    }
  };

  /** A stream has the name, and is drawn from in the order, that a run's first execution of the step uses. */
  const playStep = (step: LoadedStep, stage: Stage): number => {
    const inner = rehearsalContext(stage.scope, `${step.planned.number}#1`);
    rowUse.now = false;
    if (!isPlayed(step, inner)) return 0;
    const count = playByKind(step, stage, inner);
    checkFilled(step, inner, report);
    for (const name of Object.keys(mapOf(partsOf(step)["capture"]))) stage.scope.captures.add(name);
    return count;
  };

  const playSteps = (steps: readonly LoadedStep[], stage: Stage): number =>
    steps.reduce((count, step) => count + playStep(step, stage), 0);

  /** @param outer defaults that its own win over @param stream names what its vars draw */
  const playFile = (
    file: LoadedFile,
    stage: Omit<Stage, "defaults">,
    outer: Layer,
    stream: string,
  ): number => {
    const { scope } = stage;
    const inner = rehearsalContext(scope, stream);
    rowUse.now = false;
    for (const [name, value] of Object.entries(mapOf(file.content["vars"]))) {
      if (!scope.vars.has(name)) scope.vars.set(name, fillWhole(value, inner));
    }
    rowUse.inherited ||= rowUse.now;
    const own = mapOf(file.content["defaults"]);
    return playSteps(file.steps, {
      ...stage,
      defaults: (step) => over(outer, layerOf(own, file, ["defaults"], step)),
    });
  };

  return (file, rehearsal) => {
    const usedRow = (): void => {
      rowUse.now = true;
    };
    const nothing: Layer = { value: {}, unknown: new Set(), source: file.source, path: ["defaults"] };
    const scope = { ...rehearsal, captures: new Set<string>(), usedRow };
    return playFile(file, { scope, browsers: { named: new Map(), current: null } }, nothing, "vars");
  };
};
