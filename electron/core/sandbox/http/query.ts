import { Refusal } from "./answer";

/** The fields of a query string. */
export interface Query {
  /**
   * The first field of this name.
   * @returns null where it is absent @throws Refusal 400 where it is not percent-encoded UTF-8
   */
  get(name: string): string | null;
  /** Every field of this name, as sent. @throws Refusal 400 where one is not percent-encoded UTF-8 */
  all(name: string): string[];
}

/** As forms write it: `+` is a space. @throws URIError where it is not percent-encoded UTF-8 */
const decode = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

/** @param text what follows the `?`, as sent */
export const parseQuery = (text: string): Query => {
  const fields = new Map<string, string[]>();
  for (const field of text === "" ? [] : text.split("&", 1000)) {
    const equals = field.indexOf("=");
    const name = equals === -1 ? field : field.slice(0, equals);
    const value = equals === -1 ? "" : field.slice(equals + 1);
    const before = fields.get(name);
    if (before) before.push(value);
    else fields.set(name, [value]);
  }
  const decoded = (name: string, value: string): string => {
    try {
      return decode(value);
    } catch {
      throw new Refusal(400, "bad-query", `The query field ${name} is not percent-encoded UTF-8.`, {
        developerMessage: `Encode its value, as encodeURIComponent does: a % must stand before two hexadecimal digits.`,
      });
    }
  };
  return {
    get(name) {
      const value = fields.get(name)?.[0];
      return value === undefined ? null : decoded(name, value);
    },
    all: (name) => (fields.get(name) ?? []).map((value) => decoded(name, value)),
  };
};
