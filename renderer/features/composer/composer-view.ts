import { lazyComponent } from "../../layout";

export const ComposerView = lazyComponent(() => import("./ComposerView.vue"));
export const DraftComparison = lazyComponent(() => import("./DraftComparison.vue"));
