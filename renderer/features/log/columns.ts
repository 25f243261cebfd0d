import type { JsonValue } from "../../../shared/model/json";

export const columnIds = [
  "time",
  "direction",
  "environment",
  "type",
  "summary",
  "status",
  "verdict",
  "latency",
  "source",
  "number",
  "transport",
  "guest",
] as const;
export type ColumnId = (typeof columnIds)[number];

/** A column of the log as a person has it. */
export interface Column {
  id: ColumnId;
  shown: boolean;
  /** Pixels. A column that fills takes its share of the room that is left, and this at least. */
  width: number;
}

export const columnNames: Record<ColumnId, string> = {
  time: "Time",
  direction: "Direction",
  environment: "Environment",
  type: "Type",
  summary: "Summary",
  status: "Status",
  verdict: "Verdict",
  latency: "Latency",
  source: "Source",
  number: "Number",
  transport: "Transport",
  guest: "Guest",
};

const filling: ReadonlySet<ColumnId> = new Set(["summary", "verdict"]);
/** Whether a column takes its share of the room that is left. */
export const fills = (id: ColumnId): boolean => filling.has(id);

export const narrowest = 20;
export const widest = 800;

export const defaultColumns: readonly Column[] = [
  { id: "time", shown: true, width: 92 },
  { id: "direction", shown: true, width: 20 },
  { id: "environment", shown: true, width: 124 },
  { id: "type", shown: true, width: 156 },
  { id: "summary", shown: true, width: 80 },
  { id: "status", shown: true, width: 76 },
  { id: "verdict", shown: true, width: 160 },
  { id: "latency", shown: true, width: 96 },
  { id: "source", shown: true, width: 152 },
  { id: "number", shown: false, width: 64 },
  { id: "transport", shown: false, width: 80 },
  { id: "guest", shown: false, width: 160 },
];

const withWidth = (column: Column, width: number): Column => ({
  ...column,
  width: Math.round(Math.min(Math.max(width, narrowest), widest)),
});

const readColumn = (value: JsonValue): Column | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { id, shown, width } = value;
  const known = defaultColumns.find((column) => column.id === id);
  if (!known || typeof shown !== "boolean" || typeof width !== "number") return null;
  return withWidth({ ...known, shown }, width);
};

/** What was remembered, as far as it makes sense: another version may have written it. New columns come last. */
export const readColumns = (value: JsonValue | undefined): Column[] => {
  const read = (Array.isArray(value) ? value : []).map(readColumn).filter((column) => column !== null);
  const once = read.filter(({ id }, at) => read.findIndex((other) => other.id === id) === at);
  const missing = defaultColumns.filter(({ id }) => !once.some((column) => column.id === id));
  if (once.length === 0 || !once.some(({ shown }) => shown)) return defaultColumns.map((one) => ({ ...one }));
  return [...once, ...missing.map((column) => ({ ...column, shown: false }))];
};

/** Shows or hides a column; the last one stays. */
export const withShown = (columns: readonly Column[], id: ColumnId, shown: boolean): Column[] => {
  const next = columns.map((column) => (column.id === id ? { ...column, shown } : column));
  return next.some((column) => column.shown) ? next : [...columns];
};

/** Moves a column by so many places, within the ends. */
export const moved = (columns: readonly Column[], id: ColumnId, by: number): Column[] => {
  const from = columns.findIndex((column) => column.id === id);
  const column = columns[from];
  if (!column) return [...columns];
  const others = columns.filter((other) => other.id !== id);
  const to = Math.min(Math.max(from + by, 0), others.length);
  return [...others.slice(0, to), column, ...others.slice(to)];
};

/** Gives a column a width in pixels, within what makes sense. */
export const sized = (columns: readonly Column[], id: ColumnId, width: number): Column[] =>
  columns.map((column) => (column.id === id ? withWidth(column, width) : column));

/** The shown columns as the tracks of a CSS grid. A wide verdict takes room from the summary last. */
export const tracksOf = (columns: readonly Column[]): string => {
  const shown = columns.filter((column) => column.shown);
  const tracks = shown.map(({ id, width }) =>
    fills(id) ? `minmax(${width}px, ${id === "summary" ? 1 : 0.8}fr)` : `${width}px`,
  );
  // Something must fill the row, or the last column ends before it does.
  return shown.some(({ id }) => fills(id)) ? tracks.join(" ") : `${tracks.join(" ")} 1fr`;
};
