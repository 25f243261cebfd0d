import { nearestOf } from "../catalog/nearest-name";
import { parseDuration } from "../duration";
import type { JsonValue } from "../model/json";
import { fakerMethods, isFakerMethod, whyNotFaker } from "./faker-methods";
import type { Expression, Generator } from "./expression";

export type { Generator } from "./expression";

/** Every generator as a person writes it, with what it makes. */
export const generators: readonly { example: string; makes: string }[] = [
  { example: "$uuid", makes: "A random UUID." },
  { example: "$email", makes: "An e-mail address at example.com." },
  { example: "$phone", makes: "A telephone number of a range that is reserved for fiction." },
  { example: "$now", makes: "The time now: ISO 8601 in UTC with milliseconds." },
  { example: "$now-3d", makes: "The time three days ago; + and every duration work likewise." },
  { example: "$isoDate", makes: "Today's date in UTC: 2026-11-25." },
  { example: "$minute", makes: "The time now to the minute: 2026-11-25T10:15." },
  { example: "$int(1,6)", makes: "A whole number from 1 to 6." },
  { example: "$pick(a,b,c)", makes: "One of the values." },
  { example: "$faker.person.firstName", makes: "What a method of faker.js makes, in English." },
];

const clocks = ["now", "isoDate", "minute"] as const;
const plain = ["uuid", "email", "phone"] as const;
const nearest = nearestOf([...clocks, ...plain, "int", "pick", "faker"]);
const nearestMethod = nearestOf(fakerMethods);

const broken = (message: string, hint?: string): Expression => ({
  kind: "broken",
  message,
  ...(hint !== undefined && { hint }),
});
const made = (generator: Generator): Expression => ({ kind: "generator", generator });

const isOneOf = <T extends string>(names: readonly T[], name: string): name is T =>
  (names as readonly string[]).includes(name);

/** Splits at commas outside double quotes. */
const argumentsOf = (text: string): string[] =>
  text.trim() === ""
    ? []
    : (text.match(/(?:"(?:[^"\\]|\\.)*"|[^,])+|(?<=,|^)(?=,|$)/g) ?? []).map((one) => one.trim());

/** A number, true, false, null or a text in quotes, as JSON writes them; anything else is a text as it stands. */
const literal = (text: string): JsonValue => {
  if (!/^(-?\d|"|true$|false$|null$)/.test(text)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
};

const parseInt = (text: string, rest: string | undefined): Expression => {
  const [least, most, ...more] = argumentsOf(rest ?? "").map(Number);
  const wanted = "It takes two whole numbers, the smaller one first, as in $int(1,6).";
  if (least === undefined || most === undefined || more.length > 0)
    return broken(`${text} has not two numbers.`, wanted);
  if (!Number.isSafeInteger(least) || !Number.isSafeInteger(most))
    return broken(`${text} has no whole numbers.`, wanted);
  if (least > most) return broken(`${text} has the larger number first.`, wanted);
  return made({ name: "int", least, most });
};

const parsePick = (text: string, rest: string | undefined): Expression => {
  const values = argumentsOf(rest ?? "");
  if (values.length > 0 && values.every((value) => value !== "")) {
    return made({ name: "pick", from: values.map(literal) });
  }
  return broken(
    `${text} has nothing to pick from.`,
    'It takes values with commas between them, as in $pick(a,b,c). A value with a comma stands in quotes: "a,b".',
  );
};

const parseFaker = (text: string): Expression => {
  const method = text.slice("$faker.".length);
  if (isFakerMethod(method)) return made({ name: "faker", method });
  const near = nearestMethod(method);
  const hint = near === undefined ? "" : `Did you mean $faker.${near}? `;
  return broken(
    `${text} is not one of the faker methods that Bellhop knows.`,
    `${hint}${whyNotFaker(method)}`,
  );
};

const parseClock = (name: (typeof clocks)[number], text: string, offset: string): Expression => {
  if (offset === "") return made({ name, offset: 0 });
  const length = parseDuration(offset.slice(1));
  const sign = offset.startsWith("-") ? -1 : 1;
  if (length !== null && length <= 100 * 366 * 86_400_000) return made({ name, offset: sign * length });
  return broken(
    `${text} has no duration behind its ${offset.slice(0, 1)}.`,
    `A duration is a number with ms, s, m, h or d, up to 100 years, as in $${name}-3d.`,
  );
};

/**
 * Reads a generator.
 *
 * @param text what stands between the braces; it begins with `$`
 */
export const parseGenerator = (text: string): Expression => {
  if (text.startsWith("$faker.")) return parseFaker(text);
  const [, name = "", offset = "", rest] = /^\$([A-Za-z]*)\s*([-+][^()]*)?(?:\((.*)\))?$/s.exec(text) ?? [];
  if (isOneOf(clocks, name) && rest === undefined) return parseClock(name, text, offset.replaceAll(" ", ""));
  if (offset === "") {
    if (isOneOf(plain, name) && rest === undefined) return made({ name });
    if (name === "int") return parseInt(text, rest);
    if (name === "pick") return parsePick(text, rest);
  }
  if (isOneOf([...clocks, ...plain], name)) {
    return broken(
      `$${name} takes no ${rest === undefined ? "offset" : "arguments"}.`,
      `Write $${name} alone.`,
    );
  }
  const near = nearest(name);
  return broken(
    `${text} is not a generator.`,
    near === undefined
      ? `There are ${generators.map(({ example }) => example).join(", ")}.`
      : `Did you mean $${near}?`,
  );
};
