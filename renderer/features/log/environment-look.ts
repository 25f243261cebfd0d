import type { EnvironmentColour } from "../../../shared/model/environment";
import { useEnvironments } from "../environments";

export interface EnvironmentLook {
  colour: EnvironmentColour;
  production: boolean;
}

/** How an environment is drawn; one that is gone from the workspace is slate. */
export const useEnvironmentLook = (): ((name: string) => EnvironmentLook) => {
  const environments = useEnvironments();
  return (name) => {
    const known = environments.byName(name);
    return { colour: known?.colour ?? "slate", production: known?.production ?? false };
  };
};
