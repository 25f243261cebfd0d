import type { StepKind, StepOutline } from "../../../../shared/model/scenario";

/** What a test says of a step: its title, and what is inside it. */
export type Sketch = string | { title: string; kind?: StepKind; fragment?: string; inside?: Sketch[] };

/** Steps as a file's reading has them, numbered and one line each. */
export const outlineOf = (sketches: readonly Sketch[]): StepOutline[] => {
  let line = 0;
  const walk = (list: readonly Sketch[], prefix: string, fragment: string | null): StepOutline[] =>
    list.map((sketch, index) => {
      const {
        title,
        kind = "send",
        fragment: file,
        inside = [],
      } = typeof sketch === "string" ? { title: sketch } : sketch;
      const number = `${prefix}${index + 1}`;
      const first = (line += 1);
      const children = walk(inside, `${number}.`, file ?? fragment);
      return {
        ...{ number, kind, id: null, title, detail: "", when: false, disabled: false, breakpoint: false },
        ...{ step: { name: title }, lines: { first, last: line }, fragment, children },
      };
    });
  return walk(sketches, "", null);
};
