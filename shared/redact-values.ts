/** A secret's text, and what stands in its place. */
export interface KnownSecret {
  text: string;
  /** Such as `***(matches eu)`. */
  label: string;
}

export type Needle = KnownSecret;

/** Shorter texts occur by chance; they are only redacted by their field. */
const shortestByValue = 8;

/** The UTF-8 bytes of a text, one character each. */
const toBytes = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text));

/**
 * A text as it stands inside the base64 of something longer, for each of the three places that it can begin at.
 * Characters that also depend on its neighbours are left out.
 */
const base64Forms = (bytes: string): string[] =>
  [0, 1, 2].map((offset) => {
    const encoded = btoa("\0".repeat(offset) + bytes);
    return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  });

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
const asciiOnly = (text: string): string =>
  text.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

const urlForms = (text: string): string[] => {
  // Half a surrogate pair cannot be encoded; with the flag `u` the pattern meets only such halves.
  const usual = encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));
  // RFC 3986 encodes these as well, and forms write a space as a plus.
  const strict = usual.replace(/[!'()*]/g, percent);
  const form = new URLSearchParams({ a: text }).toString().slice(2);
  const forms = [usual, strict, form, usual.replaceAll("%20", "+"), strict.replaceAll("%20", "+")];
  return [...forms, ...forms.map(lowerHex)];
};

const jsonForms = (text: string): string[] => {
  const once = JSON.stringify(text).slice(1, -1);
  const twice = JSON.stringify(once).slice(1, -1);
  // Some writers escape the slash, some everything beyond ASCII.
  return [once, twice, once.replaceAll("/", "\\/"), asciiOnly(once), asciiOnly(once).replaceAll("/", "\\/")];
};

const formsOf = (text: string): string[] => {
  const bytes = toBytes(text);
  const base64 = base64Forms(bytes);
  const urlSafe = base64.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"));
  const json = jsonForms(text);
  // What ends in a label must not be cut short by a form that is a part of it, so all forms of all secrets compete.
  return [
    text,
    bytes,
    ...json,
    ...urlForms(text),
    ...json.flatMap(urlForms),
    ...base64,
    ...urlSafe,
    ...base64.flatMap(urlForms),
    ...base64.map((form) => form.replaceAll("/", "\\/")),
  ];
};

/** What a needle begins with, as a pattern. */
const beginning = ({ text }: Needle): string =>
  text.slice(0, shortestByValue).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** A test that is true of every text with a needle in it, and of few others; one pass over the text for all needles. */
export const needleTest = (needles: readonly Needle[]): ((text: string) => boolean) => {
  if (needles.length === 0) return () => false;
  const pattern = new RegExp([...new Set(needles.map(beginning))].join("|"));
  return (text) => pattern.test(text);
};

/** Every text that gives a secret away, longest first. Secrets under eight characters have none. */
export const needlesFor = (known: readonly KnownSecret[]): Needle[] => {
  const needles = new Map<string, string>();
  for (const { text, label } of known) {
    if (text.length < shortestByValue) continue;
    for (const form of formsOf(text)) {
      if (form.length >= shortestByValue && !needles.has(form)) needles.set(form, label);
    }
  }
  return [...needles]
    .map(([text, label]) => ({ text, label }))
    .sort((first, second) => second.text.length - first.text.length);
};

/** How many backslashes stand directly before a place. */
const backslashesBefore = (text: string, place: number): number => {
  let count = 0;
  while (count < place && text[place - 1 - count] === "\\") count += 1;
  return count;
};

const replaceNeedle = (text: string, needle: Needle): string => {
  let place = text.indexOf(needle.text);
  if (place === -1) return text;
  const parts: string[] = [];
  let done = 0;
  while (place !== -1) {
    // A backslash that escaped the first character goes with it, or JSON would no longer be JSON.
    const escaped = backslashesBefore(text, place) % 2 === 1 && place > done;
    parts.push(text.slice(done, escaped ? place - 1 : place), needle.label);
    done = place + needle.text.length;
    place = text.indexOf(needle.text, done);
  }
  parts.push(text.slice(done));
  return parts.join("");
};

/** Puts labels in place of every needle. Takes time in proportion to the text and the number of needles. */
export const replaceNeedles = (text: string, needles: readonly Needle[]): string =>
  needles.reduce(replaceNeedle, text);

/** Puts a label in place of a needle of which only the beginning is left, at the end of a text that was cut. */
export const replaceCutNeedle = (text: string, needles: readonly Needle[]): string => {
  for (const needle of needles) {
    const longest = Math.min(needle.text.length - 1, text.length);
    for (let length = longest; length >= shortestByValue / 2; length -= 1) {
      if (text.endsWith(needle.text.slice(0, length))) return text.slice(0, -length) + needle.label;
    }
  }
  return text;
};
