import { onScopeDispose } from "vue";
import { useAbout } from "../../settings";
import { useRuns } from "./runs-store";

/**
 * Lets the browser ask before a window closes that ends Bellhop while a run is on. The desktop host asks by itself;
 * closing a mere tab ends nothing, so nothing is asked there.
 */
export const useClosingQuestion = (): void => {
  const about = useAbout();
  const runs = useRuns();
  const ask = (event: BeforeUnloadEvent): void => {
    const capabilities = about.info?.capabilities;
    const ends = capabilities?.windowEndsApp === true && !capabilities.nativeMenu;
    if (ends && runs.allOn.length > 0) event.preventDefault();
  };
  addEventListener("beforeunload", ask);
  onScopeDispose(() => removeEventListener("beforeunload", ask));
};
