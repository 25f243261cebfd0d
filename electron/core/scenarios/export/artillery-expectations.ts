import { isJsonObject } from "../../../../shared/catalog/json-values";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { SendExpectation } from "../../../../shared/model/scenario";
import { isMatcherMap } from "../../../../shared/scenario/matcher-names";
import { hasTemplates } from "./template-to-artillery";

/** What a request of Artillery's expects, and what it takes from the answer to look at it. */
export interface ArtilleryChecks {
  expect: JsonObject[];
  capture: JsonObject[];
}

interface ChecksOptions {
  /** Fills templates with Artillery's. */
  fill(value: JsonValue): JsonValue;
  newName(wish: string): string;
  leaveOut(sentence: string): void;
}

type Path = readonly (string | number)[];

/** A place in the answer as Artillery's captures name it. */
export const jsonPath = (path: Path): string =>
  `$${path.map((key) => (typeof key === "number" ? `[${key}]` : `['${key.replaceAll("'", "\\'")}']`)).join("")}`;

/** A JSON Pointer's segments; a whole number may be the place in a list. */
export const pointerPath = (pointer: string): Path =>
  pointer
    .split("/")
    .slice(1)
    .map((segment) =>
      /^(0|[1-9]\d*)$/.test(segment) ? Number(segment) : segment.replaceAll("~1", "/").replaceAll("~0", "~"),
    );

/** The same for JMESPath, which the expect plugin knows. */
const jmesPath = (path: Path): string =>
  path.length === 0
    ? "@"
    : path
        .map((key, index) =>
          typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${JSON.stringify(key)}`,
        )
        .join("");

const literal = (value: JsonValue): string => `\`${JSON.stringify(value).replaceAll("`", "\\`")}\``;

/** Of a value of the wrong type these functions would throw, and end the whole load. */
const guarded = (place: string, check: string): string =>
  `contains(\`["string","array"]\`, type(${place})) && ${check}`;

const comparisons = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

/** One matcher as a JMESPath condition; null where there is none. */
const condition = (place: string, name: string, wanted: JsonValue): string | null => {
  if (name === "equals") return `${place} == ${literal(wanted)}`;
  if (name === "exists") return `${place} ${wanted === false ? "==" : "!="} \`null\``;
  if (name === "oneOf") return `contains(${literal(wanted)}, ${place})`;
  if (name === "contains") return guarded(place, `contains(${place}, ${literal(wanted)})`);
  if (name === "length") {
    if (!isJsonObject(wanted)) return guarded(place, `length(${place}) == ${literal(wanted)}`);
    const parts = Object.entries(wanted).map(([inner, value]) => condition(`length(${place})`, inner, value));
    return parts.includes(null) ? null : guarded(place, parts.join(" && "));
  }
  const sign = Object.hasOwn(comparisons, name) ? comparisons[name as keyof typeof comparisons] : undefined;
  // JMESPath puts numbers in an order, and nothing else.
  return sign !== undefined && typeof wanted === "number" ? `${place} ${sign} ${literal(wanted)}` : null;
};

const bodyChecks = (body: JsonValue, options: ChecksOptions): ArtilleryChecks => {
  const checks: ArtilleryChecks = { expect: [], capture: [] };
  const look = (path: Path, wanted: JsonValue): void => {
    const place = jmesPath(path);
    const where = path.length === 0 ? "the body" : `/${path.join("/")}`;
    if (isMatcherMap(wanted)) {
      for (const [name, value] of Object.entries(wanted)) {
        if (name === "equals" && hasTemplates(value)) {
          look(path, value);
          continue;
        }
        const jmespath = hasTemplates(value) ? null : condition(place, name, value);
        if (jmespath === null) options.leaveOut(`${name} at ${where} of the body is not checked.`);
        else checks.expect.push({ jmespath, description: `${where} ${name} ${JSON.stringify(value)}` });
      }
    } else if (isJsonObject(wanted)) {
      for (const [key, value] of Object.entries(wanted)) look([...path, key], value);
    } else if (Array.isArray(wanted)) {
      checks.expect.push({ jmespath: guarded(place, `length(${place}) == ${literal(wanted.length)}`) });
      wanted.forEach((value, index) => look([...path, index], value));
    } else if (typeof wanted === "string" && hasTemplates(wanted)) {
      const name = options.newName(`seen_${path.join("_")}`);
      checks.capture.push({ json: jsonPath(path), as: name, strict: false });
      checks.expect.push({ equals: [`{{ ${name} }}`, options.fill(wanted)] });
    } else {
      checks.expect.push({
        jmespath: `${place} == ${literal(wanted)}`,
        description: `${where} ${JSON.stringify(wanted)}`,
      });
    }
  };
  look([], body);
  return checks;
};

/** The codes that a status stands for; Artillery has no classes. Null where it is none. */
const codesOf = (status: JsonValue): number[] | null => {
  if (typeof status === "number") return [status];
  const [, first] = typeof status === "string" ? (/^([1-5])xx$/.exec(status) ?? []) : [];
  return first === undefined ? null : [0, 1, 2, 3, 4, 5, 6].map((last) => Number(first) * 100 + last);
};

const statusCheck = (status: JsonValue, { leaveOut }: ChecksOptions): JsonObject[] => {
  const isSingle = isMatcherMap(status) && Object.keys(status).length === 1;
  const wanted = isSingle ? (status["equals"] ?? status["oneOf"] ?? null) : status;
  const codes = (Array.isArray(wanted) ? wanted : [wanted]).map(codesOf);
  const all = codes.flatMap((some) => some ?? []);
  if (all.length > 0 && !codes.includes(null))
    return [{ statusCode: all.length === 1 ? (all[0] ?? 0) : all }];
  leaveOut(`its status is not checked against ${JSON.stringify(status)}.`);
  return [];
};

const headerChecks = (headers: Record<string, JsonValue>, { fill, leaveOut }: ChecksOptions): JsonObject[] =>
  Object.entries(headers).flatMap(([header, wanted]): JsonObject[] => {
    const name = header.toLowerCase();
    const value = isMatcherMap(wanted) && Object.keys(wanted).length === 1 ? wanted["equals"] : wanted;
    if (typeof value === "string") return [{ headerEquals: [name, fill(value)] }];
    if (isMatcherMap(wanted) && wanted["exists"] === true) return [{ hasHeader: name }];
    leaveOut(`the header ${name} is not checked.`);
    return [];
  });

/** What a step expects in the words of Artillery's expect plugin; what it has no words for is left out, and said. */
export const artilleryChecks = (expect: SendExpectation, options: ChecksOptions): ArtilleryChecks => {
  const body = expect.body === undefined ? { expect: [], capture: [] } : bodyChecks(expect.body, options);
  if (expect.ingestion !== undefined)
    options.leaveOut(
      "what became of the event (ingestion) is not looked at: Artillery sees the answer alone.",
    );
  if (expect.verdict !== undefined) options.leaveOut("its verdict is not looked at.");
  if (expect.time !== undefined)
    options.leaveOut("its time is not checked; the plugin `ensure` can hold the whole load to a time.");
  return {
    expect: [
      ...statusCheck(expect.status ?? "2xx", options),
      ...headerChecks(expect.headers ?? {}, options),
      ...body.expect,
    ],
    capture: body.capture,
  };
};
