import { parseDuration } from "../../../shared/duration";
import { spanWords } from "../../../shared/guest-words/values";
import type { ToldStep } from "../../../shared/scenario/told-steps";

/** A line of the story at the right: what the guest does, and what that does to the guest. */
export interface StoryLine {
  number: string;
  title: string;
  /** What comes of it; a short clause without a full stop. */
  comes: string;
  /** What is sent, or the kind of the step. */
  tag: string;
  /** Whether the guest is known from here on. */
  known: boolean;
  /** Whether the guest becomes known here. */
  becomes: boolean;
  /** Of the guest who becomes known; null elsewhere, and where a template says the name. */
  initials: string | null;
}

const ofType: Readonly<Record<string, string>> = {
  VIEW: "The session counts a page",
  SEARCH: "The session counts a search",
  ADD: "The cart fills",
  CONFIRM: "The cart is confirmed",
  CHECKOUT: "The purchase is complete",
  ORDER_CHECKOUT: "The cart becomes an order",
  CLEAR_CART: "The cart is emptied",
  FORCE_CLOSE: "The session closes",
};

const textOf = (value: unknown, key: string): string | null => {
  if (typeof value !== "object" || value === null || !(key in value)) return null;
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === "string" && !found.includes("{{") ? found : null;
};

const initialsOf = ({ step }: ToldStep): string | null => {
  const names = ["firstname", "lastname"].map((name) => textOf(step["event"], name)?.trim() ?? "");
  const letters = names.map((name) => [...name][0] ?? "").join("");
  return letters === "" ? null : letters.toUpperCase();
};

/** `15s` as people say it; a template is said as it stands. */
const spanText = (text: string): string => {
  const milliseconds = parseDuration(text);
  return milliseconds === null ? text : spanWords(milliseconds);
};

const attributes: Readonly<Record<string, string>> = {
  guestType: "type",
  firstName: "name",
  lastName: "name",
  emails: "e-mail",
  identifiers: "identifiers",
  cart: "cart",
  orders: "orders",
  lifetimeValue: "lifetime value",
  sessions: "sessions",
  browsers: "browsers",
  extensions: "extension data",
};

const lookedAt = ({ step }: ToldStep): string => {
  const { guest } = step;
  const expected = typeof guest === "object" && guest !== null && "expect" in guest ? guest["expect"] : null;
  const within = textOf(guest, "within");
  const names = new Set(Object.keys(expected ?? {}).map((name) => attributes[name] ?? "profile"));
  const type = textOf(expected ?? null, "guestType");
  const what =
    names.size === 0
      ? "There must be such a guest"
      : names.size === 1 && type !== null
        ? `It must say ${type}`
        : `Checks the ${new Intl.ListFormat("en-GB").format(names)}`;
  return within === null ? what : `${what} within ${spanText(within)}`;
};

const comesOf = (told: ToldStep, isFirst: boolean, isKnown: boolean): string => {
  if (told.kind === "guest") return lookedAt(told);
  if (told.kind === "clock")
    return `${spanText(textOf(told.step, "clock") ?? "Some time")} pass in the sandbox`;
  if (isFirst) return "A visitor appears";
  if (told.type === "IDENTITY") return isKnown ? "The guest is recognised" : "The visitor becomes a customer";
  const comes = ofType[told.type ?? ""] ?? "The guest's history grows";
  return told.times > 1 ? `${comes}, ${told.times} times` : comes;
};

/** What each step of a scenario does, for somebody who has never seen one. */
export const storyOf = (steps: readonly ToldStep[]): StoryLine[] => {
  let known = false;
  const first = steps.find(({ kind }) => kind === "send" || kind === "repeat");
  return steps.map((told) => {
    const comes = comesOf(told, told === first, known);
    const becomes = told.type === "IDENTITY" && !known;
    known ||= becomes;
    return {
      ...{ number: told.number, title: told.title, comes, known, becomes },
      tag: told.type ?? told.kind,
      initials: becomes ? initialsOf(told) : null,
    };
  });
};

/** How long a scenario takes, about: its waits, and hardly anything for the rest. */
export const lengthWords = (waits: readonly unknown[]): string => {
  const seconds =
    waits.reduce<number>((sum, wait) => sum + ((typeof wait === "string" && parseDuration(wait)) || 0), 0) /
    1000;
  if (seconds < 1) return "under a second";
  return seconds < 90 ? `about ${Math.ceil(seconds)} s` : `about ${Math.round(seconds / 60)} min`;
};
