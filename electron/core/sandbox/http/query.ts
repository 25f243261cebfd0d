import { Refusal } from "./answer";

/** The fields of a query string; the first of each name counts. */
export interface Query {
  /** @returns null where it is absent @throws Refusal 400 where it is not percent-encoded UTF-8 */
  get(name: string): string | null;
}

/** As forms write it: `+` is a space. @throws URIError where it is not percent-encoded UTF-8 */
const decode = (text: string): string => decodeURIComponent(text.replaceAll("+", " "));

/** @param text what follows the `?`, as sent */
export const parseQuery = (text: string): Query => {
  const fields = new Map<string, string>();
  for (const field of text === "" ? [] : text.split("&", 1000)) {
    const equals = field.indexOf("=");
    const name = equals === -1 ? field : field.slice(0, equals);
    if (!fields.has(name)) fields.set(name, equals === -1 ? "" : field.slice(equals + 1));
  }
  return {
    get(name) {
      const value = fields.get(name);
      if (value === undefined) return null;
      try {
        return decode(value);
      } catch {
        throw new Refusal(400, "bad-query", `The query field ${name} is not percent-encoded UTF-8.`, {
          developerMessage: `Encode its value, as encodeURIComponent does: a % must stand before two hexadecimal digits.`,
        });
      }
    },
  };
};
