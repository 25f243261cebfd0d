import type { Faker } from "@faker-js/faker";
import type { JsonValue } from "../model/json";
import type { FakerMethod } from "./faker-methods";
import type { TemplateContext } from "./template-context";

type Source = Pick<TemplateContext, "random" | "now">;

let fill: ((method: FakerMethod, source: Source) => JsonValue) | null = null;

const callerOf = (prebuilt: Faker) => {
  let current: Source = { random: { next: () => 0 }, now: 0 };
  // The prebuilt one hides its class behind an export of every language.
  const Own = prebuilt.constructor as typeof Faker;
  const faker = new Own({
    locale: prebuilt.rawDefinitions,
    randomizer: { next: () => current.random.next(), seed: () => undefined },
  });
  faker.setDefaultRefDate(() => new Date(current.now));
  const modules = faker as unknown as Record<string, Record<string, () => unknown>>;
  return (method: FakerMethod, source: Source): JsonValue => {
    current = source;
    const [module = "", name = ""] = method.split(".");
    const value = modules[module]?.[name]?.();
    return value instanceof Date ? value.toISOString() : (value as JsonValue);
  };
};

/** Loads faker.js in English, once: it costs some 30 ms and 7 MB, so only a scenario that uses it pays. */
export const loadFaker = async (): Promise<void> => {
  if (fill !== null) return;
  const { faker } = await import("@faker-js/faker/locale/en");
  fill ??= callerOf(faker);
};

/**
 * Calls a method of the list with a step's own stream.
 *
 * @throws Error where `loadFaker` has not been awaited
 */
export const callFaker = (method: FakerMethod, source: Source): JsonValue => {
  if (fill === null)
    throw new Error("faker.js is not loaded: await prepareTemplates before filling templates.");
  return fill(method, source);
};
