import { lazyComponent } from "../../layout";

export const SettingsView = lazyComponent(() => import("./SettingsView.vue"));
