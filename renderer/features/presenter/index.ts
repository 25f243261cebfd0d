export { default as PresentButton } from "./PresentButton.vue";
export { PresenterStage } from "./presenter-stage";
export { usePresenter } from "./presenter-store";
export { useScenarioStage } from "./scenario-stage-store";
