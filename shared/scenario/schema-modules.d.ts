/** What an import of a JSON Schema's validators gives: see `scripts/compile-schema.ts`, which makes it. */
declare module "*.schema.json?validators" {
  /** A mark of a validator: `keyword` says which constraint failed, `params` its details. */
  export interface SchemaError {
    keyword: string;
    instancePath: string;
    schemaPath: string;
    params: Record<string, unknown>;
    /** The key to blame, where keys are checked. */
    propertyName?: string;
  }

  export interface SchemaValidate {
    (value: unknown): boolean;
    errors?: SchemaError[] | null;
  }

  /** By the name in `$defs`; "" is the schema itself. */
  export const validators: ReadonlyMap<string, SchemaValidate>;
}
