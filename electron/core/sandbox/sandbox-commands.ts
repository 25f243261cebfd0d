import { AppError } from "../../../shared/contract/errors";
import type { HandlersOf } from "../dispatcher";

const notBuilt = async (): Promise<never> => {
  throw new AppError({ code: "UNSUPPORTED", message: "Not built yet." });
};

type StateCommand = Exclude<
  keyof HandlersOf<"sandbox">,
  "sandbox.status" | "sandbox.summary" | "sandbox.start" | "sandbox.stop" | "sandbox.reset"
>;

/** What a person does to a running sandbox, whichever process it is in: always through its inspection. */
export const createSandboxCommands = (): Pick<HandlersOf<"sandbox">, StateCommand> => ({
  "sandbox.readConfig": notBuilt,
  "sandbox.saveConfig": notBuilt,
  "sandbox.readFaults": notBuilt,
  "sandbox.saveFaults": notBuilt,
  "sandbox.clock": notBuilt,
  "sandbox.setClock": notBuilt,
  "sandbox.snapshots": notBuilt,
  "sandbox.saveSnapshot": notBuilt,
  "sandbox.restoreSnapshot": notBuilt,
  "sandbox.removeSnapshot": notBuilt,
  "sandbox.export": notBuilt,
  "sandbox.import": notBuilt,
});
