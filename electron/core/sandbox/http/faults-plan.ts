import type { Fault } from "./faults";
import { noFaultsText } from "./faults-document";

/** A request, as far as faults look at it. */
export interface FaultTarget {
  path: string;
  /** The type of the event that it carries; null where it carries none. Read only where a fault asks for it. */
  eventType(): Promise<string | null>;
}

/** The faults at hand, and how many requests each has matched since they were set. */
export interface FaultPlan {
  faults(): readonly Fault[];
  /** As written by whoever set them. */
  text(): string;
  replace(faults: readonly Fault[], text: string): void;
  /** Counts a request. @returns the first fault in the list that is due for it */
  next(target: FaultTarget): Promise<Fault | null>;
}

interface Counted {
  fault: Fault;
  matched: number;
}

/** With `nth` from that one on, once or `times`; without it from the first on, always or `times`. */
const isDue = ({ fault: { match, times }, matched }: Counted): boolean => {
  const first = match.nth ?? 1;
  const count = times ?? (match.nth === undefined ? Infinity : 1);
  return matched >= first && matched < first + count;
};

export const createFaultPlan = (): FaultPlan => {
  let counted: Counted[] = [];
  let written = noFaultsText;

  const next = async (target: FaultTarget): Promise<Fault | null> => {
    const asked = counted;
    const here = asked.filter(
      ({ fault: { match } }) => match.path === undefined || match.path === target.path,
    );
    const readsType = here.some(({ fault: { match } }) => match.type !== undefined);
    const type = readsType ? await target.eventType() : null;
    // Others were set while the event was read.
    if (counted !== asked) return next(target);
    const matching = here.filter(({ fault: { match } }) => match.type === undefined || match.type === type);
    for (const one of matching) one.matched += 1;
    return matching.find(isDue)?.fault ?? null;
  };

  return {
    faults: () => counted.map(({ fault }) => fault),
    text: () => written,
    replace(faults, text) {
      counted = faults.map((fault) => ({ fault, matched: 0 }));
      written = text;
    },
    next,
  };
};
