/** A catalog is a set of message types with their schemas and rules. */
export type CatalogName = "spec" | "sitecore";

export type Severity = "error" | "warning" | "info";

/** How sure we are of what the real CDP does. The product never presents an unverified point as certain. */
export type Certainty = "documented" | "observed" | "unverified";

/** One thing Bellhop says of an event. `path` is a JSON Pointer into the event ("" is the event itself). */
export interface Issue {
  severity: Severity;
  /** A stable name in kebab-case, such as `missing-field` or `unknown-point-of-sale`. */
  code: string;
  path: string;
  /** A sentence for people that starts with the field: "/email must be an e-mail address: the domain has no dot." */
  message: string;
  /** What to do about it. */
  hint?: string;
  catalog: CatalogName;
  certainty?: Certainty;
}

/**
 * What the CDP did with an event after its answer.
 * `unknown` nothing is known yet, or nothing was answered; `accepted` answered 2xx and not observable further;
 * `processed`, `failed` and `dropped` as a sandbox tells; `visible` seen in a tenant's read-back.
 */
export type Ingestion = "unknown" | "accepted" | "processed" | "failed" | "dropped" | "visible";

/** What Bellhop says of an event: schema issues, rule issues, and what the CDP will do, or did, with it. */
export interface Verdict {
  catalog: CatalogName;
  /** `unchecked` where the catalog has no schema for the event. */
  schema: "valid" | "invalid" | "unchecked";
  issues: Issue[];
  ingestion: Ingestion;
}
