import { unwatchFile, watchFile } from "node:fs";
import { join } from "node:path";
import type { CheckedInputOf } from "../../../shared/contract/commands";
import { AppError } from "../../../shared/contract/errors";
import { defaultSettings, type Settings } from "../../../shared/model/settings";
import type { HandlersOf } from "../dispatcher";
import type { Host } from "../host";
import type { Notifications } from "../notifications";
import { createNotices, type NewNotice, type Notices } from "../reports/notices";
import { checkSettings } from "./check-settings";
import { emptySettings, keepDamaged, readSettingsFile, writeSettingsFile } from "./settings-file";
import type { SettingsService } from "./settings-service";
import { changeSettingsText, readSettingsText } from "./settings-text";

interface SettingsParts {
  host: Pick<Host, "profileFolder" | "report">;
  notifications: Notifications;
  notices?: Pick<Notices, "replace">;
}

/** What was found in the file. `settings` is null where it cannot be read as settings at all. */
interface Found {
  text: string;
  settings: Settings | null;
  problems: NewNotice[];
}

/**
 * Milliseconds between looks at the file. Looked at by its times, because watching its folder would tell of every write
 * to the log, and watching the file itself ends where an editor puts another one in its place.
 */
const lookEvery = 500;

const notWritten = (file: string, error: unknown): AppError =>
  new AppError({
    code: "FORBIDDEN",
    message: `The settings could not be written to ${file}: ${error instanceof Error ? error.message : String(error)}.`,
    hint: "Check that the profile folder can be written and that its disk is not full.",
  });

const find = async (file: string): Promise<Found> => {
  let text: string;
  try {
    text = await readSettingsFile(file);
  } catch (error) {
    const message = `The settings ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
    return { text: emptySettings, settings: null, problems: [{ severity: "error", message }] };
  }
  const read = readSettingsText(text);
  if ("wrong" in read) {
    const message = `The settings ${file} cannot be read: ${read.wrong}.`;
    const hint = "What held before still holds. Correct the file; it is noticed at once.";
    return { text, settings: null, problems: [{ severity: "error", message, hint }] };
  }
  return { text, ...checkSettings(file, read) };
};

/**
 * The person's settings, in `settings.json` of the profile. The file may be edited by hand while Bellhop runs: that is
 * noticed; comments, unknown keys and the order stay; and what is wrong in it is told, with key and line.
 */
export const createSettings = async ({
  host,
  notifications,
  notices = createNotices(notifications),
}: SettingsParts): Promise<SettingsService & { handlers: HandlersOf<"settings">; close(): void }> => {
  const file = join(host.profileFolder, "settings.json");
  let settings: Settings = { ...defaultSettings };
  let told = "";
  let work: Promise<unknown> = Promise.resolve();

  const tell = (problems: readonly NewNotice[]): void => {
    const all = problems.map(({ message, hint }) => `${message} ${hint ?? ""}`.trim()).join("\n");
    if (all === told) return;
    told = all;
    notices.replace("settings", problems);
    if (all !== "") host.report(all);
  };

  const become = (next: Settings): void => {
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    settings = next;
    notifications.say("settings.changed", { settings });
  };

  /** One after the other: two changes at once must not lose one. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const acting = work.then(act);
    work = acting.catch(() => undefined);
    return acting;
  };

  const look = async (): Promise<void> => {
    const found = await find(file);
    tell(found.problems);
    if (found.settings !== null) become(found.settings);
  };

  const change = async (changes: CheckedInputOf<"settings.set">): Promise<Settings> => {
    // Read again, because a person or another process may have changed the file since.
    const found = await find(file);
    try {
      if (found.settings === null && found.text !== emptySettings) {
        const aside = await keepDamaged(file, found.text);
        host.report(`The settings ${file} could not be read and are kept as ${aside}.`);
      }
      // What held is written down with the change, because it stands nowhere any more.
      const held = Object.entries(settings).filter(
        ([key, value]) => value !== defaultSettings[key as keyof Settings],
      );
      const [text, all] =
        found.settings === null
          ? [emptySettings, { ...Object.fromEntries(held), ...changes }]
          : [found.text, changes];
      await writeSettingsFile(file, changeSettingsText(text, all));
    } catch (error) {
      throw notWritten(file, error);
    }
    await look();
    return settings;
  };

  await look();
  const noticed = (): void => void inTurn(look);
  watchFile(file, { persistent: false, interval: lookEvery }, noticed);

  return {
    current: () => settings,
    handlers: {
      "settings.get": async () => settings,
      "settings.set": (changes) => inTurn(() => change(changes)),
    },
    close: () => unwatchFile(file, noticed),
  };
};
