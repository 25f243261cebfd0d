import type { Entry } from "./model/entry";

const columns: Record<string, (entry: Entry) => string | number | null | undefined> = {
  seq: ({ seq }) => seq,
  at: ({ at }) => at,
  environment: ({ environment }) => environment,
  transport: ({ transport }) => transport,
  direction: ({ direction }) => direction,
  type: ({ type }) => type,
  status: ({ response }) => response?.status,
  error: ({ error }) => error?.code,
  milliseconds: ({ timings }) => timings.total,
  schema: ({ verdict }) => verdict.schema,
  ingestion: ({ verdict }) => verdict.ingestion,
  issues: ({ verdict }) => verdict.issues.map(({ path, message }) => `${path} ${message}`.trim()).join("; "),
  source: ({ source }) => source.kind,
  scenario: ({ source }) => source.scenario,
  run: ({ source }) => source.runId,
  guest: ({ guestRef }) => guestRef,
  url: ({ request }) => request.url,
  event: ({ event }) => event && JSON.stringify(event),
  id: ({ id }) => id,
};

/** A spreadsheet takes what begins so for a formula; a quote before it makes it text. */
const formula = /^[=+\-@\t\r]/;

const cell = (value: string | number | null | undefined): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const line = (cells: readonly string[]): string => `${cells.join(",")}\r\n`;

/** The first line of a CSV file of entries (RFC 4180). */
export const csvHead = line(Object.keys(columns));

/** An entry as a line of a CSV file. */
export const toCsvLine = (entry: Entry): string => line(Object.values(columns).map((of) => cell(of(entry))));
