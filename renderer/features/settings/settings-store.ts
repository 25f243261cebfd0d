import { defineStore } from "pinia";
import { shallowRef, watch } from "vue";
import { defaultSettings, type Settings } from "../../../shared/model/settings";
import { useClient, useConnection } from "../../layout";
import { applyTheme, onSystemTheme } from "./theme";

/** Pixels of the interface's text as it was drawn. */
const standardSize = 13;

/** The person's settings as the core has them; a change applies at once and everywhere. */
export const useSettings = defineStore("settings", () => {
  const client = useClient();
  const connection = useConnection();
  const current = shallowRef<Settings>({ ...defaultSettings });
  let loaded = false;

  const load = async (): Promise<void> => {
    const settings = await client.call("settings.get", {});
    loaded = true;
    current.value = settings;
  };
  /** @throws AppError INVALID_INPUT with the field */
  const change = async (part: Partial<Settings>): Promise<void> => {
    current.value = await client.call("settings.set", part);
  };

  client.on("settings.changed", ({ settings }) => (current.value = settings));
  connection.onAgain(() => {
    if (loaded) load().catch(() => undefined);
  });
  const paint = (): void => {
    if (!loaded) return;
    applyTheme(current.value.theme);
    document.documentElement.dataset.density = current.value.density;
    document.documentElement.style.setProperty("--font-scale", String(current.value.fontSize / standardSize));
  };
  watch(current, paint, { flush: "sync" });
  onSystemTheme(paint);
  return { current, load, change };
});
