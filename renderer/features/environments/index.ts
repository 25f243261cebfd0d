export { addressOf } from "./environment-words";
export { default as EnvironmentStatusCells } from "./EnvironmentStatusCells.vue";
export { default as EnvironmentSwitcher } from "./EnvironmentSwitcher.vue";
export { default as EnvironmentsView } from "./EnvironmentsView.vue";
export { useEnvironments } from "./environments-store";
export { useProductionConsent, type ProductionAnswer, type ProductionRequest } from "./production-consent";
export { default as ProductionConsent } from "./ProductionConsent.vue";
