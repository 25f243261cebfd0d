import { Refusal } from "../http/answer";
import type { Query } from "../http/query";

export const badField = (name: string, expected: string): Refusal =>
  new Refusal(400, "bad-query", `The query field ${name} is not ${expected}.`, {
    developerMessage: `Give ${name} as ${expected}, or leave it out.`,
  });

/** A whole number; `fallback` where it is absent or empty. @throws Refusal 400 */
export const numberOf = (
  query: Query,
  name: string,
  fallback: number,
  lowest: number,
  highest: number,
): number => {
  const text = query.get(name);
  if (text === null || text === "") return fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (value >= lowest && value <= highest) return value;
  throw badField(name, `a whole number from ${lowest} to ${highest}`);
};

/** Where a page starts: the `next` of the page before. */
export const afterOf = (query: Query): number => numberOf(query, "after", 0, 0, Number.MAX_SAFE_INTEGER);

/** As long as a page may be. */
export const limitOf = (query: Query): number => numberOf(query, "limit", 100, 1, 1000);

/** One of some words; undefined where it is absent or empty. @throws Refusal 400 */
export const wordOf = <T extends string>(query: Query, name: string, words: readonly T[]): T | undefined => {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const word = words.find((candidate) => candidate.toLowerCase() === text.toLowerCase());
  if (word === undefined) throw badField(name, `one of ${words.join(", ")}`);
  return word;
};
