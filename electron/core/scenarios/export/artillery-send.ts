import { buildEvent } from "../../../../shared/build-event";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { SendStep } from "../../../../shared/model/scenario";
import type { PlannedStep } from "../plan";
import { artilleryChecks, jsonPath, pointerPath } from "./artillery-expectations";
import { guardedBy, labelOf, type FlowFunctions } from "./flow-functions";
import type { FlowLevel, FlowParts } from "./flow-level";

/** Names of fields that Artillery would take apart, because it sets values by paths. */
const hasOddNames = (value: JsonValue): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(
    ([name, inner]) => (!Array.isArray(value) && /[.[\]"'{}]/.test(name)) || hasOddNames(inner),
  );

/** What the step keeps of the answer, and what later steps read of it. */
const captures = (
  { draft }: FlowParts,
  { id }: PlannedStep,
  { capture = {} }: SendStep,
  level: FlowLevel,
): JsonObject[] => {
  const keep = (name: string, wish: string, pointer: string): JsonObject => {
    const variable = level.known.get(name) ?? draft.newName(wish);
    level.known.set(name, variable);
    return { json: jsonPath(pointerPath(pointer)), as: variable };
  };
  const own = Object.entries(capture).map(([name, pointer]) => keep(name, `${level.prefix}${name}`, pointer));
  const later = [...(draft.read.get(id) ?? [])].map((pointer) => ({
    ...keep(`steps.${id}.response.body${pointer.replaceAll("/", ".")}`, `${id}${pointer}`, pointer),
    strict: false,
  }));
  return [...own, ...later];
};

/** A `send` as a request: the event built as a run builds it, with templates of Artillery's. */
export const sendRequest = (
  parts: FlowParts,
  functions: FlowFunctions,
  planned: PlannedStep,
  step: SendStep,
  level: FlowLevel,
): JsonObject => {
  const { draft, environment, target, browsers } = parts;
  const lines: string[] = [];
  const fill = functions.filler(planned, level, lines);
  const { event } = buildEvent({
    environment,
    catalog: environment.catalog,
    messageType: step.send,
    defaults: level.defaults,
    browserFields: browsers.current().fields,
    event: step.event ?? {},
    guest: { browserId: "{{ browser_id }}", sessionId: "{{ session_id }}" },
  });
  const filled = fill(event) as JsonObject;
  const leaveOut = (sentence: string): void => draft.leaveOut(planned, sentence);
  if (hasOddNames(filled))
    leaveOut("its event has a field whose name Artillery reads as a path; look at what it sends.");
  if (step.retry) leaveOut("it is not tried again.");
  if (step.continue) leaveOut("a failure ends the virtual user, although the step says to go on.");
  const checks = artilleryChecks(step.expect ?? {}, { fill, newName: draft.newName, leaveOut });
  const capture = [...captures(parts, planned, step, level), ...checks.capture];
  return {
    post: {
      name: labelOf(planned),
      ...target.event(filled),
      ...guardedBy(functions.condition(planned, level)),
      ...functions.beforeRequest(planned, lines),
      ...(capture.length > 0 && { capture }),
      expect: checks.expect,
    },
  };
};
