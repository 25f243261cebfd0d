export { useFirstStart } from "./first-start-store";
export { ScenariosHome } from "./scenarios-home";
export { useScenariosInPalette } from "./scenarios-in-palette";
