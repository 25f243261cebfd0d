import type { StreamEvent } from "../model/event";
import type { CatalogName, Issue, Severity, Verdict } from "../model/verdict";
import { isJsonObject } from "./json-values";
import { judgeByAgreement } from "./judge-agreed";
import { judgeName } from "./judge-name";
import { judgeBySpecification } from "./judge-spec";
import { judgeValues } from "./judge-values";

/**
 * The verdict of a built event: what is wrong with it by its catalog, errors first. It says nothing of what the CDP
 * did (`ingestion` is `unknown`).
 *
 * `schema` is `invalid` exactly when there is an error. Without one it is `valid` in the spec catalog and
 * `unchecked` in sitecore's, which has no schema yet and knows only what every source agrees on.
 *
 * @param event as it goes on the wire (see `build-event.ts`); any JSON value is judged without throwing
 * @param filledIn fields that may be missing because something on the way fills them in (`filledOnTheWay`)
 */
export const judge = (
  event: StreamEvent,
  catalog: CatalogName,
  filledIn: readonly string[] = [],
): Verdict => {
  if (!isJsonObject(event)) return verdict(catalog, [notAnObject(catalog)]);
  const found = catalog === "spec" ? judgeBySpecification(event) : judgeByAgreement(event);
  const issues = filledIn.length === 0 ? found : found.filter((issue) => !isFilledIn(issue, filledIn));
  const { type } = event;
  const name = typeof type === "string" && type !== "" ? judgeName(type, catalog) : undefined;
  if (name !== undefined) issues.push(name);
  issues.push(...judgeValues(event, catalog));
  if (issues.length > 1) issues.sort((first, second) => order[first.severity] - order[second.severity]);
  return verdict(catalog, issues);
};

const isFilledIn = ({ code, path }: Issue, names: readonly string[]): boolean =>
  ["missing-field", "empty-field", "too-short"].includes(code) && names.includes(path.slice(1));

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

const verdict = (catalog: CatalogName, issues: Issue[]): Verdict => {
  const withoutErrors = catalog === "spec" ? "valid" : "unchecked";
  const schema = issues.some(({ severity }) => severity === "error") ? "invalid" : withoutErrors;
  return { catalog, schema, issues, ingestion: "unknown" };
};

const notAnObject = (catalog: CatalogName): Issue => ({
  severity: "error",
  code: "wrong-type",
  path: "",
  message: "The event must be an object.",
  hint: 'Write it as { "type": … }.',
  catalog,
});
