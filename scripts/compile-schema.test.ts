import { describe, expect, it } from "vitest";
import { compileSchemaText } from "./compile-schema";

const schema = (rest: Record<string, unknown>): string =>
  JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    $defs: {},
    ...rest,
  });

describe("a schema becomes code that checks without making code", () => {
  it("for itself and each definition, with no require and no eval in it", () => {
    const code = compileSchemaText(
      schema({
        properties: { a: { $ref: "#/$defs/name" } },
        $defs: { name: { type: "string", minLength: 1 } },
      }),
      "a.schema.json",
    );
    expect(code).toContain('["", checked0]');
    expect(code).toContain('["name", checked1]');
    expect(code).not.toMatch(/\brequire\(|\beval\(|new Function/);
  });

  it("and one that is wrong is refused with its file", () => {
    expect(() => compileSchemaText(schema({ properties: 5 }), "a.schema.json")).toThrow("a.schema.json");
  });
});
