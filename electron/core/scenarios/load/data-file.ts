import type { DataRows } from "../plan";

export type DataColumnType = "string" | "number" | "integer" | "boolean" | "json";

export interface DataColumn {
  name: string;
  type: DataColumnType;
}

export interface DataFile extends DataRows {
  /** The columns with their types, in their order. */
  types: DataColumn[];
}
