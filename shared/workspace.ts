/** The format of `bellhop.yaml`, the file that makes a folder a workspace. Its JSON Schema is in docs/schemas/. */
import * as v from "valibot";
import { baseUrl, catalogName, transport } from "./contract/inputs";
import { isReservedName } from "./environment-names";
import { environmentColours, type Environment, type Transport } from "./model/environment";
import type { CatalogName } from "./model/verdict";

export const workspaceFileName = "bellhop.yaml";

/** The format's version, which the file's `bellhop` key states. */
export const workspaceFormat = 1;

export const builtInNames = ["sandbox", "sandbox-engage", "eu", "us", "ap", "jp"] as const;

/** Whether a name is a built-in environment's, in any case: `EU` beside `eu` could only mislead. */
export const isBuiltInName = (name: string): boolean =>
  builtInNames.some((builtIn) => builtIn === name.toLowerCase());

/** What a transport means where no catalog is named (interfaces §2). */
export const catalogOf = (transport: Transport): CatalogName => (transport === "spec" ? "spec" : "sitecore");

/** The schema library takes a list for a map. */
const map = (message: string) =>
  v.custom<Record<string, unknown>>(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    message,
  );

const text = (largest: number) =>
  v.pipe(
    v.string("must be text; put a number or a yes in quotes"),
    v.maxLength(largest, `must have at most ${largest} characters`),
  );

const shortText = text(500);

/** In both schemas, this one and the published: http or https, a host, and neither user, query, fragment nor space. */
export const httpAddressPattern = /^https?:\/\/[^\s/?#@\\]+(\/[^\s?#@\\]*)?$/;

const httpAddress = v.pipe(
  v.string("must be text"),
  v.regex(
    httpAddressPattern,
    "must be http:// or https:// with a host, without user, password, query or fragment; secrets never stand in this file",
  ),
);

/** Relative, with slashes, and never out of the folder: neither absolute, nor with a drive, nor through `..`. */
export const pathInsidePattern = /^(?![/~])(?!.*[\\:])(?!(.*\/)?\.\.(\/|$)).+$/;

const environmentName = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    "is not a name: 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit",
  ),
  v.check((name) => !isBuiltInName(name), "is built in and cannot be redefined; copy it under another name"),
);

const variableName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is not a name: letters, digits and _, not beginning with a digit"),
);

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  v.picklist(values, `must be one of ${values.join(", ")}`);

/** The fields of an environment in the file; what is left out has a default. Keys of later versions are ignored. */
const environmentFields = v.looseObject(
  {
    colour: v.optional(oneOf(environmentColours)),
    baseUrl: v.pipe(httpAddress, baseUrl),
    transport: v.optional(oneOf(transport.options)),
    catalog: v.optional(oneOf(catalogName.options)),
    channel: v.optional(shortText),
    pos: v.optional(shortText),
    currency: v.optional(shortText),
    language: v.optional(shortText),
    siteId: v.optional(shortText),
    caFile: v.optional(
      v.pipe(
        shortText,
        v.regex(pathInsidePattern, "must be a path inside the workspace, such as certificates/ca.pem"),
      ),
    ),
    proxy: v.optional(v.pipe(httpAddress, v.maxLength(2000, "is too long"))),
    production: v.optional(v.boolean("must be true or false")),
    vars: v.optional(v.pipe(map("must be a map of names to texts"), v.record(variableName, text(10_000)))),
  },
  "is missing",
);

/** Every key that means something in an environment of the file. */
export const environmentKeys: readonly string[] = Object.keys(environmentFields.entries);

export const workspaceSchema = v.looseObject(
  {
    bellhop: v.literal(
      workspaceFormat,
      `must be ${workspaceFormat}: this Bellhop reads format ${workspaceFormat}, and a newer one may have written the file`,
    ),
    defaultEnvironment: v.optional(shortText),
    environments: v.optional(
      v.pipe(
        map("must be a map of names to environments"),
        // The schema library would pass over some of these names and say nothing.
        v.check(
          (environments) => !Object.keys(environments).some(isReservedName),
          "names an environment constructor, toString or another name with a meaning of its own in JavaScript; choose another",
        ),
        v.record(environmentName, v.pipe(map("must be a map of fields"), environmentFields)),
      ),
    ),
  },
  (issue) =>
    issue.received === "undefined"
      ? `is missing: a workspace file says "bellhop: ${workspaceFormat}"`
      : `must be a map that says "bellhop: ${workspaceFormat}"`,
);

export type WorkspaceFile = v.InferOutput<typeof workspaceSchema>;
export type EnvironmentFields = v.InferOutput<typeof environmentFields>;

/** What a field has where the file leaves it out. */
export const fieldDefaults = (chosen: Transport) => ({
  colour: "slate" as const,
  transport: "spec" as const,
  catalog: catalogOf(chosen),
  production: false,
});

const optionalFields = [
  "channel",
  "pos",
  "currency",
  "language",
  "siteId",
  "caFile",
  "proxy",
] as const satisfies (keyof Environment)[];

/** An environment of the file with its defaults filled in. */
export const toEnvironment = (name: string, fields: EnvironmentFields): Environment => {
  const chosen = fields.transport ?? "spec";
  const defaults = fieldDefaults(chosen);
  return {
    name,
    colour: fields.colour ?? defaults.colour,
    baseUrl: fields.baseUrl,
    transport: chosen,
    catalog: fields.catalog ?? defaults.catalog,
    ...Object.fromEntries(
      optionalFields.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
    ),
    production: fields.production ?? defaults.production,
    vars: { ...fields.vars },
  };
};
