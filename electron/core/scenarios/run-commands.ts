import { AppError } from "../../../shared/contract/errors";
import type { HandlersOf } from "../dispatcher";

const unsupported = (): never => {
  throw new AppError({ code: "UNSUPPORTED", message: "Runs are still to be built." });
};

export const createRunCommands = (): HandlersOf<"runs"> => ({
  "runs.start": unsupported,
  "runs.pause": unsupported,
  "runs.resume": unsupported,
  "runs.stop": unsupported,
  "runs.setBreakpoint": unsupported,
  "runs.next": unsupported,
  "runs.editNext": unsupported,
  "runs.forecast": unsupported,
  "runs.list": unsupported,
  "runs.read": unsupported,
  "runs.steps": unsupported,
  "runs.made": unsupported,
  "runs.compare": unsupported,
  "runs.remove": unsupported,
});
