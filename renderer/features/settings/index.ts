export { useAbout, vaultNames } from "./about-store";
export { useSettings } from "./settings-store";
export { default as SettingsView } from "./SettingsView.vue";
export { default as ThemeButton } from "./ThemeButton.vue";
export { default as VaultStatusCell } from "./VaultStatusCell.vue";
