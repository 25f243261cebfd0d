import * as v from "valibot";
import { commands } from "../../../shared/contract/commands";
import { defaultSettings, type Settings } from "../../../shared/model/settings";
import type { NewNotice } from "../reports/notices";
import type { SettingsText } from "./settings-text";

/** What `settings.set` accepts is what the file may say. */
const { entries } = commands["settings.set"].input;

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** What a value must be, from its schema's own words. */
const wantedFor = (schema: v.GenericSchema, value: unknown): string => {
  const issue = v.safeParse(schema, value).issues?.[0];
  const words = issue?.expected ?? "something else";
  return words
    .replace(/^>=/, "at least ")
    .replace(/^<=/, "at most ")
    .replace(/^\((.*)\)$/, "$1")
    .replaceAll(" | ", " or ")
    .replace(/^(Integer|number|boolean)$/, (name) =>
      name === "boolean" ? "true or false" : name === "number" ? "a number" : "a whole number",
    );
};

/**
 * The known keys of a file, each checked for itself: one wrong value costs that value, not the others. Keys that Bellhop
 * does not know are left alone.
 *
 * @returns the settings, and what is to be told of wrong values
 */
export const checkSettings = (
  file: string,
  { values, lineOf }: SettingsText,
): { settings: Settings; problems: NewNotice[] } => {
  const settings: Record<string, unknown> = { ...defaultSettings };
  const problems: NewNotice[] = [];
  for (const [key, schema] of Object.entries(entries)) {
    if (!Object.hasOwn(values, key)) continue;
    const value = values[key];
    if (v.is(schema, value)) settings[key] = value;
    else {
      const standard = shown(defaultSettings[key as keyof Settings]);
      problems.push({
        severity: "warning",
        message: `The setting ${key} cannot be ${shown(value)}, so its default ${standard} holds.`,
        hint: `It must be ${wantedFor(schema, value)}. It stands in ${file}, line ${lineOf(key)}.`,
        setting: key,
      });
    }
  }
  return { settings: settings as unknown as Settings, problems };
};
