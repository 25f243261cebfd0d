import { lazyComponent } from "../../layout";

export const GuestsView = lazyComponent(() => import("./GuestsView.vue"));
