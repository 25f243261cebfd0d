import { lazyComponent } from "../../layout";

export const SandboxView = lazyComponent(() => import("./SandboxView.vue"));
