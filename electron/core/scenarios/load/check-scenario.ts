import { setImmediate } from "node:timers/promises";
import { isJsonObject } from "../../../../shared/catalog/json-values";
import { isBuiltInName } from "../../../../shared/workspace";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { CheckContext } from "./check-context";
import { checkNames } from "./check-names";
import { checkValues } from "./check-values";
import type { LoadedFile, LoadedStep } from "./loaded";
import { createRehearsal } from "./rehearse";

/** Events of a run, unless `--max-events` says otherwise (interface "Scenario files", limits). */
const usualMostEvents = 1_000_000;

/** Rows after which other work gets its turn. */
const rowsAtOnce = 500;

const namesOf = (value: JsonValue | undefined): string[] | null =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === "string") : null;

/** Production must be named; where a scenario names any, it runs there alone. */
const checkEnvironment = ({ source, content }: LoadedFile, { environment, report }: CheckContext): void => {
  if (environment === null) return;
  const names = namesOf(content["environments"]);
  if (names === null ? !environment.production : names.includes(environment.name)) return;
  const { name } = environment;
  if (names === null) {
    const message = `${name} is production, and this scenario does not say that it may run there.`;
    const hint = `If it may, add environments: [${name}] at its top.`;
    report.add(source, [], { code: "environment-not-allowed", message, hint });
    return;
  }
  const message = `This scenario may not run on ${name}.`;
  const hint = `It names ${names.join(", ")}.${isBuiltInName(name) || environment.production ? "" : ` If it may, add ${name}.`}`;
  report.add(source, ["environments"], { code: "environment-not-allowed", message, hint }, "key");
};

/** Every step once, whoever uses it. */
const eachStep = (steps: readonly LoadedStep[], visit: (step: LoadedStep) => void): void => {
  for (const step of steps) {
    visit(step);
    eachStep(step.children, visit);
    eachStep(step.used?.steps ?? [], visit);
  }
};

const rehearseAll = async (root: LoadedFile, context: CheckContext, mostRows: number): Promise<void> => {
  const { options, environment, data, report } = context;
  const play = createRehearsal(context);
  const seed = String(options.seed ?? root.content["seed"] ?? context.drawnSeed);
  const now = options.now === undefined ? Date.now() : Date.parse(options.now);
  const all: readonly (JsonObject | null)[] = data === null || data === "unreadable" ? [null] : data.rows;
  const rows = all.slice(0, mostRows);
  let events = 0;
  for (const [index, row] of rows.entries()) {
    const env = environment?.vars ?? {};
    events += play(root, { vars: new Map(), row, env, seed, iteration: index + 1, now });
    if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate();
  }
  const total = events * (options.iterations ?? 1);
  const most = options.maxEvents ?? usualMostEvents;
  if (total <= most) return;
  const message = `This would send ${total.toLocaleString("en")} events, and ${most.toLocaleString("en")} are the most.`;
  report.add(
    root.source,
    ["steps"],
    { code: "too-many-events", message, hint: "--max-events allows more." },
    "key",
  );
};

/**
 * Everything that can be found wrong with a loaded scenario before the first send, but for its form: where it may run,
 * its values, names in the order in which it is played, and its events as the environment's catalog sees them.
 *
 * @param mostRows of the data that events are judged for
 */
export const checkLoaded = async (
  root: LoadedFile,
  context: CheckContext,
  mostRows = Infinity,
): Promise<void> => {
  const { report, data } = context;
  checkEnvironment(root, context);
  eachStep(root.steps, (step) => checkValues(step, context));
  checkNames(root, context);
  if (root.steps.length === 0 && isJsonObject(root.source.value) && Array.isArray(root.content["steps"])) {
    const message = "The scenario has no steps, so there is nothing to play.";
    report.add(root.source, ["steps"], { code: "no-steps", severity: "warning", message }, "key");
  }
  if (data !== null && data !== "unreadable" && data.rows.length === 0) {
    report.add(root.source, ["data"], {
      code: "no-rows",
      message: `${data.file} has no rows, so there is nothing to play.`,
    });
  }
  // What names are missing would be told again by every event that needs them.
  if (report.issues.some(({ severity }) => severity === "error")) return;
  await rehearseAll(root, context, mostRows);
};
