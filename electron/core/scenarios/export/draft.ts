import type { PlannedStep } from "../plan";

/** A function of the processor file, which does what Artillery's YAML cannot say. */
export interface ProcessorFunction {
  name: string;
  /** Who calls it: before the iteration, before a request, as a step of its own, or to ask whether to send. */
  role: "scenario" | "request" | "step" | "condition";
  /** Statements on `vars`; of a condition, one expression. */
  lines: string[];
  comment: string;
}

/** What an export gathers on its way through the steps. */
export interface Draft {
  functions: ProcessorFunction[];
  /** What could not be carried over, or is otherwise there, in sentences. */
  notes: string[];
  /** Of steps whose answer is read later by `steps.<id>.response.body`: JSON Pointers, by id. */
  read: Map<string, Set<string>>;
  /** @returns a name that no variable and no function has yet */
  newName(wish: string): string;
  /** Says of a step what it could not take along. */
  leaveOut(step: PlannedStep, sentence: string): void;
  note(sentence: string): void;
}

/** A name that Artillery's templates, filtrex and JavaScript all take. */
const plainName = (wish: string): string => {
  const name = wish.replace(/[^A-Za-z0-9_]+/g, "_").replace(/^(?=\d)/, "_");
  return name === "" ? "value" : name;
};

/** Names that mean something else in a script or its processor. */
const taken = [
  "target",
  "begin",
  "constructor",
  "prototype",
  "__proto__",
  "hasOwnProperty",
  "toString",
  "valueOf",
];

export const createDraft = (): Draft => {
  const names = new Set(taken);
  const notes: string[] = [];
  const note = (sentence: string): void => {
    if (!notes.includes(sentence)) notes.push(sentence);
  };
  return {
    functions: [],
    notes,
    read: new Map(),
    newName(wish) {
      const base = plainName(wish);
      let name = base;
      for (let count = 2; names.has(name); count += 1) name = `${base}_${count}`;
      names.add(name);
      return name;
    },
    leaveOut: ({ number, place }, sentence) =>
      note(`Step ${number} (${place.file}:${place.line}): ${sentence}`),
    note,
  };
};
