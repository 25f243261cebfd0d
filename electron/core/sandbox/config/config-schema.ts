import * as v from "valibot";
import { ruleSettings } from "./rule-settings";
import { duration, listOf, map, text } from "./schema-parts";

const sizeUnits: Record<string, number> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

const size = v.pipe(
  v.union([v.number(), v.string()], "quota is a size such as 500MB or 1GB, or a number of bytes."),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const [, amount, unit] = /^(\d{1,9})(KB|MB|GB)$/.exec(String(dataset.value)) ?? [];
    const bytes =
      typeof dataset.value === "number" ? dataset.value : Number(amount) * (sizeUnits[unit ?? ""] ?? 1);
    if (Number.isInteger(bytes) && bytes >= 65_536) return bytes;
    addIssue({ message: "quota is a size such as 500MB or 1GB, or a number of bytes, of at least 64KB." });
    return NEVER;
  }),
);

const visible = (what: string) =>
  v.pipe(
    text(what),
    v.regex(/^[\x21-\x39\x3b-\x7e]+$/, `${what} has visible ASCII characters but no colon.`),
  );

const settings = v.object({
  clientKey: v.optional(visible("clientKey")),
  apiToken: v.optional(visible("apiToken")),
  pointsOfSale: v.optional(
    v.pipe(
      listOf(
        "pointsOfSale",
        map(
          "A point of sale has a name and a timeout.",
          v.object({
            name: text("A point of sale's name"),
            timeout: v.optional(duration("timeout", 366 * 86_400_000, "366d"), "30m"),
          }),
        ),
      ),
      v.minLength(1, "pointsOfSale needs at least one: without it every event would be dropped."),
    ),
  ),
  ...ruleSettings,
  sites: v.optional(
    map(
      "sites maps a site id to a point of sale.",
      v.record(text("A site id"), text("A site's point of sale")),
    ),
  ),
  catalog: v.optional(
    v.picklist(["by-transport", "spec", "sitecore"], "catalog is by-transport, spec or sitecore."),
  ),
  delay: v.optional(duration("delay", 86_400_000, "1d")),
  strict: v.optional(v.boolean("strict is true or false.")),
  allowedHosts: v.optional(
    listOf(
      "allowedHosts",
      v.pipe(
        text("An allowed host", 260),
        v.regex(
          /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?$/,
          "An allowed host is a name with or without a port, such as cdp.test or cdp.test:4680.",
        ),
        v.toLowerCase(),
      ),
    ),
  ),
  quota: v.optional(size),
});

/** The keys that have an effect; others are ignored with a warning. */
export const settingNames: readonly string[] = Object.keys(settings.entries);

/** What a configuration file may say. */
export const configSchema = map("The configuration is a map of settings.", settings);

/** What a configuration file said, checked; absent members keep their defaults. */
export type ConfigFile = v.InferOutput<typeof configSchema>;
