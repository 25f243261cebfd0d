import type { GuestHistoryItem, PatchOperation } from "../../../shared/model/guest-profile";
import type { JsonValue } from "../../../shared/model/json";

export type MilestoneKind = "arrival" | "known" | "cart" | "merge" | "order" | "retired";

/** A step of a history that a story would mention. */
export interface Milestone {
  index: number;
  kind: MilestoneKind;
  label: string;
}

type Test = (step: GuestHistoryItem) => boolean;

/** What a change puts at a field of the profile or below it; the first step adds the whole profile. */
const putAt = (change: PatchOperation, field: string): JsonValue | undefined => {
  if (change.op === "remove") return undefined;
  if (change.path === "") return (change.value as { [name: string]: JsonValue })[field];
  return change.path === `/${field}` || change.path.startsWith(`/${field}/`) ? change.value : undefined;
};

const isSomething = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

const fills =
  (field: string): Test =>
  ({ changes }) =>
    changes.some((change) => isSomething(putAt(change, field)));

const becomesCustomer: Test = ({ changes }) =>
  changes.some((change) => putAt(change, "guestType") === "customer");

/** A new order; a change of one that exists goes deeper. */
const addsOrder: Test = ({ changes }) =>
  changes.some(
    (change) =>
      /^(\/orders\/[^/]+)?$/.test(change.path) && change.op === "add" && isSomething(putAt(change, "orders")),
  );

const kinds: readonly { kind: MilestoneKind; label: string; test: Test; each: boolean }[] = [
  { kind: "merge", label: "Two became one", test: fills("mergedFrom"), each: true },
  { kind: "order", label: "Order", test: addsOrder, each: true },
  {
    kind: "known",
    label: "Known by e-mail",
    test: (step) => becomesCustomer(step) || fills("emails")(step),
    each: false,
  },
  { kind: "cart", label: "First cart", test: ({ type }) => type === "ADD", each: false },
  { kind: "arrival", label: "First page view", test: ({ type }) => type === "VIEW", each: false },
  { kind: "retired", label: "Became another guest", test: fills("mergedInto"), each: true },
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
    const known = found.kind === "known" && !fills("emails")(step);
    return [{ index, kind: found.kind, label: known ? "Became a customer" : found.label }];
  });
};
