import fc from "fast-check";
import type { ScenarioEdit } from "../../../../shared/model/scenario";

/** Texts as people write them, for tests: with comments everywhere, each of them another. */

interface RandomStep {
  kind: "send" | "wait" | "note" | "repeat";
  comment: boolean;
  trailing: boolean;
  inner: boolean;
  tail: boolean;
  apart: boolean;
  blank: boolean;
  braces: boolean;
  id: boolean;
  steps: RandomStep[];
}

const { step } = fc.letrec<{ step: RandomStep }>((tie) => ({
  step: fc.record({
    kind: fc.constantFrom("send", "wait", "note", "repeat"),
    comment: fc.boolean(),
    trailing: fc.boolean(),
    inner: fc.boolean(),
    tail: fc.boolean(),
    apart: fc.boolean(),
    blank: fc.boolean(),
    braces: fc.boolean(),
    id: fc.boolean(),
    steps: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant<RandomStep[]>([]),
      fc.array(tie("step"), { maxLength: 3 }),
    ),
  }),
}));

export interface RandomScenario {
  text: string;
  comments: string[];
}

/** Writes a scenario down; comments have uncommon spaces before them, which a printer would not keep. */
const write = (steps: RandomStep[], indent: number, dash: number, newLine: string): RandomScenario => {
  const comments: string[] = [];
  const comment = (): string => {
    comments.push(`# c${comments.length}.`);
    return comments.at(-1) ?? "";
  };
  const behind = (is: boolean): string => (is ? `    ${comment()}` : "");
  let ids = 0;

  const lines = (list: RandomStep[], column: number): string[] =>
    list.flatMap((one) => {
      const at = " ".repeat(column);
      const inside = `${at}  `;
      const above = [
        ...(one.blank ? [""] : []),
        ...(one.apart ? [`${at}${comment()}`, ""] : []),
        ...(one.comment ? [`${at}${comment()}`] : []),
      ];
      const id = one.id ? [`id:  s${(ids += 1)}${behind(one.trailing)}`] : [];
      const rest = ((): string[] => {
        switch (one.kind) {
          case "wait":
            return [`wait: 2s${behind(one.trailing)}`];
          case "note":
            return one.braces
              ? [
                  "note: |",
                  `${inside}${" ".repeat(indent)}two`,
                  `${inside}${" ".repeat(indent)}# lines: no comment`,
                ]
              : [`note:  'It''s, a: note'${behind(one.trailing)}`];
          case "repeat":
            if (one.steps.length === 0) return ["repeat: 2", `${inside}steps: []${behind(one.trailing)}`];
            return [
              `repeat: 2${behind(one.trailing)}`,
              `${inside}steps:${behind(one.inner)}`,
              ...lines(one.steps, column + 2 + dash),
            ];
          case "send":
            return [
              `send: VIEW${behind(one.trailing)}`,
              ...(one.inner ? [`${inside}${comment()}`] : []),
              ...(one.braces
                ? [`${inside}event: {page: "x", ext: {a: '1',b: [1,2]}}${behind(one.trailing)}`]
                : [
                    `${inside}event:`,
                    ...(one.inner ? [`${inside}${" ".repeat(indent)}${comment()}`] : []),
                    `${inside}${" ".repeat(indent)}page:  "x"${behind(one.trailing)}`,
                    `${inside}${" ".repeat(indent)}n:   1`,
                  ]),
            ];
        }
      })();
      const own = [...id, ...rest].map((line, index) => {
        if (index === 0) return `${at}- ${line}`;
        return line.startsWith(inside) || index > id.length ? line : `${inside}${line}`;
      });
      const tail = one.tail && !(one.kind === "note" && one.braces) ? [`${inside}${comment()}`] : [];
      return [...above, ...own, ...tail];
    });

  const head = [comment(), `bellhop: 1${behind(true)}`, `name:   "Random"`, "", `steps:${behind(true)}`];
  const text = [...head, ...lines(steps, dash), comment(), ""].join(newLine);
  return { text, comments };
};

export const randomScenario: fc.Arbitrary<RandomScenario> = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 5 }),
    indent: fc.constantFrom(2, 4),
    dash: fc.constantFrom(0, 2),
    newLine: fc.constantFrom("\n", "\r\n"),
  })
  .map(({ steps, indent, dash, newLine }) => write(steps, indent, dash, newLine));

/** Numbers that are turned into an edit of what a text has. */
export interface EditSeed {
  kind: number;
  a: number;
  b: number;
  c: number;
}

export const editSeeds: fc.Arbitrary<EditSeed[]> = fc.array(
  fc.record({ kind: fc.nat(9), a: fc.nat(50), b: fc.nat(50), c: fc.nat(5) }),
  { minLength: 1, maxLength: 5 },
);

interface Step {
  [key: string]: unknown;
  steps?: Step[] | null;
}

/** Every step's number, and the lists that steps may go to. */
export const numbersIn = (steps: readonly Step[], before = ""): { number: string; step: Step }[] =>
  steps.flatMap((one, index) => {
    const number = `${before}${index + 1}`;
    return [{ number, step: one }, ...numbersIn(one.steps ?? [], `${number}.`)];
  });

const values = [
  "5s",
  "with: colon # and hash",
  true,
  3,
  "{{ email }}",
  { page: "y", n: 1 },
  { page: "x", ext: { a: "1", b: [1, 2] }, more: "{{ sku }}" },
  { n: 2, list: ["a", { b: 1 }] },
  "two\nlines\n",
  null,
  [],
] as const;

/** Removing anything takes comments with it: those kinds come only where they are asked for. */
export const editOf = (
  { kind, a, b, c }: EditSeed,
  steps: readonly Step[],
  mayRemove: boolean,
): ScenarioEdit | null => {
  const all = numbersIn(steps);
  const one = all[a % Math.max(1, all.length)];
  const other = all[b % Math.max(1, all.length)];
  const value = structuredClone(values[b % values.length] ?? null) as never;
  const places = [
    { parent: null, before: null },
    ...all.map(({ number }) => ({
      parent: number.split(".").slice(0, -1).join(".") || null,
      before: number,
    })),
    ...all.filter(({ step }) => "repeat" in step).map(({ number }) => ({ parent: number, before: null })),
  ];
  const place = places[b % places.length] ?? { parent: null, before: null };
  if (kind === 0)
    return {
      op: "insert",
      ...place,
      steps: [{ send: "ADD", event: { product: { sku: "A" } } }, { wait: "1s" }],
    };
  if (kind === 1) return { op: "setHead", key: ["name", "description", "vars"][c % 3] ?? "", value };
  if (one === undefined || other === undefined) return null;
  switch (kind) {
    case 2:
    case 3:
      return { op: "move", steps: c % 2 === 0 ? [one.number] : [one.number, other.number], ...place };
    case 4:
      return { op: "duplicate", steps: c % 2 === 0 ? [one.number] : [one.number, other.number] };
    case 5:
      return {
        op: "setStep",
        step: one.number,
        key: ["within", "when", "name", "extra"][c % 4] ?? "",
        value,
      };
    case 6:
      return "wait" in one.step ? { op: "setStep", step: one.number, key: "wait", value: "7s" } : null;
    case 7:
      return { op: "setStep", step: one.number, key: "disabled", value: c % 2 === 0 };
    case 8:
      return mayRemove ? { op: "remove", steps: [one.number] } : null;
    default: {
      if (!mayRemove) return null;
      const keys = Object.keys(one.step).filter((key) => key !== "steps");
      const key = keys[b % keys.length] ?? "";
      if (c % 2 === 0 && keys.length > 1) return { op: "setStep", step: one.number, key };
      return {
        op: "replaceStep",
        step: one.number,
        with: { send: "VIEW", event: { page: "z", n: 1 }, within: "2s" },
      };
    }
  }
};
