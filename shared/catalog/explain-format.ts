import { explainEmail } from "./explain-email";

/** What a text of a format must be, and why a given one is not: the middle and the end of a sentence. */
export interface FormatProblem {
  code: string;
  message: string;
  hint?: string;
}

/** As `scripts/standalone-validators.ts` has it: a longer text is of no format. */
const longestCheckedText = 100_000;

/** Words for a text that is not of the format that its schema asks for. */
export const explainFormat = (format: string, text: string): FormatProblem => {
  if (text.length > longestCheckedText) {
    const limit = `${longestCheckedText / 1000},000`;
    return {
      code: `invalid-${format}`,
      message: `must have ${limit} characters or fewer; it has ${text.length}.`,
    };
  }
  switch (format) {
    case "email":
      return {
        code: "invalid-email",
        message: `must be an e-mail address: ${explainEmail(text)}.`,
        hint: "Write it like ada@example.com.",
      };
    case "date":
      return { code: "invalid-date", message: sentence("a date such as 1990-12-10", explainDate(text)) };
    case "date-time":
      return {
        code: "invalid-date-time",
        message: sentence("a date and time such as 2026-05-04T10:15:30Z", explainDateTime(text)),
      };
    case "uri":
      return {
        code: "invalid-uri",
        message: sentence("a full address such as https://shop.example/sale", explainUri(text)),
      };
    default:
      return { code: `invalid-${format}`, message: `must have the format ${format}.` };
  }
};

const sentence = (what: string, why: string | undefined): string =>
  why === undefined ? `must be ${what}.` : `must be ${what}: ${why}.`;

const explainDate = (text: string): string | undefined => {
  if (text === "") return "it is empty";
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return "there is no such day";
  if (/^\d{4}-\d\d-\d\d[T ]/.test(text)) return "leave out the time";
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{4}$/.test(text)) return "the year stands first, with dashes between";
  if (/^\d{4}[./]\d{1,2}[./]\d{1,2}$/.test(text))
    return "there are dashes between, and two digits for month and day";
  if (/^\d{4}-\d{1,2}-\d{1,2}$/.test(text)) return "month and day have two digits";
  return undefined;
};

const explainDateTime = (text: string): string | undefined => {
  if (text === "") return "it is empty";
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return "the time is missing";
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/i.test(text)) {
    return /:\d\d:\d\d/.test(text)
      ? "the time zone is missing, Z for UTC"
      : "seconds and time zone are missing";
  }
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(Z|[+-]\d\d:?\d\d)$/i.test(text)) return "the seconds are missing";
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/i.test(text)) return "there is no such day, time or time zone";
  return undefined;
};

const explainUri = (text: string): string | undefined => {
  if (text === "") return "it is empty";
  if (text.trim() !== text) return `there is a space ${text.trimStart() === text ? "after" : "before"} it`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text)) return "https:// is missing in front";
  if (/\s/.test(text)) return "a space is written %20";
  const other = [...text].find((character) => character > "~" || '"<>\\^`{|}'.includes(character));
  return other === undefined ? undefined : `${other} is written ${percent(other)}`;
};

const percent = (character: string): string => {
  // Half of a surrogate pair has no encoding of its own.
  const lonely = /^[\uD800-\uDFFF]$/.test(character);
  return encodeURIComponent(lonely ? "\uFFFD" : character);
};
