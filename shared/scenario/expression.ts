import type { JsonValue } from "../model/json";
import type { FakerMethod } from "./faker-methods";

/** A generator and its arguments, checked. Offsets are milliseconds. */
export type Generator =
  | { name: "uuid" | "email" | "phone" }
  | { name: "now" | "isoDate" | "minute"; offset: number }
  | { name: "int"; least: number; most: number }
  | { name: "pick"; from: readonly JsonValue[] }
  | { name: "faker"; method: FakerMethod };

/** What stands between two pairs of braces. */
export type Expression =
  | { kind: "path"; path: readonly string[] }
  | { kind: "generator"; generator: Generator }
  | { kind: "broken"; message: string; hint?: string };
