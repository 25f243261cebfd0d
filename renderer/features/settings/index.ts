export { useAbout, vaultNames } from "./about-store";
export { useSettings } from "./settings-store";
export { SettingsView } from "./settings-view";
export { default as ThemeButton } from "./ThemeButton.vue";
export { default as VaultStatusCell } from "./VaultStatusCell.vue";
