import faultsSchema from "../../../docs/schemas/faults.schema.json";
import configSchema from "../../../docs/schemas/sandbox.schema.json";
import type { JsonObject } from "../../../shared/model/json";
import type { DocumentKind } from "./sandbox-documents";

/** What the editor says in place of a pattern; a keyword of the YAML service's own. */
const duration = {
  ...configSchema.$defs.duration,
  patternErrorMessage: "A duration is a number with ms, s, m, h or d, such as 5ms, 30m or 7d.",
};

const schemas: Readonly<Record<DocumentKind, unknown>> = {
  config: { ...configSchema, $defs: { ...configSchema.$defs, duration } },
  faults: faultsSchema,
};

/** The published schema of a document, by which the editor completes, explains and marks. */
export const schemaOf = (kind: DocumentKind): JsonObject => schemas[kind] as JsonObject;
