export { usePresenter } from "./presenter-store";
export { default as PresentButton } from "./PresentButton.vue";
export { default as PresenterStage } from "./PresenterStage.vue";
export { useScenarioStage } from "./scenario-stage-store";
