import { buildEvent } from "../../../../shared/build-event";
import { judge } from "../../../../shared/catalog/catalog";
import type { EnvironmentView } from "../../../../shared/model/environment";
import { idToCome } from "../../../../shared/model/guest";
import type { JsonObject, JsonValue } from "../../../../shared/model/json";
import type { Issue } from "../../../../shared/model/verdict";

const holdsTemplate = (value: JsonValue | undefined): boolean =>
  typeof value === "string" && value.includes("{{");

/** Whether the value at a pointer, or what it stands in, is filled only when the scenario runs. */
const isFilledLater = (event: JsonObject, pointer: string): boolean => {
  let value: JsonValue | undefined = event;
  for (const part of pointer.split("/").slice(1)) {
    if (holdsTemplate(value)) return true;
    if (typeof value !== "object" || value === null) return false;
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    value = Array.isArray(value) ? value[Number(key)] : Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return holdsTemplate(value);
};

/**
 * What the catalog says of a step's event as it would be built, as far as that is known before it runs: of a value
 * that is a template nothing is said.
 */
export const issuesOfStep = (
  { type, event, defaults }: { type: string; event: JsonObject; defaults: JsonObject },
  environment: EnvironmentView,
): Issue[] => {
  const { catalog } = environment;
  const guest = { browserId: idToCome, sessionId: idToCome };
  const built = buildEvent({ environment, catalog, messageType: type, defaults, event, guest }).event;
  return judge(built, catalog).issues.filter(({ path }) => !isFilledLater(built as JsonObject, path));
};
