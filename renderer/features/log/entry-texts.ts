import type { Entry } from "../../../shared/model/entry";
import { toCurl } from "../../../shared/to-curl";
import { toFetch } from "../../../shared/to-fetch";
import { toHarEntry } from "../../../shared/to-har";

export const copyForms = ["curl", "fetch", "har", "json"] as const;
export type CopyForm = (typeof copyForms)[number];

export const copyWords: Record<CopyForm, string> = {
  curl: "cURL",
  fetch: "fetch",
  har: "HAR entry",
  json: "JSON",
};

/** One as it is, several as a list. */
const asJson = (values: readonly unknown[]): string =>
  JSON.stringify(values.length === 1 ? values[0] : values, null, 2);

/** Entries as text for the clipboard; as redacted as the log. */
export const textOf = (form: CopyForm, entries: readonly Entry[]): string => {
  switch (form) {
    case "curl":
      return entries.map(toCurl).join("\n\n");
    case "fetch":
      return entries.map(toFetch).join("\n\n");
    case "har":
      return asJson(entries.map(toHarEntry));
    case "json":
      return asJson(entries);
  }
};
