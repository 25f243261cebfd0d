export { useEnvironments } from "./environments-store";
export { default as EnvironmentStatusCells } from "./EnvironmentStatusCells.vue";
export { EnvironmentsView } from "./environments-view";
export { default as EnvironmentSwitcher } from "./EnvironmentSwitcher.vue";
export { addressOf } from "./environment-words";
export { useProductionConsent, type ProductionAnswer, type ProductionRequest } from "./production-consent";
export { default as ProductionConsent } from "./ProductionConsent.vue";
