import { lazyComponent } from "../../layout";

export const ComposerView = lazyComponent(() => import("./ComposerView.vue"));
