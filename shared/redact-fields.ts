/** Fields whose values are secret by what they are called: in queries, forms, headers and JSON, in any case. */
const secretFields = [
  "client_?key",
  "api_?token",
  "(?:proxy-?)?authorization",
  "access_?token",
  "refresh_?token",
  "client_?secret",
  "sitecore_?context_?id",
  "x-sitecore-contextid",
].join("|");

const wholeName = new RegExp(`^(?:${secretFields})$`, "i");

/** `"client_key": ` up to the value, also inside a JSON text that stands in another (`\"client_key\":`). */
const jsonField = new RegExp(`(\\\\{0,8})"(?:${secretFields})\\1"\\s*:\\s*`, "gi");
/** `client_key=` in a query or form, also where that address is itself encoded in another. */
const queryField = new RegExp(`(?:(?<=%[0-9A-F]{2})|(?<![A-Z0-9_-]))(?:${secretFields})(=|%3D)`, "gi");
/** `"client_key":"` percent-encoded, as in a `message=` parameter. */
const encodedJsonField = new RegExp(`%22(?:${secretFields})%22(?:%20)*(?:%3A|:)(?:%20)*%22`, "gi");
/** A header as a line of text. */
const headerLine = /(authorization:\s*)((?:basic|bearer)\s+[^\s"'\\]+)/gi;

/** A name of a secret field anywhere in a text: where it is missing, none of the patterns above can match. */
const anyField = new RegExp(secretFields, "i");

/** Whether {@link replaceFields} may have something to do. Quick, and says yes too often rather than too seldom. */
export const mayNameSecret = (text: string): boolean => anyField.test(text);

/** What stands in place of a secret field's value; null where the value stays. */
export type Shown = (value: string) => string | null;

/** A value's end, and what stands in its place. */
interface Found {
  end: number;
  shown: string | null;
}

export const isSecretField = (name: string): boolean => wholeName.test(name);

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
};

const unescaped = (value: string): string => {
  try {
    return String(JSON.parse(`"${value}"`));
  } catch {
    return value;
  }
};

/** Replaces the value that follows each match of `opening`. Each value is looked at once: linear in the text. */
const replaceAfter = (
  text: string,
  opening: RegExp,
  find: (start: number, match: RegExpExecArray) => Found,
): string => {
  const parts: string[] = [];
  let done = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const start = opening.lastIndex;
    const { end, shown } = find(start, match);
    if (shown !== null) {
      parts.push(text.slice(done, start), shown);
      done = end;
    }
    opening.lastIndex = Math.max(end, start);
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(done);
};

/** Where a JSON text ends that began after `quote` (`"`, or `\"` and so on inside another text). */
const endOfText = (text: string, start: number, quote: string): number => {
  const depth = quote.length - 1;
  for (let end = text.indexOf('"', start); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (end - backslashes > start && text[end - 1 - backslashes] === "\\") backslashes += 1;
    // On its own a quote ends the text after an even number of backslashes; inside another, after no more than its own.
    if (depth === 0 ? backslashes % 2 === 0 : backslashes <= depth) return end - Math.min(backslashes, depth);
  }
  return text.length;
};

const bareValue = /[^\s,{}[\]"\\]+/y;

const jsonValue = (text: string, start: number, quote: string, shownFor: Shown): Found => {
  if (text.startsWith(quote, start)) {
    const inside = start + quote.length;
    const end = endOfText(text, inside, quote);
    const shown = shownFor(unescaped(text.slice(inside, end)));
    return { end, shown: shown === null ? null : quote + shown };
  }
  bareValue.lastIndex = start;
  const bare = bareValue.exec(text)?.[0] ?? "";
  const shown = ["", "null", "true", "false"].includes(bare) ? null : shownFor(bare);
  return { end: start + bare.length, shown: shown === null ? null : quote + shown + quote };
};

const valueUntil = (text: string, start: number, pattern: RegExp, shownFor: Shown): Found => {
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0] ?? "";
  return { end: start + value.length, shown: value === "" ? null : shownFor(decoded(value)) };
};

/** A label has spaces and brackets, and stays one value when it is met again. */
const queryValue = /\*\*\*\([^()&]*\)|[^&\s"'<>\\#;]*/y;
const encodedValue = /\*\*\*\([^()&]*\)|(?:(?!%26|%22|%5C|%20)[^&\s"'<>\\#;])*/iy;

/** Replaces the values of secret fields in any text: JSON, an address, a form, a message. JSON stays JSON. */
export const replaceFields = (text: string, shownFor: Shown): string => {
  let result = replaceAfter(text, jsonField, (start, match) =>
    jsonValue(text, start, `${match[1] ?? ""}"`, shownFor),
  );
  const afterJson = result;
  result = replaceAfter(afterJson, queryField, (start, match) =>
    valueUntil(afterJson, start, match[1] === "=" ? queryValue : encodedValue, shownFor),
  );
  const afterQuery = result;
  result = replaceAfter(afterQuery, encodedJsonField, (start) =>
    valueUntil(afterQuery, start, encodedValue, shownFor),
  );
  return result.replace(headerLine, (line, name: string, value: string) => {
    const shown = shownFor(value);
    return shown === null ? line : name + shown;
  });
};
