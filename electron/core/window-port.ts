/** A door of the core: what a host must know of the settings before there is a core. */
import { join } from "node:path";
import { defaultSettings } from "../../shared/model/settings";
import { checkSettings } from "./settings/check-settings";
import { readSettingsFile } from "./settings/settings-file";
import { readSettingsText } from "./settings/settings-text";

/**
 * The port that Bellhop's own address is tried on first, always the same one, so that a tab finds the program again after
 * a restart. A settings file that cannot be read is told by the core, a moment later.
 */
export const windowPort = async (profileFolder: string): Promise<number> => {
  const file = join(profileFolder, "settings.json");
  try {
    const read = readSettingsText(await readSettingsFile(file));
    return "wrong" in read ? defaultSettings.windowPort : checkSettings(file, read).settings.windowPort;
  } catch {
    return defaultSettings.windowPort;
  }
};
