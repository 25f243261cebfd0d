import { AppError } from "../../../../shared/contract/errors";
import type { Environment } from "../../../../shared/model/environment";
import type { EnvironmentsService } from "../../environments/environments-service";

type Known = Pick<EnvironmentsService, "get" | "selected">;

const orNone = async (ask: Promise<Environment>): Promise<Environment | null> => {
  try {
    return await ask;
  } catch (error) {
    // A workspace's file that cannot be read is told of elsewhere.
    if (error instanceof AppError) return null;
    throw error;
  }
};

/**
 * For which environment a scenario is judged while it is written: the one asked for or chosen, where the scenario may
 * run there; else the first that it names and that there is; else the sandbox.
 *
 * @param asked by name; absent: the one that is chosen in the workspace
 * @returns a function of the scenario's `environments`
 * @throws AppError NOT_FOUND for a name asked for that is nobody's
 */
export const chooseEnvironment = async (
  environments: Known,
  asked: string | undefined,
): Promise<(names: readonly string[] | null) => Promise<Environment | null>> => {
  const preferred =
    asked === undefined ? await orNone(environments.selected()) : await environments.get(asked);
  return async (names) => {
    if (names === null) {
      return preferred?.production === false ? preferred : orNone(environments.get("sandbox"));
    }
    if (preferred !== null && names.includes(preferred.name)) return preferred;
    for (const name of names.slice(0, 20)) {
      const found = await orNone(environments.get(name));
      if (found !== null) return found;
    }
    return null;
  };
};
