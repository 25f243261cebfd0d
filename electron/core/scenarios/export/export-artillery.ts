import type { ExportedScenario } from "../../../../shared/model/scenario";
import type { Environment } from "../../../../shared/model/environment";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import { templatesIn } from "../../../../shared/scenario/templates-in";
import type { Plan, PlannedStep } from "../plan";
import { createScriptBrowsers } from "./artillery-browsers";
import { rowsAsCsv, scriptColumns, type ScriptColumn } from "./artillery-data";
import { createFlow } from "./artillery-flow";
import { processorFile } from "./artillery-processor";
import { scriptText } from "./artillery-script";
import { scriptTarget } from "./artillery-target";
import { createDraft, type Draft } from "./draft";
import { namesAt, type FlowLevel, type FlowParts } from "./flow-level";
import { hasTemplates, toCode } from "./template-to-artillery";

interface ExportInput {
  plan: Plan;
  environment: Environment;
  /** What its files are called, without an ending. */
  name: string;
}

const valuesOf = (steps: readonly PlannedStep[]): JsonValue[] =>
  steps.flatMap(({ step, fragment, children }) => [
    step as unknown as JsonValue,
    fragment?.vars ?? null,
    fragment?.defaults ?? null,
    ...valuesOf(children),
  ]);

/** Finds the answers that later steps read, so that their steps take along what is read. */
const findReadAnswers = (plan: Plan, draft: Draft): boolean => {
  let draws = false;
  for (const { expression } of templatesIn([plan.vars, plan.defaults, ...valuesOf(plan.steps)])) {
    if (expression.kind === "generator") draws = true;
    if (expression.kind !== "path" || expression.path[0] !== "steps") continue;
    const [, id = "", response, body, ...rest] = expression.path;
    if (response !== "response" || body !== "body") continue;
    const pointers = draft.read.get(id) ?? new Set<string>();
    draft.read.set(id, pointers.add(rest.map((segment) => `/${segment}`).join("")));
  }
  return draws;
};

/** Vars that are plain values stand in the script; the others are made anew for each virtual user. */
const placeVars = (plan: Plan, parts: FlowParts, level: FlowLevel, columns: readonly ScriptColumn[]) => {
  const { draft } = parts;
  const plain: JsonObject = {};
  const lines = columns.flatMap(({ variable, code }) =>
    code === null ? [] : [`vars.${variable} = ${code};`],
  );
  for (const [name, value] of Object.entries(plan.vars)) {
    const code = toCode(value, namesAt(parts, level));
    const variable = draft.newName(name);
    level.known.set(name, variable);
    // A list of one: of a longer one Artillery takes any.
    if (hasTemplates(value)) lines.push(`vars.${variable} = ${code};`);
    else plain[variable] = [value];
  }
  if (lines.length > 0) {
    const comment = "Once for each virtual user: vars, and columns that are no texts.";
    draft.functions.unshift({ name: "begin", role: "scenario", lines, comment });
  }
  return { plain, begins: lines.length > 0 };
};

const headOf = (plan: Plan, { target, draft }: FlowParts, name: string): string[] => [
  plan.name,
  `Written by Bellhop from ${plan.path} for Artillery 2: artillery run ${name}.yaml`,
  ...(target.variables.length > 0
    ? [`It reads ${target.variables.join(" and ")} from the environment.`]
    : []),
  "How many virtual users come, and how fast, is said under phases.",
  ...(draft.notes.length > 0
    ? ["", "Not carried over, or otherwise than in a run:", ...draft.notes.map((note) => `- ${note}`)]
    : []),
];

const payloadOf = (columns: readonly ScriptColumn[], file: string): JsonObject => ({
  path: `./${file}`,
  fields: columns.map(({ variable }) => variable),
  order: "sequence",
  skipHeader: true,
  cast: false,
});

/**
 * Writes a scenario as a script for Artillery's http engine, with its data and, where Artillery's templates do not
 * suffice, a processor beside it. No secret goes in: the script reads the variables that Bellhop reads.
 *
 * @throws AppError UNSUPPORTED for a transport that cannot be written so
 */
export const exportArtillery = ({ plan, environment, name }: ExportInput): ExportedScenario => {
  const draft = createDraft();
  const columns = plan.data === null ? [] : scriptColumns(plan.data, draft.newName);
  const parts: FlowParts = {
    ...{ draft, environment, target: scriptTarget(environment) },
    browsers: createScriptBrowsers(draft.newName),
    columns: new Map(columns.map((column) => [column.column, column])),
  };
  const level: FlowLevel = { known: new Map(), defaults: plan.defaults, condition: null, prefix: "" };
  const draws = findReadAnswers(plan, draft);
  const { plain, begins } = placeVars(plan, parts, level, columns);
  const flow = createFlow(parts)(plan.steps, level);
  if (draws) draft.note("Generators draw anew in each run of Artillery's: there is no seed.");
  if (environment.caFile) draft.note("The environment's CA file: set config.tls, or NODE_EXTRA_CA_CERTS.");
  if (environment.proxy) draft.note("The environment's proxy: set HTTP_PROXY or HTTPS_PROXY.");

  const processor = processorFile(draft.functions, `${name}.yaml`);
  if (processor.includes("@faker-js/faker"))
    draft.note("$faker needs the package @faker-js/faker beside the script: npm install @faker-js/faker.");
  const files = {
    processor: `${name}.processor.cjs`,
    data: `${name}.data.csv`,
  };
  const rows = plan.data?.rows ?? [];
  const config: JsonObject = {
    target: environment.baseUrl,
    phases: [
      rows.length > 0
        ? { duration: rows.length, arrivalCount: rows.length }
        : { duration: 60, arrivalRate: 1 },
    ],
    ...(processor !== "" && { processor: `./${files.processor}` }),
    ...(Object.keys(plain).length > 0 && { variables: plain }),
    ...(columns.length > 0 && { payload: payloadOf(columns, files.data) }),
    // A failed expectation ends the virtual user, as it ends an iteration. The other formats print every variable.
    plugins: { expect: { formatter: "silent", reportFailuresAsErrors: true, useOnlyRequestNames: true } },
  };
  const scenario: JsonObject = { name: plan.name, ...(begins && { beforeScenario: "begin" }) };
  const script = scriptText({ head: headOf(plan, parts, name), config, scenario, flow });
  return {
    files: [
      { name: `${name}.yaml`, text: script },
      ...(processor === "" ? [] : [{ name: files.processor, text: processor }]),
      ...(columns.length > 0 ? [{ name: files.data, text: rowsAsCsv(rows, columns) }] : []),
    ],
    notes: draft.notes,
  };
};
