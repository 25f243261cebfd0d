import * as v from "valibot";
import { configSchema, settingNames, type ConfigFile } from "./config-schema";
import { readDocument, type SourceDocument } from "./read-document";
import { defaultConfig, type SandboxConfig } from "./sandbox-config";

/** A configuration, and what its author should know although it is usable. */
export interface ParsedConfig {
  config: SandboxConfig;
  /** Whether the text itself says so; without it the member of `config` is the default's. */
  says: { clientKey: boolean; apiToken: boolean };
  /** Sentences with file, line and column. */
  warnings: string[];
}

const hint =
  "docs/schemas/sandbox.schema.json describes the file; an editor with a YAML extension checks it as you type.";

const knownKeys = new Set(settingNames);
const pointOfSaleKeys = new Set(["name", "timeout"]);
const identityRuleKeys = new Set(["provider", "personalData"]);

const findUnknownKeys = (document: SourceDocument, { pointsOfSale, identityRules }: ConfigFile): string[] => [
  ...document.unknownKeys([], knownKeys),
  ...(pointsOfSale ?? []).flatMap((_, index) =>
    document.unknownKeys(["pointsOfSale", index], pointOfSaleKeys),
  ),
  ...(identityRules ?? []).flatMap((_, index) =>
    document.unknownKeys(["identityRules", index], identityRuleKeys),
  ),
];

/** Rules that can never match. */
const findIdleRules = (document: SourceDocument, config: SandboxConfig): string[] => {
  const seen = new Set<string>();
  return config.identityRules.flatMap((rule, index) => {
    const place = document.at(["identityRules", index]);
    if ("personalData" in rule && config.dataModel === "2.1") {
      return `${place}: data model 2.1 never identifies by personal data, so this rule has no effect; set dataModel to "2.0".`;
    }
    const key = JSON.stringify(rule);
    const isRepeated = seen.has(key);
    seen.add(key);
    return isRepeated ? `${place}: this rule is there twice, so the second has no effect.` : [];
  });
};

const complete = (written: ConfigFile, document: SourceDocument): SandboxConfig => {
  const pointsOfSale = written.pointsOfSale ?? defaultConfig.pointsOfSale;
  const names = new Set<string>();
  for (const [index, { name }] of pointsOfSale.entries()) {
    if (names.has(name)) {
      const message = `the point of sale ${JSON.stringify(name)} is there twice.`;
      throw document.invalid(["pointsOfSale", index, "name"], message);
    }
    names.add(name);
  }
  // The default site belongs to the default point of sale: where that is gone, so is the site.
  const defaultSites = [...defaultConfig.sites].filter(([, name]) => names.has(name));
  const sites = new Map(written.sites ? Object.entries(written.sites) : defaultSites);
  for (const [site, name] of sites) {
    if (names.has(name)) continue;
    const message = `the site ${JSON.stringify(site)} names the point of sale ${JSON.stringify(name)}, which is not one of: ${[...names].join(", ")}.`;
    throw document.invalid(["sites", site], message);
  }
  return { ...defaultConfig, ...written, pointsOfSale, sites };
};

/**
 * Reads a sandbox's configuration.
 *
 * @param text YAML, of which JSON is a part
 * @param file the name that messages give the text
 * @throws AppError INVALID_INPUT with file, line and column
 */
export const parseConfig = (text: string, file: string): ParsedConfig => {
  const document = readDocument(text, file, hint);
  const result = v.safeParse(configSchema, document.value ?? {});
  if (!result.success) {
    const [issue] = result.issues;
    const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
    throw document.invalid(path, issue.message);
  }
  const written = result.output;
  const config = complete(written, document);
  return {
    config,
    says: { clientKey: written.clientKey !== undefined, apiToken: written.apiToken !== undefined },
    warnings: [...findUnknownKeys(document, written), ...findIdleRules(document, config)],
  };
};
