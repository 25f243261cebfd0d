import { lazyComponent } from "../../layout";

export const ScenariosHome = lazyComponent(() => import("./ScenariosHome.vue"));
