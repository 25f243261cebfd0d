import { defineStore } from "pinia";
import { ref } from "vue";

/** Whose guests the view shows: the sandbox's, or those of a tenant. */
export const useGuestsSide = defineStore("guests-side", () => {
  const shown = ref<"sandbox" | "tenant">("sandbox");
  return { shown };
});
