export { default as SendManyDialog } from "./SendManyDialog.vue";
export { default as SendManyStatusCell } from "./SendManyStatusCell.vue";
export { useSendMany } from "./send-many-store";
export { useSendManyAnywhere } from "./use-send-many-anywhere";
