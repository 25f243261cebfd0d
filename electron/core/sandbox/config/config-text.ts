import { Document, isCollection } from "yaml";
import { currencies } from "../../../../shared/catalog/currencies";
import { formatDuration } from "../../../../shared/duration";
import type { JsonValue } from "../../../../shared/model/json";
import type { IdentityRule } from "../semantics/rules";
import { everyCurrency } from "./rule-settings";
import type { SandboxConfig } from "./sandbox-config";

const sizeUnits = [
  ["GB", 1024 ** 3],
  ["MB", 1024 ** 2],
  ["KB", 1024],
] as const;

/** With nine digits at most, as the schema has it; else in bytes. */
const formatSize = (bytes: number): string | number => {
  const fitting = sizeUnits.find(([, size]) => bytes % size === 0 && bytes / size < 1_000_000_000);
  return fitting ? `${bytes / fitting[1]}${fitting[0]}` : bytes;
};

const writtenRule = (rule: IdentityRule): JsonValue =>
  "provider" in rule ? rule.provider : { personalData: [...rule.personalData] };

const writtenCurrencies = (codes: readonly string[]): JsonValue =>
  codes.length === currencies.size && codes.every((code) => currencies.has(code))
    ? everyCurrency
    : [...codes];

/**
 * A configuration as its author would write it, complete but for `clientKey` and `apiToken`: what opens a sandbox is
 * never shown. `parseConfig` reads it back.
 */
export const writtenConfig = (config: SandboxConfig): Record<string, JsonValue> => ({
  pointsOfSale: config.pointsOfSale.map(({ name, timeout }) => ({ name, timeout: formatDuration(timeout) })),
  sites: Object.fromEntries(config.sites),
  dataModel: config.dataModel,
  identityRules: config.identityRules.map(writtenRule),
  whenNoMatch: config.whenNoMatch,
  unidentifiedOrder: config.unidentifiedOrder,
  repeatedOrder: config.repeatedOrder,
  currencies: writtenCurrencies(config.currencies),
  catalog: config.catalog,
  strict: config.strict,
  delay: formatDuration(config.delay),
  allowedHosts: [...config.allowedHosts],
  quota: formatSize(config.quota),
});

const comments: Record<string, string> = {
  pointsOfSale:
    "An event that names another one is answered 201 and dropped. A session closes after the timeout.",
  sites: "Site id -> point of sale: fills an empty pos on the edge paths.",
  dataModel: '"2.1" never identifies by personal data, "2.0" may.',
  identityRules:
    "Tried in this order, five at most: a provider, or { personalData: [email, lastName] } in 2.0.",
  whenNoMatch: "An identifier that is on no guest yet: become-customer or new-visitor.",
  unidentifiedOrder:
    "An order of the AsyncAPI catalog for a guest whom nothing has identified: accept or fail.",
  repeatedOrder: "An order whose reference exists already: fail or accept.",
  currencies: "all (ISO 4217), or a list such as [EUR, USD]. A price in another one counts nothing.",
  catalog: "Which catalog judges: by-transport, spec or sitecore.",
  strict: "Whether an event that its catalog calls invalid is answered 400 at once.",
  delay: "From the answer to the outcome.",
  allowedHosts: "Names that requests may use beside the sandbox's own address.",
  quota: "How much is stored.",
};

/** Lists of words read better on one line. */
const isWords = (value: JsonValue): boolean =>
  Array.isArray(value) && value.every((item) => typeof item !== "object");

const written = (name: string, value: JsonValue): string => {
  const document = new Document({ [name]: value });
  const node = document.get(name, true);
  if (isCollection(node)) node.flow = isWords(value);
  return document.toString({ lineWidth: 100, flowCollectionPadding: false });
};

const heading = `# What is left out goes back to its default. Only clientKey and apiToken, which are never shown, stay as
# they are unless they are written here.

`;

/** The same as YAML, with a comment above each setting: what a person edits. */
export const configText = (config: SandboxConfig): string =>
  heading +
  Object.entries(writtenConfig(config))
    .map(([name, value]) => `# ${comments[name] ?? ""}\n${written(name, value)}`)
    .join("\n");
