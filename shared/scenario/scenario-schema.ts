import schema from "../../docs/schemas/scenario.schema.json";
import { validators, type SchemaError } from "../../docs/schemas/scenario.schema.json?validators";
import type { JsonObject, JsonValue } from "../model/json";

export type { SchemaError } from "../../docs/schemas/scenario.schema.json?validators";

/** The published schema of `*.scenario.yaml`, for editors. There is only this one. */
export const scenarioSchema = schema as unknown as JsonObject;

/**
 * What the schema says of a value.
 *
 * @param definition a name in the schema's `$defs`; "" is a whole scenario. Steps inside count as anything
 */
export const schemaErrors = (definition: string, value: JsonValue): readonly SchemaError[] => {
  const validate = validators.get(definition);
  if (validate === undefined || validate(value)) return [];
  return validate.errors ?? [];
};
