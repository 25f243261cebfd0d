import { lazyComponent } from "../../layout";

export const EnvironmentsView = lazyComponent(() => import("./EnvironmentsView.vue"));
