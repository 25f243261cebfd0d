import { judge } from "../../../../shared/catalog/catalog";
import type { Transport } from "../../../../shared/model/environment";
import type { JsonObject } from "../../../../shared/model/json";
import type { CatalogName, Issue } from "../../../../shared/model/verdict";
import type { SandboxConfig } from "../config/sandbox-config";
import type { EventOutcome } from "../store/stored-event";

/** The catalog that judges an event: as configured, or what its transport means. */
export const catalogFor = (transport: Transport, config: SandboxConfig): CatalogName => {
  if (config.catalog !== "by-transport") return config.catalog;
  return transport === "spec" ? "spec" : "sitecore";
};

/** More reasons than anybody reads; an event of ten thousand wrong items must not store ten thousand sentences. */
const mostIssues = 100;

/** What makes the event invalid for the catalog; empty where nothing does. */
export const findErrors = (event: JsonObject, catalog: CatalogName): Issue[] =>
  judge(event, catalog)
    .issues.filter(({ severity }) => severity === "error")
    .slice(0, mostIssues);

/**
 * "201 but the event never appears: wrong pos" (Sitecore's troubleshooting page, 1153275).
 *
 * @returns null where the point of sale is known
 */
const pointOfSaleIssue = (
  pos: JsonObject[string] | undefined,
  transport: Transport,
  config: SandboxConfig,
): Issue | null => {
  const names = config.pointsOfSale.map(({ name }) => name);
  if (typeof pos === "string" && names.includes(pos)) return null;
  const sites = transport === "edge" ? [...config.sites.keys()] : [];
  return {
    severity: "error",
    code: "unknown-point-of-sale",
    path: "/pos",
    message: `/pos ${describe(pos)}, so the event was answered with 201 and then dropped. Points of sale here: ${names.join(", ")}.`,
    hint:
      sites.length > 0
        ? `Name a point of sale in pos, or a site in siteId: ${sites.join(", ")}.`
        : "Name one of these points of sale, or add this one to the sandbox's configuration.",
    catalog: catalogFor(transport, config),
    certainty: "documented",
  };
};

const describe = (pos: JsonObject[string] | undefined): string => {
  if (pos === undefined || pos === null) return "is missing";
  if (pos === "") return "is empty";
  if (typeof pos !== "string") return "is not a text";
  return `names ${JSON.stringify(pos.slice(0, 100))}, a point of sale that does not exist here`;
};

/**
 * What ends an accepted event before the rules look at it: a named point of sale that does not exist drops it; then
 * its catalog judges.
 *
 * @returns null where nothing does
 */
export const refusalOf = (
  event: JsonObject,
  transport: Transport,
  config: SandboxConfig,
): EventOutcome | null => {
  const dropped = pointOfSaleIssue(event["pos"], transport, config);
  if (dropped && typeof event["pos"] === "string") return { status: "DROPPED", issues: [dropped] };
  const errors = findErrors(event, catalogFor(transport, config));
  if (errors.length > 0) return { status: "FAILED", issues: errors };
  // A catalog may leave `pos` to the tenant; an event without one still belongs nowhere.
  return dropped && { status: "DROPPED", issues: [dropped] };
};
