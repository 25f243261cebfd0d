import type { GuestHistoryItem, PatchOperation } from "../../../shared/model/guest-profile";

export type MilestoneKind = "arrival" | "known" | "cart" | "merge" | "order" | "retired";

/** A step of a history that a story would mention. */
export interface Milestone {
  index: number;
  kind: MilestoneKind;
  label: string;
}

type Test = (step: GuestHistoryItem) => boolean;

const touches = (prefix: string): Test => {
  const begins = ({ path }: PatchOperation): boolean => path === prefix || path.startsWith(`${prefix}/`);
  return ({ changes }) => changes.some((change) => change.op !== "remove" && begins(change));
};

const becomes =
  (path: string, value: string): Test =>
  ({ changes }) =>
    changes.some((change) => change.op !== "remove" && change.path === path && change.value === value);

/** A new order; a change of one that exists goes deeper. */
const addsOrder: Test = ({ changes }) =>
  changes.some(({ op, path }) => op === "add" && /^\/orders(\/[^/]+)?$/.test(path));

const kinds: readonly { kind: MilestoneKind; label: string; test: Test; each: boolean }[] = [
  { kind: "merge", label: "Two became one", test: touches("/mergedFrom"), each: true },
  { kind: "order", label: "Order", test: addsOrder, each: true },
  {
    kind: "known",
    label: "Known by e-mail",
    test: (step) => becomes("/guestType", "customer")(step) || touches("/emails")(step),
    each: false,
  },
  { kind: "cart", label: "First cart", test: ({ type }) => type === "ADD", each: false },
  { kind: "arrival", label: "First page view", test: ({ type }) => type === "VIEW", each: false },
  { kind: "retired", label: "Became another guest", test: touches("/mergedInto"), each: true },
];

/**
 * The milestones of a history, oldest first; a step is one of at most one kind. Steps of a guest that merged later
 * count, but for its own retirement, which is the other side of the merge.
 */
export const milestonesOf = (steps: readonly GuestHistoryItem[]): Milestone[] => {
  const seen = new Set<MilestoneKind>();
  return steps.flatMap((step, index) => {
    const found = kinds.find(
      ({ kind, each, test }) =>
        (each || !seen.has(kind)) && (kind !== "retired" || step.from === undefined) && test(step),
    );
    if (!found) return [];
    seen.add(found.kind);
    const known = found.kind === "known" && !touches("/emails")(step);
    return [{ index, kind: found.kind, label: known ? "Became a customer" : found.label }];
  });
};
