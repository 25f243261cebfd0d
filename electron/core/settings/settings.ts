import { join } from "node:path";
import * as v from "valibot";
import { commands, type CheckedInputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import { defaultSettings, type Settings } from "../../../shared/model/settings";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { Notifications } from "../notifications";
import { readSettingsFile, writeSettingsFile, type RawSettings } from "./settings-file";
import type { SettingsService } from "./settings-service";

interface SettingsParts {
  host: Pick<Host, "profileFolder" | "report">;
  notifications: Notifications;
}

/** What `settings.set` accepts is what the file may say. */
const { entries } = commands["settings.set"].input;

/** The known keys of a file, each checked for itself: one wrong value costs that value, not the others. */
const known = (raw: RawSettings, wrong: (key: string) => void): Settings => {
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const [key, schema] of Object.entries(entries)) {
    if (!Object.hasOwn(raw, key)) continue;
    if (v.is(schema, raw[key])) settings[key] = raw[key];
    else wrong(key);
  }
  return settings as unknown as Settings;
};

const notWritten = (file: string, error: unknown): AppError =>
  new AppError({
    code: "FORBIDDEN",
    message: `The settings could not be written to ${file}: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Check that the profile folder can be written and that its disk is not full.",
  });

/**
 * The person's settings, in `settings.json` of the profile. The file may be edited by hand: keys that Bellhop does
 * not know stay in it, and what a change does not name stays as it was written.
 */
export const createSettings = async ({
  host,
  notifications,
}: SettingsParts): Promise<SettingsService & { handlers: HandlersOf<"settings"> }> => {
  const file = join(host.profileFolder, "settings.json");
  const report = (problem: string): void => host.report(problem);
  const wrong = (key: string): void =>
    report(`The setting ${key} in ${file} is not one that Bellhop knows, so its default holds.`);

  let settings = known(await readSettingsFile(file, report), wrong);
  let writing: Promise<unknown> = Promise.resolve();

  const change = async (changes: CheckedInputOf<"settings.set">): Promise<Settings> => {
    // Read again, because a person or another process may have changed the file since.
    const raw = { ...(await readSettingsFile(file, report)), ...changes };
    try {
      await writeSettingsFile(file, raw);
    } catch (error) {
      throw notWritten(file, error);
    }
    settings = known(raw, () => undefined);
    notifications.say("settings.changed", { settings });
    return settings;
  };

  return {
    current: () => settings,
    handlers: {
      "settings.get": async () => settings,
      "settings.set": (changes) => {
        // One after the other: two changes at once must not lose one.
        const changing = writing.then(() => change(changes));
        writing = changing.catch(() => undefined);
        return changing;
      },
    },
  };
};
