/** What an import of an AsyncAPI document gives: see `scripts/compile-asyncapi.ts`, which makes it. */
declare module "*.asyncapi.yaml" {
  /** The same as `JsonObject` of the model, which an ambient module cannot import. */
  type JsonMap = { [key: string]: Json };
  type Json = string | number | boolean | null | Json[] | JsonMap;

  /** A mark of a validator: `keyword` says which constraint failed, `params` its details. */
  export interface ValidationError {
    keyword: string;
    instancePath: string;
    schemaPath: string;
    params: Record<string, unknown>;
  }

  /** Answers whether an event fits its message; the reasons are in `errors` until the next call. */
  export interface Validate {
    (event: unknown): boolean;
    errors?: ValidationError[] | null;
  }

  export interface CompiledMessage {
    name: string;
    title: string;
    summary: string;
    description: string;
    /** A few words for a list, from `x-phrase`: "a page view". */
    phrase: string;
    /** The payload's schema (draft-07) with every reference resolved. */
    schema: JsonMap;
    /** Complete events that fit the schema. */
    examples: readonly JsonMap[];
    validate: Validate;
  }

  export const messages: readonly CompiledMessage[];
}
