import { parseDuration } from "../../../../shared/duration";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { ScenarioStep } from "../../../../shared/model/scenario";
import type { PlannedFragment, PlannedStep } from "../plan";
import { sendRequest } from "./artillery-send";
import { createFlowFunctions, labelOf, nameOf } from "./flow-functions";
import type { FlowLevel, FlowParts } from "./flow-level";
import { hasTemplates, toCode } from "./template-to-artillery";

/** A part of the script's flow, with what is said of it above it. */
export interface FlowItem {
  comments: string[];
  item: JsonObject;
}

type Kind<K extends string> = Extract<ScenarioStep, Record<K, unknown>>;

/** Artillery takes whole seconds as numbers; of a number with a fraction it would make no wait at all. */
const thinkTime = (milliseconds: number): number | string =>
  milliseconds % 1000 === 0 ? milliseconds / 1000 : `${milliseconds}ms`;

const browserOf = (wanted: Kind<"browser">["browser"]): { name: string; fields: JsonObject | null } => {
  if (typeof wanted === "string") return { name: wanted, fields: null };
  const { name, ...fields } = wanted;
  return { name, fields };
};

const hasKind = (steps: readonly PlannedStep[], kind: PlannedStep["kind"]): boolean =>
  steps.some((step) => step.kind === kind || hasKind(step.children, kind));

/** Turns steps into a flow of Artillery's http engine. An iteration begins on a new browser. */
export const createFlow = (parts: FlowParts) => {
  const { draft, target, browsers } = parts;
  const functions = createFlowFunctions(parts);
  let comments: string[] = [];

  /** Gives an item what was to be said above it. */
  const said = (item: JsonObject): FlowItem => {
    const above = comments;
    comments = [];
    return { comments: above, item };
  };

  const newBrowser = (name: string): FlowItem =>
    said({
      get: {
        name,
        ...target.browser,
        capture: [{ json: "$.ref", as: browsers.current().variable }],
        expect: [{ statusCode: [200, 201] }],
      },
    });

  const wait = (planned: PlannedStep, { wait: duration }: Kind<"wait">, level: FlowLevel): FlowItem[] => {
    const milliseconds = parseDuration(duration);
    if (milliseconds === null) {
      draft.leaveOut(planned, `its wait of ${duration} is left out: it is known only when it is filled in.`);
      return [];
    }
    if (functions.isConditional(planned, level))
      draft.leaveOut(planned, "it waits whatever its condition says.");
    return [said({ think: thinkTime(milliseconds) })];
  };

  const browser = (planned: PlannedStep, step: Kind<"browser">, level: FlowLevel): FlowItem[] => {
    const { name, fields } = browserOf(step.browser);
    const isKnown = !hasTemplates(name);
    if (!isKnown) draft.leaveOut(planned, "its browser's name is a template, so it is a new one each time.");
    // Which browser is current is written down, and cannot depend on what only a virtual user knows.
    if (functions.isConditional(planned, level))
      draft.leaveOut(planned, "the browser is changed whatever its condition says.");
    const isNew = browsers.use(isKnown ? name : "new", fields);
    return isNew ? [newBrowser(labelOf(planned))] : [];
  };

  const repeat = (planned: PlannedStep, step: Kind<"repeat">, level: FlowLevel): FlowItem[] => {
    // To Artillery, a count of 0 is no count, and the loop would never end.
    if (step.repeat === 0) {
      comments.push(`${labelOf(planned)}: no times`);
      return [];
    }
    const lines: string[] = [];
    const count = functions.filler(planned, level, lines)(step.repeat);
    const before = functions
      .step(`count_${nameOf(planned)}`, lines, `For step ${labelOf(planned)}.`)
      .map(said);
    const above = comments;
    comments = [];
    const condition = functions.condition(planned, level);
    const inner = playAll(planned.children, { ...level, condition });
    if (hasKind(planned.children, "browser"))
      draft.leaveOut(planned, "it changes browsers inside a repeat; look at which browser each round has.");
    if (hasKind(planned.children, "session"))
      draft.leaveOut(planned, "it begins a session inside a repeat: all rounds are of the same one.");
    if (inner.length === 0) return before;
    // What is said of its steps stands above the loop, which is one value here.
    const all = [...above, ...inner.flatMap((one) => one.comments)];
    return [...before, { comments: all, item: { loop: inner.map(({ item }) => item), count } }];
  };

  const use = (
    planned: PlannedStep,
    fragment: PlannedFragment,
    given: Record<string, JsonValue>,
    level: FlowLevel,
  ): FlowItem[] => {
    const prefix = `${level.prefix}use_${nameOf(planned)}_`;
    const inner: FlowLevel = {
      known: new Map(),
      defaults: { ...level.defaults, ...fragment.defaults },
      condition: functions.condition(planned, level),
      prefix,
    };
    const lines: string[] = [];
    const set = (name: string, value: JsonValue, at: FlowLevel): void => {
      const code = toCode(value, functions.names(planned, at));
      const variable = draft.newName(`${prefix}${name}`);
      inner.known.set(name, variable);
      lines.push(`vars.${variable} = ${code};`);
    };
    for (const [name, value] of Object.entries(given)) set(name, value, level);
    for (const [name, value] of Object.entries(fragment.vars)) set(name, value, inner);
    const before = functions.step(`use_${nameOf(planned)}`, lines, `What ${fragment.path} begins with.`);
    const items = [...before.map(said), ...playAll(planned.children, inner)];
    for (const name of fragment.returns) {
      const variable = inner.known.get(name);
      if (variable !== undefined) level.known.set(name, variable);
    }
    return items;
  };

  /** What has no place in a load, and is only told. */
  const leaveOut = (planned: PlannedStep, level: FlowLevel): void => {
    const { step } = planned;
    if ("note" in step) comments.push(step.note);
    else if ("session" in step) {
      comments.push(`${labelOf(planned)}: the events from here on are of another session`);
      if (functions.isConditional(planned, level))
        draft.leaveOut(planned, "the session begins whatever its condition says.");
      browsers.newSession();
    } else {
      comments.push(`${labelOf(planned)}: not carried over`);
      const isGuest = "guest" in step;
      draft.leaveOut(
        planned,
        isGuest
          ? "the guest is not read: Artillery sees answers alone."
          : "the clock is not moved on: all virtual users would live through it.",
      );
    }
  };

  const playOne = (planned: PlannedStep, level: FlowLevel): FlowItem[] => {
    const { step, fragment } = planned;
    if (step.disabled || step.when === false) {
      comments.push(`${labelOf(planned)}: disabled`);
      return [];
    }
    if ("send" in step) return [said(sendRequest(parts, functions, planned, step, level))];
    if ("wait" in step) return wait(planned, step, level);
    if ("browser" in step) return browser(planned, step, level);
    if ("repeat" in step) return repeat(planned, step, level);
    if ("use" in step) return fragment === null ? [] : use(planned, fragment, step.vars ?? {}, level);
    leaveOut(planned, level);
    return [];
  };

  const playAll = (steps: readonly PlannedStep[], level: FlowLevel): FlowItem[] =>
    steps.flatMap((step) => playOne(step, level));

  /** @returns the flow, and what is to be said below it */
  return (steps: readonly PlannedStep[], level: FlowLevel): { items: FlowItem[]; below: string[] } => {
    const first = browsers.current();
    const begin = newBrowser("A new browser");
    const items = playAll(steps, level);
    return { items: first.isNeeded ? [begin, ...items] : items, below: comments };
  };
};
