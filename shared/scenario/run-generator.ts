import type { JsonValue } from "../model/json";
import { callFaker } from "./faker";
import type { Generator } from "./expression";
import type { Random } from "./random";
import type { TemplateContext } from "./template-context";

/** A whole number from 0 up to, but not including, `count`. */
const below = (random: Random, count: number): number => Math.floor(random.next() * count);

const hexOf = (random: Random, digits: number): string => {
  let text = "";
  while (text.length < digits) text += below(random, 0x1000000).toString(16).padStart(6, "0");
  return text.slice(0, digits);
};

/** Version 4 of RFC 9562, from the step's stream. */
const uuidOf = (random: Random): string => {
  const hex = hexOf(random, 32);
  const variant = "89ab"[parseInt(hex.slice(16, 17), 16) % 4] ?? "8";
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};

const firstNames = ["ada", "alan", "edsger", "grace", "hedy", "joan", "karen", "katherine", "radia", "tim"];
const pickOf = <T>(random: Random, values: readonly T[]): T | undefined =>
  values[below(random, values.length)];

/** RFC 2606 keeps example.com from everybody; 48 bits keep guests of one run apart. */
const emailOf = (random: Random): string => `${pickOf(random, firstNames)}.${hexOf(random, 12)}@example.com`;

const areaCodes = [202, 212, 303, 312, 404, 415, 503, 617, 702, 713, 808, 907];

/** In North America 555-0100 to 555-0199 are kept for fiction; +44 7700 900000 to 900999 in Britain (Ofcom). */
const phoneOf = (random: Random): string =>
  below(random, 2) === 0
    ? `+1${pickOf(random, areaCodes)}55501${String(below(random, 100)).padStart(2, "0")}`
    : `+447700900${String(below(random, 1000)).padStart(3, "0")}`;

/** @returns what a generator makes with the step's own stream and clock */
export const runGenerator = (
  generator: Generator,
  { random, now }: Pick<TemplateContext, "random" | "now">,
): JsonValue => {
  switch (generator.name) {
    case "uuid":
      return uuidOf(random);
    case "email":
      return emailOf(random);
    case "phone":
      return phoneOf(random);
    case "now":
      return new Date(now + generator.offset).toISOString();
    case "isoDate":
      return new Date(now + generator.offset).toISOString().slice(0, 10);
    case "minute":
      return new Date(now + generator.offset).toISOString().slice(0, 16);
    case "int":
      return generator.least + below(random, generator.most - generator.least + 1);
    case "pick":
      return pickOf(random, generator.from) ?? null;
    case "faker":
      return callFaker(generator.method, { random, now });
  }
};
