export { useFirstStart } from "./first-start-store";
export { default as ScenariosHome } from "./ScenariosHome.vue";
export { useScenariosInPalette } from "./scenarios-in-palette";
