import { lazyComponent } from "../../layout";

export const PresenterStage = lazyComponent(() => import("./PresenterStage.vue"));
