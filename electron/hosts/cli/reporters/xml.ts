/**
 * What XML 1.0 cannot hold, not even escaped (section 2.2, Char): control characters but tab and line ends, lone
 * halves of a surrogate pair, U+FFFE and U+FFFF. The controls from U+007F on may stand, but steer a terminal.
 */
const impossible = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const visible = (text: string): string =>
  text.replace(impossible, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser makes a space of these in an attribute, unless they are written so.
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text between tags. A `\r` would be read as a line end. */
export const xmlText = (text: string): string =>
  visible(text).replace(/[&<>\r]/g, (character) => entities[character] ?? "");

/** An attribute with its value, and a space before it. */
export const xmlAttribute = (name: string, value: string | number): string =>
  ` ${name}="${visible(String(value)).replace(/[&<>"\t\n\r]/g, (character) => entities[character] ?? "")}"`;

/** An element's start: `<name a="1"`; what is undefined is left out. */
export const xmlStart = (name: string, attributes: Record<string, string | number | undefined>): string =>
  `<${name}${Object.entries(attributes)
    .map(([key, value]) => (value === undefined ? "" : xmlAttribute(key, value)))
    .join("")}`;
