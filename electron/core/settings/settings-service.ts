import type { Settings } from "../../../shared/model/settings";

export interface SettingsService {
  /** The settings as they are now; reading needs no wait. */
  current(): Settings;
}
